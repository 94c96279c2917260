import { memoEach } from '../lib/memo.ts';
import { type DeploymentSnapshot, hasEnded } from './deployment.ts';
import type { DeploymentConfig } from './deployment-config.ts';
import type { TargetId } from './ids.ts';
import type { TargetSnapshot } from './target.ts';
import { isInTerminationWait } from './termination-wait.ts';
import { unclaimedAfterMs, unclaimedSince } from './unclaimed.ts';

/** A rollout that ought to move and does not. `since` is the last thing that happened, `at` when that became a stall. */
export type Stall = {
	/** `unclaimed`: a host does not pick up its next event; `quiet`: nothing happens on any target. */
	readonly kind: 'unclaimed' | 'quiet';
	readonly since: number;
	readonly at: number;
	readonly targetId?: TargetId;
};

export type StallCase = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: readonly TargetSnapshot[];
	readonly config: DeploymentConfig | undefined;
	/** When a target was read. */
	readonly readAt: (id: TargetId) => number | undefined;
	/** How long an event has taken in earlier rollouts, milliseconds. */
	readonly usualMs: (event: string) => number | undefined;
};

/** Half of the time that CodeDeploy waits: late enough to look, and early enough to act. */
const unclaimedMs = unclaimedAfterMs / 2;

/**
 * Hooks may take an hour, and a load balancer that drains connections takes five minutes by default: what takes twice
 * that, on every target at once, is worth a look, unless it has always taken so long.
 */
const quietMs = 600_000;

/** Rows of a large fleet are read in rotation: what is older than this says nothing about now. */
const freshMs = 90_000;

/**
 * Whether a rollout stands still at `now` (epoch milliseconds): a host has not picked up its next event for 2.5 minutes,
 * or no event has begun or ended on any target for ten minutes, or for twice as long as the events that run usually
 * take. What waits by plan never stalls: Ready, Baking, the termination wait, a shift of traffic in steps, the time for
 * which a zone is monitored before the next one begins. Who has not been read lately is not judged, and nor is the whole
 * then.
 */
export function findStall(of: StallCase, now: number): Stall | undefined {
	if (!shouldMove(of)) return undefined;
	const isKnown = ({ id }: TargetSnapshot) => now - (of.readAt(id) ?? 0) <= freshMs;
	return unclaimed(of.targets, isKnown, now) ?? quiet(of, isKnown, now);
}

function shouldMove({ deployment, targets }: StallCase): boolean {
	if (hasEnded(deployment) || deployment.status !== 'InProgress') return false;
	if (isInTerminationWait(deployment, targets)) return false;
	return deployment.platform === 'Server' || !targets.some(isShifting);
}

const isShifting = (target: TargetSnapshot): boolean =>
	target.events.some(({ name, status }) => name === 'AllowTraffic' && status === 'InProgress');

/** The host that has waited longest. */
function unclaimed(
	targets: readonly TargetSnapshot[],
	isKnown: (target: TargetSnapshot) => boolean,
	now: number,
): Stall | undefined {
	let first: Stall | undefined;
	for (const target of targets) {
		const since = waitingSince(target);
		if (since === undefined || now - since < unclaimedMs || (first && first.since <= since)) continue;
		if (isKnown(target)) first = { kind: 'unclaimed', since, at: since + unclaimedMs, targetId: target.id };
	}
	return first;
}

function quiet(
	{ deployment: { startedAt, createdAt }, targets, config, usualMs }: StallCase,
	isKnown: (target: TargetSnapshot) => boolean,
	now: number,
): Stall | undefined {
	const running = targets.filter(({ status }) => status === 'InProgress');
	if (targets.length === 0 || !running.every(isKnown)) return undefined;
	if (config?.zonal && running.length === 0) return undefined;
	let since = startedAt ?? createdAt ?? now;
	for (const target of targets) since = Math.max(since, lastChange(target));
	// The rest takes longer, and something has always moved just now.
	if (now - since < quietMs) return undefined;
	let patienceMs = quietMs;
	for (const { events } of running)
		for (const { name, status } of events)
			if (status === 'InProgress') patienceMs = Math.max(patienceMs, 2 * (usualMs(name) ?? 0));
	return now - since < patienceMs ? undefined : { kind: 'quiet', since, at: since + patienceMs };
}

/** Snapshots do not change, and a fleet is looked at every second. */
const waitingSince = memoEach(unclaimedSince);

/** When an event last began or ended; 0: none ever has. */
const lastChange = memoEach(({ events }: TargetSnapshot): number => {
	let last = 0;
	for (const { startedAt, endedAt } of events) last = Math.max(last, endedAt ?? startedAt ?? 0);
	return last;
});
