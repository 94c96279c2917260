import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import type { TargetId } from './ids.ts';
import type { TargetSnapshot } from './target.ts';
import { isInTerminationWait } from './termination-wait.ts';

/** A rollout that ought to move and does not. `since` is the last thing that happened, `at` when that became a stall. */
export type Stall = {
	/** `unclaimed`: a host does not pick up its next event; `quiet`: nothing happens on any target. */
	readonly kind: 'unclaimed' | 'quiet';
	readonly since: number;
	readonly at: number;
	readonly targetId?: TargetId;
};

/** CodeDeploy gives an event that nobody picks up five minutes: half of them is late enough to look, and early enough to act. */
const unclaimedMs = 150_000;

/**
 * Hooks may take an hour, and a load balancer that drains connections takes five minutes by default: what takes twice
 * that, on every target at once, is worth a look.
 */
const quietMs = 600_000;

/**
 * Whether a rollout stands still, judged from lifecycle events alone: for in-place deployments a host in the middle of
 * its events that has not begun the next one for 2.5 minutes, for all others ten minutes in which no event began or
 * ended. What waits by plan never stalls: Ready, Baking, the termination wait, a shift of traffic in steps.
 * `readAt` tells when a target was read; who has not been read lately is not judged, and nor is the whole then.
 */
export function findStall(
	deployment: DeploymentSnapshot,
	targets: readonly TargetSnapshot[],
	readAt: (id: TargetId) => number | undefined,
	now: number,
): Stall | undefined {
	if (!shouldMove(deployment, targets)) return undefined;
	const isKnown = (target: TargetSnapshot) => now - (readAt(target.id) ?? 0) <= freshMs;
	return unclaimed(deployment, targets.filter(isKnown), now) ?? quiet(deployment, targets, isKnown, now);
}

/** Rows of a large fleet are read in rotation: what is older than this says nothing about now. */
const freshMs = 90_000;

function shouldMove(deployment: DeploymentSnapshot, targets: readonly TargetSnapshot[]): boolean {
	if (hasEnded(deployment) || deployment.status !== 'InProgress') return false;
	if (isInTerminationWait(deployment, targets)) return false;
	return deployment.platform === 'Server' || !targets.some(isShifting);
}

const isShifting = (target: TargetSnapshot): boolean =>
	target.events.some(({ name, status }) => name === 'AllowTraffic' && status === 'InProgress');

/** Only in place: between two events of a blue/green host CodeDeploy waits for the other hosts. */
function unclaimed(
	deployment: DeploymentSnapshot,
	targets: readonly TargetSnapshot[],
	now: number,
): Stall | undefined {
	if (deployment.platform !== 'Server' || deployment.type !== 'IN_PLACE') return undefined;
	let first: Stall | undefined;
	for (const { id, status, events } of targets) {
		if (status !== 'InProgress' || events.some(event => event.status === 'InProgress')) continue;
		const since = lastChange(events);
		if (since === undefined || now - since < unclaimedMs) continue;
		if (first === undefined || since < first.since)
			first = { kind: 'unclaimed', since, at: since + unclaimedMs, targetId: id };
	}
	return first;
}

function quiet(
	{ startedAt, createdAt }: DeploymentSnapshot,
	targets: readonly TargetSnapshot[],
	isKnown: (target: TargetSnapshot) => boolean,
	now: number,
): Stall | undefined {
	const running = targets.filter(({ status }) => status === 'InProgress');
	if (targets.length === 0 || !running.every(isKnown)) return undefined;
	const since = Math.max(
		startedAt ?? createdAt ?? now,
		...targets.map(({ events }) => lastChange(events) ?? 0),
	);
	return now - since < quietMs ? undefined : { kind: 'quiet', since, at: since + quietMs };
}

/** When an event last began or ended. */
function lastChange(events: TargetSnapshot['events']): number | undefined {
	let last: number | undefined;
	for (const { startedAt, endedAt } of events) {
		const at = endedAt ?? startedAt;
		if (at !== undefined && (last === undefined || at > last)) last = at;
	}
	return last;
}
