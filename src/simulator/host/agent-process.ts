import type { AgentLogLine } from '../data/agent-log-lines.ts';
import { between } from '../world/chance.ts';
import type { Host } from '../world/host.ts';
import type { World } from '../world/world.ts';
import type { HookRun } from './hook-run.ts';

/** A line of the agent's log, and when it is written. */
export type AgentEntry = AgentLogLine & { readonly at: number };

/** The process that was there when the machine had booted. */
function agentPid(world: World, host: Host): number {
	return Math.floor(between(world.chance(`agent ${host.id}`), 900, 9000));
}

/** When the agent was restarted under a hook, epoch milliseconds. */
export function restartsIn(runs: readonly HookRun[]): readonly number[] {
	return runs.flatMap(({ failure, event }) =>
		failure?.type === 'agent' && failure.case === 'agent-restarted' ? (event.endedAt ?? []) : [],
	);
}

/** Its process at a moment: each time it starts, it has another. */
export function createPids(world: World, host: Host, runs: readonly HookRun[]): (at: number) => number {
	const first = agentPid(world, host);
	const restarts = restartsIn(runs);
	return at => first + 131 * restarts.filter(restartedAt => restartedAt <= at).length;
}

/** How long a machine needs until its agent runs. */
const bootMs = 95_000;

export function agentStartedAt({ machine }: Host): number {
	return machine.launchedAt + bootMs;
}
