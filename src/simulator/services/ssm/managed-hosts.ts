import type { Host } from '../../world/host.ts';
import { knownHosts } from '../../world/known-hosts.ts';
import type { World } from '../../world/world.ts';

/** AWS: PingStatus. */
export type PingStatus = 'Online' | 'ConnectionLost';

/** Whether Systems Manager hears of a machine; undefined when it never has. */
export function pingStatus({ machine, ailment, terminatedAt }: Host): PingStatus | undefined {
	// Without a role, its agent may not register.
	if (ailment?.ssm === 'unmanaged' || machine.instanceProfile === undefined) return undefined;
	const isLost = ailment?.ssm === 'ConnectionLost' || ailment?.isStopped === true;
	return isLost || terminatedAt !== undefined ? 'ConnectionLost' : 'Online';
}

/** The machines that have registered with Systems Manager, by their ids. */
export function managedHosts(world: World): ReadonlyMap<string, Host> {
	return new Map([...knownHosts(world)].filter(([, host]) => pingStatus(host) !== undefined));
}

/** An agent that is well reports every five minutes. */
const pingMs = 5 * 60_000;

export function lastPingAt({ clockwork }: World, { ailment, terminatedAt }: Host): number {
	const isLost = ailment?.ssm === 'ConnectionLost' || ailment?.isStopped === true;
	const lostAt = terminatedAt ?? (isLost ? ailment?.since : undefined);
	return lostAt ?? Math.floor(clockwork.now / pingMs) * pingMs;
}
