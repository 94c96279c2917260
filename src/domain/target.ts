import type { TargetId } from './ids.ts';
import { isOpenEvent, type LifecycleEvent } from './lifecycle-event.ts';
import type { Open } from './open.ts';

/** AWS: TargetStatus. */
export type TargetStatus = Open<
	'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped' | 'Ready' | 'Unknown'
>;

export type TargetKind = 'instance' | 'ecs' | 'lambda' | 'cloudformation' | 'unknown';

/** AWS: ECSTaskSet. Weights are percentages, 0-100. */
export type TaskSet = {
	readonly id: string;
	readonly status: Open<'PRIMARY' | 'ACTIVE' | 'DRAINING'>;
	readonly label?: Open<'Blue' | 'Green'>;
	readonly desired: number;
	readonly pending: number;
	readonly running: number;
	readonly weight: number;
	readonly targetGroup?: string;
};

/** AWS: LambdaFunctionInfo. The weight is the new version's share as a percentage, 0-100. */
export type LambdaVersions = {
	readonly functionName: string;
	readonly alias?: string;
	readonly current?: string;
	readonly target?: string;
	readonly weight: number;
};

/** One target of a deployment at one moment. Times are epoch milliseconds. */
export type TargetSnapshot = {
	readonly id: TargetId;
	readonly kind: TargetKind;
	readonly arn?: string;
	readonly status: TargetStatus;
	/** Which fleet of a blue/green deployment; absent in-place. */
	readonly label?: Open<'Blue' | 'Green'>;
	readonly updatedAt?: number;
	/** How far AWS's clock was ahead of the one that times are told by here, when it answered; absent: they agreed. */
	readonly awsAheadMs?: number;
	/** In the order they run in. */
	readonly events: readonly LifecycleEvent[];
	readonly taskSets: readonly TaskSet[];
	readonly lambda?: LambdaVersions;
};

const terminalStatuses: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Skipped']);

/**
 * Whether asking again could not show anything new: a terminal status and no Pending or InProgress event.
 * ECS and Lambda targets keep moving (weights, termination) until their deployment ends.
 */
export function isSettled(target: TargetSnapshot, deploymentEnded: boolean): boolean {
	if (deploymentEnded && terminalStatuses.has(target.status)) return true;
	if (target.kind !== 'instance') return false;
	return terminalStatuses.has(target.status) && !target.events.some(isOpenEvent);
}

/** The event a person would name when asked where the target is: the failed one, the running one, or the last done. */
export function currentEvent(target: TargetSnapshot): LifecycleEvent | undefined {
	return (
		target.events.find(event => event.status === 'Failed') ??
		target.events.find(event => event.status === 'InProgress') ??
		target.events.findLast(event => event.status === 'Succeeded' || event.status === 'Unknown')
	);
}

/** What a target in progress waits for while it is between two events: the one that comes next. */
function awaitedEvent({ status, events }: TargetSnapshot): LifecycleEvent | undefined {
	if (status !== 'InProgress') return undefined;
	if (events.some(event => event.status === 'Failed' || event.status === 'InProgress')) return undefined;
	const next = events.findIndex(event => event.status === 'Pending');
	return next > 0 ? events[next] : undefined;
}

/**
 * The event to name a target by: as {@link currentEvent}, but one that is done is not what a target is at while it waits
 * for the next.
 */
export const namedEvent = (target: TargetSnapshot): LifecycleEvent | undefined =>
	awaitedEvent(target) ?? currentEvent(target);

/** The first failed event, with or without diagnostics. */
export const failedEvent = (target: TargetSnapshot): LifecycleEvent | undefined =>
	target.events.find(event => event.status === 'Failed');

/** From the target's first event's start to its last event's end, or to `now` while it runs. */
export function targetDurationMs(target: TargetSnapshot, now: number): number | undefined {
	let startedAt: number | undefined;
	let endedAt: number | undefined;
	for (const event of target.events) {
		if (event.startedAt === undefined) continue;
		startedAt = Math.min(startedAt ?? event.startedAt, event.startedAt);
		if (event.endedAt !== undefined) endedAt = Math.max(endedAt ?? event.endedAt, event.endedAt);
	}
	if (startedAt === undefined) return undefined;
	const until = target.status === 'InProgress' ? now : (endedAt ?? now);
	return Math.max(0, until - startedAt);
}
