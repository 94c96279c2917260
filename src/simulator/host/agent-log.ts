import {
	type AgentLogLine,
	agentStarts,
	pollerError,
	respawning,
	shutDownLines,
} from '../data/agent-log-lines.ts';
import { type AgentAilment, isDeaf } from '../world/ailment.ts';
import { between } from '../world/chance.ts';
import type { Host } from '../world/host.ts';
import { agentGeneration } from '../world/machine.ts';
import type { World } from '../world/world.ts';
import { runLinesOfAgent2 } from './agent-2-log.ts';
import { callLine } from './agent-calls.ts';
import { type AgentEntry, agentStartedAt, createPids } from './agent-process.ts';
import { linesOfRun } from './agent-run-lines.ts';
import { hasAgent } from './agent-state.ts';
import { type HookRun, hostileLines, type LogEntry } from './hook-run.ts';
import { compactTime, isoTime } from './moments.ts';

const dayMs = 86_400_000;
/** How long a poll waits for a command. */
const pollMs = 45_300;
/** The agent does not try more often than this when it cannot reach the service. */
const longestBackOffMs = 90_000;

/** When the agent began today's file: at midnight, as its machine has it. */
export function agentLogBegins(world: World, { ailment }: Host): number {
	const offsetMs = ailment?.clockOffsetMs ?? 0;
	return Math.floor((world.clockwork.now + offsetMs) / dayMs) * dayMs - offsetMs;
}

/**
 * What the agent has written into its own log since a moment, oldest first, with all that stands before each text;
 * undefined where there is no agent.
 */
export function agentLog(
	world: World,
	host: Host,
	runs: readonly HookRun[],
	fromAt: number,
): readonly LogEntry[] | undefined {
	if (!hasAgent(host)) return undefined;
	const { ailment, machine } = host;
	const { now } = world.clockwork;
	const offsetMs = ailment?.clockOffsetMs ?? 0;
	const logs = ailment?.logs;
	if (logs?.type === 'empty') return [];
	const untilAt = Math.min(host.terminatedAt ?? now, now - (logs?.type === 'late' ? logs.byMs : 0));
	const inFile = ({ at }: { readonly at: number }) => at >= fromAt && at <= untilAt;
	if (agentGeneration(machine) === 2) return runLinesOfAgent2(runs, offsetMs).filter(inFile);
	const pidAt = createPids(world, host, runs);
	const own = [...bootLines(world, host), ...idleLines(world, host, fromAt, untilAt)];
	const ran = runs.flatMap(run => linesOfRun(world, host, run));
	const told = logs?.type === 'hostile' ? ran.flatMap(retold) : [];
	return [...own, ...ran, ...told]
		.filter(inFile)
		.sort((a, b) => a.at - b.at)
		.map(line => ({ at: line.at, text: written(line, pidAt(line.at), offsetMs) }));
}

/** Beside an error, an agent that tells all that the script printed. */
function retold({ at, level }: AgentEntry): readonly AgentEntry[] {
	return level === 'ERROR' ? hostileLines.map(text => ({ at, level, text })) : [];
}

function written({ at, level, text }: AgentEntry, pid: number, offsetMs: number): string {
	return `${isoTime(at + offsetMs)} ${level.padEnd(5)} [codedeploy-agent(${pid})]: ${text}`;
}

function bootLines(world: World, host: Host): readonly AgentEntry[] {
	const at = agentStartedAt(host);
	return agentStarts(world.region).map(line => ({ ...line, at }));
}

/** What it writes while nothing is deployed: that it polls, or why it cannot. */
function idleLines(world: World, host: Host, fromAt: number, untilAt: number): readonly AgentEntry[] {
	const { ailment } = host;
	const begunAt = Math.max(fromAt, agentStartedAt(host));
	const healthyUntil = isDeaf(ailment) ? Math.min(untilAt, ailment?.since ?? untilAt) : untilAt;
	const phaseMs = between(world.chance(`polls ${host.id}`), 0, pollMs);
	const entries: AgentEntry[] = [];
	for (
		let at = Math.ceil((begunAt - phaseMs) / pollMs) * pollMs + phaseMs;
		at <= healthyUntil;
		at += pollMs
	) {
		entries.push({ ...pollLine(world, host, at), at: Math.round(at) });
	}
	if (!isDeaf(ailment) || ailment === undefined) return entries;
	const trouble = troubleLines(world, host);
	if (trouble === undefined) {
		const last = (ailment.agent && lastLines[ailment.agent]) ?? [];
		return [...entries, ...last.map(line => ({ ...line, at: ailment.since }))];
	}
	for (let at = Math.max(begunAt, ailment.since); at <= untilAt; at += longestBackOffMs) {
		entries.push({ ...trouble(at), at });
	}
	return entries;
}

function pollLine(world: World, host: Host, at: number): AgentLogLine {
	const host_identifier = `arn:aws:ec2:${world.region}:${world.accountId}:instance/${host.id}`;
	const seconds = 45 + (Math.round(at) % 500) / 1000;
	return callLine('poll_host_command', `host_identifier:"${host_identifier}"`, seconds);
}

/** What an agent writes that ends. */
const lastLines: Partial<Record<AgentAilment, readonly AgentLogLine[]>> = {
	stopped: shutDownLines,
	'disk-full': [
		pollerError(
			'Error during perform: Errno::ENOSPC - No space left on device @ io_write - /opt/codedeploy-agent/deployment-root/ongoing-deployment',
		),
	],
};

/** What it says at each try to reach the service; undefined when it does not run at all. */
function troubleLines(world: World, host: Host): ((at: number) => AgentLogLine) | undefined {
	const offsetMs = host.ailment?.clockOffsetMs ?? 0;
	const refused = (error: string, message: string) =>
		pollerError(`Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::${error} - ${message}`);
	switch (host.ailment?.agent) {
		case 'no-credentials':
			return () =>
				pollerError(
					'Missing credentials - please check if this instance was started with an IAM instance profile',
				);
		case 'denied':
			return () => refused('AccessDeniedException', 'Aws::CodeDeployCommand::Errors::AccessDeniedException');
		case 'clock-skew':
			return at => {
				const [signed, now] = [compactTime(at + offsetMs), compactTime(at)];
				const earliest = compactTime(at - 5 * 60_000);
				const expired = `Signature expired: ${signed} is now earlier than ${earliest} (${now} - 5 min.)`;
				return refused('InvalidSignatureException', expired);
			};
		case 'no-network': {
			const name = `codedeploy-commands.${world.region}.amazonaws.com`;
			const failed = `Failed to open TCP connection to ${name}:443 (execution expired)`;
			return () => pollerError(`Error during perform: Seahorse::Client::NetworkingError - ${failed}`);
		}
		case 'dying':
			return at => respawning(createPids(world, host, [])(at) - 3);
		default:
			return undefined;
	}
}
