import type { MinimumHealthyHosts } from './deployment-config.ts';
import { minimumHealthyCount } from './health-budget.ts';

/** How a fleet is worked through: as many hosts at a time as minimum healthy hosts allows (AWS user guide). */

/**
 * How many hosts are worked on at a time, and 0 when none is started any more. An estimate: it takes all hosts for
 * healthy before. Undefined: for a type of minimum that is not known.
 */
export function hostsAtATime(
	minimum: MinimumHealthyHosts,
	hosts: { readonly total: number; readonly failed: number },
): number | undefined {
	const healthy = minimumHealthyCount(minimum, hosts.total);
	return healthy === undefined ? undefined : Math.max(0, hosts.total - healthy - hosts.failed);
}

/**
 * When the last host is done, epoch milliseconds. `ends`: when each of those that run will be; `waiting` more follow, each
 * of which takes `hostMs`, with `atATime` at work. Undefined when there is nothing left to do.
 */
export function lastEnd(
	ends: readonly number[],
	waiting: number,
	{ hostMs, atATime, now }: { readonly hostMs: number; readonly atATime: number; readonly now: number },
): number | undefined {
	const sorted = ends.toSorted((a, b) => a - b);
	const running = sorted.at(-1);
	if (waiting <= 0 || atATime <= 0) return running;
	// Places are free, or there are more at work than are replaced: the first of them leave no place.
	const free = sorted.slice(Math.max(0, sorted.length - atATime)).map(at => Math.max(at, now));
	const places = [...Array.from({ length: Math.max(0, atATime - free.length) }, () => now), ...free];
	let last = now;
	// Hosts that are all alike end in the order in which they began, so the places stay sorted.
	const followers: number[] = [];
	let [nextPlace, nextFollower] = [0, 0];
	for (let left = waiting; left > 0; left -= 1) {
		const place = places[nextPlace] ?? Infinity;
		const follower = followers[nextFollower] ?? Infinity;
		if (place <= follower) nextPlace += 1;
		else nextFollower += 1;
		last = Math.min(place, follower) + hostMs;
		followers.push(last);
	}
	return Math.max(last, running ?? last);
}
