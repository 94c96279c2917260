import {
	type AgentLogLine,
	agentStarts,
	downloadBegins,
	downloadEnds,
	failureLines,
	noScripts,
	type Report,
	scriptFailureLines,
	untrustedLines,
} from '../data/agent-log-lines.ts';
import type { Host } from '../world/host.ts';
import { trafficEvents } from '../world/mishap.ts';
import type { World } from '../world/world.ts';
import { acknowledgement, completion } from './agent-calls.ts';
import type { AgentEntry } from './agent-process.ts';
import { bundleOf } from './bundle.ts';
import type { HookRun } from './hook-run.ts';

/** Events that are the agent's own work: their commands are never without effect. */
const ownEvents = new Set(['DownloadBundle', 'Install']);

/** What the agent writes about one command. */
export function linesOfRun(world: World, host: Host, run: HookRun): readonly AgentEntry[] {
	const { event, startedAt, failure } = run;
	if (trafficEvents.has(event.name)) return [];
	const entries: AgentEntry[] = [];
	const write = (at: number, lines: readonly AgentLogLine[]) => {
		for (const line of lines) entries.push({ ...line, at });
	};
	const isIdle = run.output.length === 0 && !ownEvents.has(event.name) && failure === undefined;
	if (isIdle) write(startedAt, noScripts(event.name));
	write(startedAt, [acknowledgement(world, host, run)]);
	const bundle = event.name === 'DownloadBundle' ? bundleOf(world, run.deployment) : undefined;
	if (bundle) write(startedAt, [downloadBegins(bundle)]);
	const { endedAt } = event;
	if (endedAt === undefined) return entries;
	if (event.status === 'Failed' && failure !== undefined) {
		return [...entries, ...failingLines(world, host, run, endedAt)];
	}
	if (bundle) write(endedAt, [downloadEnds(bundle)]);
	const message = isIdle ? 'Succeeded: CompletedNoopCommand' : 'Succeeded: ';
	const report = { error_code: 0, script_name: '', message, log: '' };
	write(endedAt, [completion(world, host, run, 'Succeeded', report)]);
	return entries;
}

function failingLines(world: World, host: Host, run: HookRun, at: number): readonly AgentEntry[] {
	const { failure, report } = run;
	if (failure === undefined || failure.type === 'unhealthy') return [];
	const told: Report & { readonly log: string } = report ?? authoredReport(failure);
	const lines = [completion(world, host, run, 'Failed', payload(told)), ...ownLines(host, run, told)];
	// It was killed, and tells of it when it has started again.
	const isRestarted = told.errorCode === 7;
	const all = isRestarted ? [...agentStarts(world.region), ...lines.slice(1), ...lines.slice(0, 1)] : lines;
	return all.map(line => ({ ...line, at }));
}

function ownLines(host: Host, { failure }: HookRun, told: Report): readonly AgentLogLine[] {
	if (failure?.type === 'agent') return onPlatform(host, failureLines(failure.case, told));
	return onPlatform(host, told.scriptName === '' ? untrustedLines(told) : scriptFailureLines(told));
}

function authoredReport(failure: NonNullable<HookRun['failure']> & { readonly type: 'authored' | 'agent' }) {
	if (failure.type === 'agent') throw new Error('a case of the corpus has its own report');
	const { scriptName, message, logTail } = failure.diagnostics;
	return { errorCode: scriptName === '' ? 5 : 4, scriptName, message, log: logTail };
}

function payload({ errorCode, scriptName, message, log }: Report & { readonly log: string }) {
	return { error_code: errorCode, script_name: scriptName, message, log };
}

/** On Windows, the agent is unpacked into a folder for temporary files. */
function onPlatform({ machine }: Host, lines: readonly AgentLogLine[]): readonly AgentLogLine[] {
	if (machine.platform === 'linux') return lines;
	const home = 'C:/Windows/TEMP/ocr7A31.tmp/src/opt/codedeploy-agent';
	const moved = (text: string) => text.replaceAll(/\/opt\/codedeploy-agent|\/usr\/lib(?=\/ruby)/g, home);
	return lines.map(line => ({ ...line, text: moved(line.text) }));
}
