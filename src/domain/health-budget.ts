import type { DeploymentSnapshot } from './deployment.ts';
import type { MinimumHealthyHosts } from './deployment-config.ts';
import { type Tally, tallyTotal } from './tally.ts';
import type { TargetSnapshot } from './target.ts';

/**
 * How many more failures end the rollout. An estimate: AWS does not say which hosts were healthy before
 * (AWS user guide: minimum number of healthy instances).
 */
export type HealthBudget =
	| { readonly type: 'unknown' }
	/** `failures` more and it fails. */
	| { readonly type: 'left'; readonly failures: number; readonly minimumHealthy: number }
	/** Not enough targets are left to fail: it cannot be lost on health grounds. */
	| { readonly type: 'safe'; readonly minimumHealthy: number }
	/** The limit is reached: it has failed, or will as soon as what runs is done. */
	| { readonly type: 'exhausted'; readonly minimumHealthy: number };

/** Hosts that have to stay healthy out of `total`, rounded as AWS does; undefined for a type that is not known. */
export function minimumHealthyCount(minimum: MinimumHealthyHosts, total: number): number | undefined {
	switch (minimum.type) {
		case 'HOST_COUNT':
			return minimum.value;
		case 'FLEET_PERCENT':
			return Math.ceil((minimum.value * total) / 100);
		case 'MOST_CONCURRENCY':
			return Math.max(total - minimum.value, 0);
		default:
			return undefined;
	}
}

/**
 * While targets wait, the rollout stops when the healthy ones fall to the minimum; once all have started it fails only
 * when fewer than the minimum (and at least one) can still succeed.
 */
export function healthBudget(
	minimum: MinimumHealthyHosts | undefined,
	tally: Tally | undefined,
): HealthBudget {
	if (!(minimum && tally)) return { type: 'unknown' };
	const total = tallyTotal(tally);
	const minimumHealthy = minimumHealthyCount(minimum, total);
	if (minimumHealthy === undefined || total === 0) return { type: 'unknown' };
	// A single host, and it has to stay healthy: AWS does not document what happens, so nothing is predicted.
	if (total === 1 && minimumHealthy >= total) return { type: 'unknown' };
	const tolerated = total - Math.max(minimumHealthy, 1);
	const failsAt = tally.pending > 0 ? Math.max(total - minimumHealthy, 0) : tolerated + 1;
	const failures = failsAt - tally.failed;
	if (failures <= 0) return { type: 'exhausted', minimumHealthy };
	if (failures > tally.pending + tally.inProgress) return { type: 'safe', minimumHealthy };
	return { type: 'left', failures, minimumHealthy };
}

/**
 * The counts that the minimum is reckoned over: of a blue/green deployment those of its replacement fleet, while that is
 * being installed; undefined when they are not known, or when host health no longer decides.
 */
export function budgetTally(
	deployment: DeploymentSnapshot,
	targets: Iterable<TargetSnapshot>,
): Tally | undefined {
	if (deployment.type !== 'BLUE_GREEN') return deployment.overview;
	const all = [...targets];
	// A few rows say nothing about the fleet.
	if (!deployment.overview || all.length < tallyTotal(deployment.overview)) return undefined;
	const green = all.filter(target => target.label === 'Green');
	if (green.every(target => target.status === 'Ready' || target.status === 'Succeeded')) return undefined;
	const count = (...statuses: readonly string[]) =>
		green.filter(({ status }) => statuses.includes(status)).length;
	return {
		pending: count('Pending', 'Unknown'),
		inProgress: count('InProgress'),
		succeeded: count('Succeeded', 'Ready'),
		failed: count('Failed'),
		skipped: count('Skipped'),
		ready: 0,
	};
}
