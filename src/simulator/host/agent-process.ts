import type { AgentLogLine } from '../data/agent-log-lines.ts';
import { between } from '../world/chance.ts';
import type { Host } from '../world/host.ts';
import type { World } from '../world/world.ts';

/** A line of the agent's log, when it is written, and by which process. */
export type AgentEntry = AgentLogLine & { readonly at: number; readonly pid: number };

/** The process of the agent that the machine booted with. */
export function agentPid(world: World, host: Host): number {
	return Math.floor(between(world.chance(`agent ${host.id}`), 900, 9000));
}

/** How long a machine needs until its agent runs. */
const bootMs = 95_000;

export function agentStartedAt({ machine }: Host): number {
	return machine.launchedAt + bootMs;
}
