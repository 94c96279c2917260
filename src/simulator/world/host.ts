import type { Random } from '../../lib/random.ts';
import { drawInstanceId } from './identifiers.ts';
import { isSameRevision, type Revision } from './revision.ts';

/** A machine of the fleet, and what is left on it when deployments have gone by. */
export type Host = {
	/** EC2 instance id. */
	readonly id: string;
	/** Its number within the fleet, by which a script names it. */
	readonly number: number;
	/** Whether its last deployment succeeded (AWS: instance health). */
	healthy: boolean;
	/** What the agent copied last, even if the deployment failed later. */
	installed: Revision | undefined;
	/** Whether the load balancer sends it requests. */
	inService: boolean;
};

/** A machine as the Auto Scaling group makes them: empty, and not in service yet. */
export function copyOf(host: Host, random: Random): Host {
	return {
		id: drawInstanceId(random),
		number: host.number,
		healthy: true,
		installed: undefined,
		inService: false,
	};
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
