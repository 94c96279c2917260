import { agentLog } from '../../host/agent-log.ts';
import { type HookRun, type LogEntry, runsOn } from '../../host/hook-run.ts';
import { chatter, deploymentsLogLine, deploymentsLogTitle, noiseLines } from '../../host/script-logs.ts';
import { between } from '../../world/chance.ts';
import type { Host } from '../../world/host.ts';
import { knownHosts } from '../../world/known-hosts.ts';
import { agentGeneration } from '../../world/machine.ts';
import type { World } from '../../world/world.ts';

/** The groups and streams that the agent's documentation suggests: one stream for each machine in each group. */
export type LogGroup = {
	readonly name: string;
	readonly platform: Host['machine']['platform'];
	readonly streamName: (host: Host) => string;
	readonly linesOf: (world: World, host: Host, fromAt: number) => Lines;
};

/** What a stream holds, oldest first. Not all of it need exist before it is asked for. */
export type Lines = { readonly count: number; line(index: number): LogEntry };

export type LogStream = { readonly name: string; readonly host: Host };

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

const groups: readonly LogGroup[] = [
	{
		name: 'codedeploy-agent-log',
		platform: 'linux',
		streamName: ({ id }) => `${id}-agent-log`,
		linesOf: agentLines,
	},
	{
		name: 'codedeploy-agent-deployment-log',
		platform: 'linux',
		streamName: ({ id }) => `${id}-codedeploy-agent-deployment-log`,
		linesOf: deploymentLines,
	},
	{
		name: 'codedeploy-agent-windows-log',
		platform: 'windows',
		streamName: ({ id }) => `${id}-codedeploy-agent-log`,
		linesOf: agentLines,
	},
	{
		name: 'codedeploy-agent-windows-deployment-log',
		platform: 'windows',
		streamName: ({ id }) => `${id}-codedeploy-agent-deployment-log`,
		linesOf: deploymentLines,
	},
];

/** The groups into which a machine has ever sent anything. */
export function groupsIn(world: World): readonly LogGroup[] {
	if (!world.account.shipsLogs) return [];
	const platforms = new Set([...knownHosts(world).values()].map(({ machine }) => machine.platform));
	return groups.filter(({ platform }) => platforms.has(platform));
}

/** By name. A machine without a role may not send anything. */
export function streamsOf(world: World, group: LogGroup): readonly LogStream[] {
	return [...knownHosts(world).values()]
		.filter(({ machine }) => machine.platform === group.platform && machine.instanceProfile !== undefined)
		.map(host => ({ name: group.streamName(host), host }))
		.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** When the log group began. */
export function firstDay(world: World): number {
	const [first] = world.deployments.values();
	return Math.floor((first?.createdAt ?? world.clockwork.now) / dayMs) * dayMs;
}

/** How long a line of a machine is on its way. */
export function ingestionLagMs(world: World, { id }: Host): number {
	return Math.round(between(world.chance(`ingestion ${id}`), 1500, 5500) / world.speed);
}

/** What of a stream has arrived by now. */
export function arrivedLines(world: World, group: LogGroup, host: Host, fromAt = firstDay(world)): Lines {
	const lines = group.linesOf(world, host, fromAt);
	const arrivedBy = world.clockwork.now - ingestionLagMs(world, host);
	return { count: countBefore(lines, arrivedBy + 1), line: lines.line };
}

/** How many lines are older than a moment. */
export function countBefore({ count, line }: Lines, at: number): number {
	let low = 0;
	let high = count;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (line(middle).at < at) low = middle + 1;
		else high = middle;
	}
	return low;
}

function agentLines(world: World, host: Host, fromAt: number): Lines {
	const entries = agentLog(world, host, runsOn(world, host), fromAt) ?? [];
	return held(entries.flatMap(({ at, text }) => text.split('\n').map(line => ({ at, text: line }))));
}

function deploymentLines(world: World, host: Host): Lines {
	// The second generation of the agent has not written this log so far.
	if (agentGeneration(host.machine) === 2) return held([]);
	const runs = runsOn(world, host);
	const offsetMs = host.ailment?.clockOffsetMs ?? 0;
	const written = runs.flatMap(run =>
		run.output.map(({ at, text }) => ({ at, text: deploymentsLogLine(run, at + offsetMs, text) })),
	);
	const [first] = written;
	if (first === undefined) return held([]);
	const logs = host.ailment?.logs;
	const [last] = runs.slice(-1);
	const noise = logs?.type === 'binary' && last ? noiseLines() : [];
	const all = [
		{ at: first.at, text: deploymentsLogTitle(first.at + offsetMs) },
		...written,
		...noise.map(text => ({
			at: written.at(-1)?.at ?? first.at,
			text: last ? deploymentsLogLine(last, first.at + offsetMs, text) : text,
		})),
	];
	return logs?.type === 'huge' ? flooded(all, runs, logs.bytes) : held(all);
}

function held(entries: readonly LogEntry[]): Lines {
	return { count: entries.length, line: index => entries[index] ?? { at: 0, text: '' } };
}

/** Before what matters, a script of the last deployment has talked too much. */
function flooded(entries: readonly LogEntry[], runs: readonly HookRun[], bytes: number): Lines {
	const last = runs.findLast(({ output }) => output.length > 0);
	const begins = entries.findIndex(({ at }) => at >= (last?.startedAt ?? 0));
	const chatterAt = entries[begins]?.at ?? 0;
	const lineOf = (index: number) => (last ? deploymentsLogLine(last, chatterAt, chatter(index)) : '');
	const count = Math.floor(bytes / (lineOf(0).length + 1));
	return {
		count: entries.length + count,
		line(index) {
			if (index >= begins && index < begins + count) return { at: chatterAt, text: lineOf(index - begins) };
			return entries[index < begins ? index : index - count] ?? { at: 0, text: '' };
		},
	};
}
