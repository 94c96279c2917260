/**
 * Minimum healthy hosts: which hosts may start now, and when the deployment is won or lost
 * (AWS: "Instance health and minimum healthy hosts"). Pure.
 */
export type MinimumHealthyHosts = {
	readonly type: 'HOST_COUNT' | 'FLEET_PERCENT' | 'MOST_CONCURRENCY';
	readonly value: number;
};

export type HostProgress = {
	phase: 'pending' | 'running' | 'succeeded' | 'failed';
	/** Whether its last deployment succeeded. */
	readonly wasHealthy: boolean;
};

/**
 * `go on`: work is left; `stop`: start no more, the deployment has failed and what runs may end;
 * `succeeded` and `failed`: everything has ended.
 */
export type HealthVerdict = 'go on' | 'stop' | 'succeeded' | 'failed';

/** How many of `total` hosts have to stay healthy. OneAtATime is MOST_CONCURRENCY 1: all but one. */
export function minimumHealthyCount(minimum: MinimumHealthyHosts, total: number): number {
	switch (minimum.type) {
		case 'HOST_COUNT':
			return minimum.value;
		case 'FLEET_PERCENT':
			return Math.ceil((minimum.value * total) / 100);
		case 'MOST_CONCURRENCY':
			return Math.max(0, total - minimum.value);
	}
}

/**
 * Which hosts may start now, in the order of work, as indexes: unhealthy ones first, and healthy ones as long as
 * those that stay available are not fewer than `minimum`. Never more than `total - minimum` run at a time.
 */
export function hostsToStart(hosts: readonly HostProgress[], minimum: number): number[] {
	const { running, available } = count(hosts);
	const free = hosts.length - minimum - running;
	const mayLeave = Math.max(0, available - minimum);
	const unhealthy = pendingHosts(hosts, false, free);
	const healthy = pendingHosts(hosts, true, Math.min(mayLeave, free - unhealthy.length));
	return [...unhealthy, ...healthy];
}

/** How the deployment stands, given how each host stands. */
export function judgeHealth(hosts: readonly HostProgress[], minimum: number): HealthVerdict {
	const { pending, running, succeeded, healthy, lost } = count(hosts);
	if (pending > 0) {
		if (lost > 0 && healthy <= minimum) return 'stop';
		return running === 0 && hostsToStart(hosts, minimum).length === 0 ? 'stop' : 'go on';
	}
	if (running > 0) return 'go on';
	return succeeded >= Math.max(minimum, 1) ? 'succeeded' : 'failed';
}

/** The first hosts that wait for work, at most `most` of them. */
function pendingHosts(hosts: readonly HostProgress[], wasHealthy: boolean, most: number): number[] {
	const found: number[] = [];
	for (const [index, host] of hosts.entries()) {
		if (found.length >= most) break;
		if (host.phase === 'pending' && host.wasHealthy === wasHealthy) found.push(index);
	}
	return found;
}

/** One pass: a large fleet is judged each time one of its hosts ends. */
function count(hosts: readonly HostProgress[]) {
	const counts = { pending: 0, running: 0, succeeded: 0, failed: 0, healthy: 0, available: 0, lost: 0 };
	for (const { phase, wasHealthy } of hosts) {
		counts[phase]++;
		// A host that is being worked on counts as what it was before: it has not failed yet.
		const isHealthy = phase === 'succeeded' || (phase !== 'failed' && wasHealthy);
		if (isHealthy) counts.healthy++;
		if (isHealthy && phase !== 'running') counts.available++;
		if (phase === 'failed' && wasHealthy) counts.lost++;
	}
	return counts;
}
