import { clusterFailures, type FailureCluster, normalizeMessage } from '../domain/failure-cluster.ts';
import { runAsUser } from '../domain/failure-reason.ts';
import type { TargetId } from '../domain/ids.ts';
import { type Diagnostics, eventDurationMs } from '../domain/lifecycle-event.ts';
import { failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { startOfText } from '../lib/cut-text.ts';
import { readAgentLog } from './agent-log.ts';
import type { DiagnosisCase, Failure, Report } from './case.ts';
import { isLookedInto, situationOf } from './host-facts.ts';
import type { HostKnowledge } from './knowledge.ts';
import { outputInFile, outputOf, type ScriptOutput } from './script-output.ts';

/** Longer messages say no more. */
const longestMessage = 4096;
/** As much of the output as tells one failure from another. */
const signatureLength = 2500;

/**
 * What failed: the clusters of equal messages, each split by what the scripts printed. `exit code 1` alone does not
 * make two hosts fail for the same reason. Targets that a stop cut short are left out: they failed for no reason of
 * their own.
 */
export function failuresOf(of: DiagnosisCase): readonly (readonly Failure[])[] {
	const clusters = clusterFailures(of.targets.values(), of.deployment.status === 'Stopped');
	const passed = countPassed(of.targets.values(), new Set(clusters.map(({ event }) => event)));
	return clusters
		.filter(({ interrupted }) => !interrupted)
		.map(cluster => splitByOutput(cluster, of).map(targets => describe(targets, cluster, of, passed)));
}

type Members = readonly [TargetSnapshot, ...TargetSnapshot[]];

function splitByOutput(cluster: FailureCluster, of: DiagnosisCase): readonly Members[] {
	const groups = new Map<string, [TargetSnapshot, ...TargetSnapshot[]]>();
	for (const id of cluster.targets) {
		const target = of.targets.get(id);
		if (target === undefined) continue;
		const key = signatureOf(target, of);
		const known = groups.get(key);
		if (known) known.push(target);
		else groups.set(key, [target]);
	}
	return [...groups.values()];
}

/** What tells a target's failure from others with the same message: what was found on its host, and its output. */
function signatureOf(target: TargetSnapshot, of: DiagnosisCase): string {
	const agentLog = of.hostLogs?.get(target.id)?.agentLog;
	const trouble = readAgentLog(agentLog)?.cause ?? (agentLog === undefined ? '' : 'read');
	return `${trouble}\n${situationOf(knownOf(of, target.id))}\n${readOutput(target, of).signature}`;
}

const unknownHost: HostKnowledge = {};

const knownOf = ({ knowledge }: DiagnosisCase, id: TargetId): HostKnowledge =>
	knowledge?.hosts.get(id) ?? unknownHost;

type Output = ScriptOutput & { readonly linesFrom: Failure['linesFrom']; readonly signature: string };

/** From the API's log tail if it has any output, else from the host's file if that was fetched. */
function readOutput(target: TargetSnapshot, of: DiagnosisCase): Output {
	const event = failedEvent(target);
	const tail = readTail(event?.diagnostics);
	const file = of.hostLogs?.get(target.id)?.scriptsLog;
	if (tail.lines.length > 0 || file === undefined || event === undefined) return tail;
	const { scriptName = '', message = '' } = event.diagnostics ?? {};
	return signed(outputInFile(file, event.name, scriptOf(scriptName, message)), 'host');
}

/** Snapshots do not change, and most are the same from one diagnosis to the next: a tail is read once. */
const tails = new WeakMap<Diagnostics, Output>();

function readTail(diagnostics: Diagnostics | undefined): Output {
	if (diagnostics === undefined) return signed(outputOf('', ''), 'log');
	const known = tails.get(diagnostics);
	if (known) return known;
	const script = scriptOf(diagnostics.scriptName, diagnostics.message);
	const output = signed(outputOf(diagnostics.logTail, script), 'log');
	tails.set(diagnostics, output);
	return output;
}

function signed(output: ScriptOutput, linesFrom: Failure['linesFrom']): Output {
	const text = output.lines.map(line => line.text).join('\n');
	return { ...output, linesFrom, signature: normalizeMessage(text.slice(-signatureLength)) };
}

function describe(members: Members, cluster: FailureCluster, of: DiagnosisCase, passed: Passed): Failure {
	const [first] = members;
	const event = failedEvent(first);
	const message = startOfText(event?.diagnostics?.message ?? '', longestMessage);
	const { lines, isWhole, linesFrom } = readOutput(first, of);
	const agentLog = of.hostLogs?.get(first.id)?.agentLog;
	const trouble = readAgentLog(agentLog);
	const known = knownOf(of, first.id);
	const user = event?.diagnostics && runAsUser(event.diagnostics);
	const exit = exitOf(message);
	const tookMs = event && eventDurationMs(event, 0);
	const [firstId, ...otherIds]: readonly TargetId[] = members.map(({ id }) => id);
	return {
		case: of,
		kind: first.kind,
		targets: [firstId ?? first.id, ...otherIds],
		event: cluster.event,
		script: scriptOf(event?.diagnostics?.scriptName ?? '', message),
		errorCode: event?.diagnostics?.errorCode ?? '',
		message,
		report: reportOf(first, lines.length > 0),
		lines,
		linesFrom,
		isLogWhole: isWhole,
		known,
		isExamined: agentLog !== undefined || isLookedInto(known),
		peersPast: passed.get(first.label ?? '')?.get(cluster.event) ?? 0,
		hadAnswered: first.events.some(({ name, status }) => status === 'Succeeded' && !isOfService(name)),
		...(user !== undefined && { user }),
		...(exit && { exit }),
		...(trouble && { trouble }),
		...(tookMs !== undefined && { tookMs }),
	};
}

function reportOf(target: TargetSnapshot, hasOutput: boolean): Report {
	const diagnostics = failedEvent(target)?.diagnostics;
	if (!diagnostics?.message && !diagnostics?.logTail) return 'silent';
	const namesScript = inMessage.test(diagnostics.message);
	return namesScript && diagnostics.scriptName === '' && !hasOutput ? 'poor' : 'full';
}

const inMessage =
	/^(?:Script at specified location: (?<ran>.+?)(?: run as user \S+)? failed (?:with|to)\b|Script does not exist at specified location: (?<missing>.+)|Unable to set script at specified location: (?<fixed>.+?) as executable)/;

/** The script's name as reported, else as the message has it: the agent's second report names it there only. */
function scriptOf(name: string, message: string): string {
	if (name !== '') return name;
	const { ran, missing, fixed } = inMessage.exec(message)?.groups ?? {};
	const script = ran ?? missing ?? fixed ?? '';
	return script.replace(/^.*[\\/]deployment-archive[\\/]/, '');
}

function exitOf(message: string): Failure['exit'] {
	const match = /failed with exit code ?(-?\d+)?$/.exec(message);
	if (!match) return undefined;
	return match[1] ? { code: Number(match[1]) } : {};
}

/** Events that the service runs itself, without the agent (AWS: AppSpec hooks). */
const isOfService = (event: string): boolean => event === 'BlockTraffic' || event === 'AllowTraffic';

/** How many targets got through an event, by fleet, then by event. */
type Passed = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Of each fleet and these events. A fleet may have ten thousand targets, and this is asked with every change. */
function countPassed(targets: Iterable<TargetSnapshot>, events: ReadonlySet<string>): Passed {
	const fleets = new Map<string, Map<string, number>>();
	if (events.size === 0) return fleets;
	for (const { label = '', events: own } of targets) {
		let counts = fleets.get(label);
		if (counts === undefined) {
			counts = new Map([...events].map(name => [name, 0]));
			fleets.set(label, counts);
		}
		for (const { name, status } of own) {
			if (status !== 'Succeeded') continue;
			const count = counts.get(name);
			if (count !== undefined) counts.set(name, count + 1);
		}
	}
	return fleets;
}
