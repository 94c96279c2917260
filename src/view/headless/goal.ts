import { hasEnded } from '../../domain/deployment.ts';
import { tallyTotal } from '../../domain/tally.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { blueGreenWait } from '../../domain/waits.ts';
import type { Rollout } from '../../monitor/state.ts';

/** What is waited for: the end, that it is ready to take the traffic, or a lifecycle event on all targets. */
export type Goal = 'succeeded' | 'ready' | { readonly event: string };

export type GoalProgress =
	| { readonly type: 'waiting'; readonly words: string }
	| { readonly type: 'reached' }
	/** No target of the deployment has such an event; `known` are those that they have, in their order. */
	| { readonly type: 'impossible'; readonly known: readonly string[] };

/**
 * How far a deployment is on the way to a goal. One that has succeeded has reached all of them; whether one that has
 * ended otherwise did is no question any more.
 */
export function goalProgress(rollout: Rollout, goal: Goal): GoalProgress {
	const { data } = rollout.deployment;
	if (data?.status === 'Succeeded') return reached;
	if (goal === 'succeeded') return { type: 'waiting', words: '' };
	if (goal === 'ready') {
		return isReady(rollout) ? reached : { type: 'waiting', words: 'until it is ready to take the traffic' };
	}
	return eventProgress(rollout, goal.event);
}

const reached: GoalProgress = { type: 'reached' };

/** Or beyond: somebody has gone on, or nobody had to (AWS: deploymentReadyOption CONTINUE_DEPLOYMENT). */
function isReady({ deployment: { data }, targets }: Rollout): boolean {
	if (!data) return false;
	if (data.status === 'Ready' || blueGreenWait(data, targets.values()) !== undefined) return true;
	return data.type === 'BLUE_GREEN' && [...targets.values()].some(hasTraffic);
}

/** Traffic is moved to it, or was. */
const hasTraffic = ({ label, events }: TargetSnapshot): boolean =>
	label !== 'Blue' &&
	events.some(
		({ name, status }) => name === 'AllowTraffic' && (status === 'InProgress' || status === 'Succeeded'),
	);

function eventProgress(rollout: Rollout, asked: string): GoalProgress {
	const { deployment, listing, targets, targetIds } = rollout;
	const known = knownEvents(rollout);
	const event = eventName(known, asked);
	const total = deployment.data?.overview ? tallyTotal(deployment.data.overview) : targetIds.length;
	const isRead = listing.data !== undefined && targets.size > 0 && targets.size >= total;
	if (event === undefined) {
		if (!isRead) return { type: 'waiting', words: `for ${asked}` };
		return { type: 'impossible', known };
	}
	const concerned = [...targets.values()].filter(({ events }) => events.some(({ name }) => name === event));
	const done = concerned.filter(target => isDone(target, event)).length;
	if (isRead && concerned.length > 0 && done === concerned.length) return reached;
	const among = Math.max(concerned.length, isRead ? 0 : total);
	return { type: 'waiting', words: `for ${event}: done on ${done} of ${among}` };
}

const eventName = (known: readonly string[], asked: string): string | undefined =>
	known.find(name => name.toLowerCase() === asked.toLowerCase());

/** The goal as AWS spells it, however it was asked for. */
export function goalName(rollout: Rollout, goal: Goal): string {
	return typeof goal === 'object' ? (eventName(knownEvents(rollout), goal.event) ?? goal.event) : goal;
}

/** What is skipped after a failure has not been done; what is skipped because there was nothing to do, has. */
function isDone({ status, events }: TargetSnapshot, event: string): boolean {
	const its = events.find(({ name }) => name === event);
	return its?.status === 'Succeeded' || (its?.status === 'Skipped' && status !== 'Failed');
}

/** Events of the original fleet, whose targets may be listed only when it is their turn (AWS user guide). */
const blueEvents = ['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'];

function knownEvents({ deployment: { data }, targets }: Rollout): readonly string[] {
	const names = new Set<string>();
	for (const { events } of targets.values()) for (const { name } of events) names.add(name);
	const comesLater = data?.type === 'BLUE_GREEN' && data.platform === 'Server' && !hasEnded(data);
	return [...names, ...(comesLater ? blueEvents.filter(name => !names.has(name)) : [])];
}
