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
	let available = hosts.filter(host => host.phase !== 'running' && isHealthy(host)).length;
	let free = hosts.length - minimum - hosts.filter(host => host.phase === 'running').length;
	const starting: number[] = [];
	for (const healthy of [false, true]) {
		for (const [index, host] of hosts.entries()) {
			if (host.phase !== 'pending' || host.wasHealthy !== healthy) continue;
			if (free <= 0 || (healthy && available <= minimum)) break;
			starting.push(index);
			free--;
			if (healthy) available--;
		}
	}
	return starting;
}

/** How the deployment stands, given how each host stands. */
export function judgeHealth(hosts: readonly HostProgress[], minimum: number): HealthVerdict {
	const pending = hosts.filter(host => host.phase === 'pending').length;
	const running = hosts.filter(host => host.phase === 'running').length;
	if (pending > 0) {
		const lost = hosts.some(host => host.phase === 'failed' && host.wasHealthy);
		if (lost && hosts.filter(isHealthy).length <= minimum) return 'stop';
		return running === 0 && hostsToStart(hosts, minimum).length === 0 ? 'stop' : 'go on';
	}
	if (running > 0) return 'go on';
	const succeeded = hosts.filter(host => host.phase === 'succeeded').length;
	return succeeded >= Math.max(minimum, 1) ? 'succeeded' : 'failed';
}

/** A host that is being worked on counts as what it was before: it has not failed yet. */
function isHealthy(host: HostProgress): boolean {
	return host.phase === 'succeeded' || (host.phase !== 'failed' && host.wasHealthy);
}
