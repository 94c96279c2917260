import type { Random } from '../../lib/random.ts';
import type { Ailment } from './ailment.ts';
import { drawInstanceId } from './identifiers.ts';
import { type Machine, relaunched } from './machine.ts';
import { isSameRevision, type Revision } from './revision.ts';

/** A machine of the fleet, and what is left on it when deployments have gone by. */
export type Host = {
	/** EC2 instance id. */
	readonly id: string;
	/** Its number within the fleet, by which a script names it. */
	readonly number: number;
	machine: Machine;
	ailment: Ailment | undefined;
	/** Whether its last deployment succeeded (AWS: instance health). */
	healthy: boolean;
	/** What the agent copied last, even if the deployment failed later. */
	installed: Revision | undefined;
	/** The deployment that copied it (agent: last_successful_install). */
	installedBy: string | undefined;
	/** Whether the load balancer sends it requests. */
	inService: boolean;
	/** When EC2 took it away, if it did. */
	terminatedAt: number | undefined;
};

/** A machine on which nothing has been deployed yet. */
export function createHost(id: string, number: number, machine: Machine, inService: boolean): Host {
	return {
		id,
		number,
		machine,
		ailment: undefined,
		healthy: true,
		installed: undefined,
		installedBy: undefined,
		inService,
		terminatedAt: undefined,
	};
}

/** A machine as the Auto Scaling group makes them at that moment: empty, and not in service yet. */
export function copyOf(host: Host, random: Random, at: number): Host {
	const id = drawInstanceId(random);
	return createHost(id, host.number, relaunched(host.machine, host.number, at, random), false);
}

/**
 * AWS: unhealthy instances first, then those whose revision is unknown, then old revisions, then the current one.
 * Within each, the order of the fleet.
 */
export function orderOfWork(hosts: readonly Host[], revision: Revision): Host[] {
	const rank = (host: Host) => {
		if (!host.healthy) return 0;
		if (host.installed === undefined) return 1;
		return isSameRevision(host.installed, revision) ? 3 : 2;
	};
	return hosts.toSorted((a, b) => rank(a) - rank(b));
}
