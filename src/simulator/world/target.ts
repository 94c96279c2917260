import type { Host } from './host.ts';

/** AWS: TargetStatus and LifecycleEventStatus, as far as the world uses them. */
export type TargetStatus = 'Pending' | 'InProgress' | 'Ready' | 'Succeeded' | 'Failed' | 'Skipped';
export type LifecycleEventStatus = 'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped';

/** AWS: Diagnostics. */
export type Diagnostics = {
	readonly errorCode: string;
	readonly scriptName: string;
	readonly message: string;
	readonly logTail: string;
};

export type LifecycleEvent = {
	readonly name: string;
	status: LifecycleEventStatus;
	startedAt?: number;
	endedAt?: number;
	diagnostics?: Diagnostics;
};

export type InstanceDetail = {
	readonly type: 'InstanceTarget';
	readonly host: Host;
	readonly label: 'Blue' | 'Green' | undefined;
};

export type TaskSet = {
	readonly id: string;
	readonly label: 'Blue' | 'Green';
	readonly targetGroup: string;
	readonly desiredCount: number;
	pendingCount: number;
	runningCount: number;
	status: 'PRIMARY' | 'ACTIVE' | 'DRAINING';
	/** Percent. */
	trafficWeight: number;
};

export type EcsDetail = { readonly type: 'ECSTarget'; readonly taskSets: readonly TaskSet[] };

export type LambdaDetail = {
	readonly type: 'LambdaTarget';
	readonly functionName: string;
	readonly alias: string;
	readonly currentVersion: number;
	readonly targetVersion: number;
	/** Percent. */
	weight: number;
};

export type TargetDetail = InstanceDetail | EcsDetail | LambdaDetail;

/** One thing a deployment works on. It is born with its whole event list, all Pending. */
export type Target = {
	readonly id: string;
	readonly detail: TargetDetail;
	readonly events: readonly LifecycleEvent[];
	status: TargetStatus;
	lastUpdatedAt: number;
};

const succeeded: Diagnostics = { errorCode: 'Success', scriptName: '', message: 'Succeeded', logTail: '' };

export function createTarget(
	id: string,
	detail: TargetDetail,
	eventNames: readonly string[],
	at: number,
): Target {
	const events = eventNames.map((name): LifecycleEvent => ({ name, status: 'Pending' }));
	return { id, detail, events, status: 'Pending', lastUpdatedAt: at };
}

export function beginEvent(target: Target, event: LifecycleEvent, at: number): void {
	event.status = 'InProgress';
	event.startedAt = at;
	target.status = 'InProgress';
	target.lastUpdatedAt = at;
}

export function succeedEvent(target: Target, event: LifecycleEvent, at: number): void {
	event.status = 'Succeeded';
	event.endedAt = at;
	event.diagnostics = succeeded;
	target.lastUpdatedAt = at;
}

/** Fails the event alone: the target goes on. */
export function noteFailure(
	target: Target,
	event: LifecycleEvent,
	at: number,
	diagnostics: Diagnostics | undefined,
): void {
	event.status = 'Failed';
	event.startedAt ??= at;
	event.endedAt = at;
	if (diagnostics !== undefined) event.diagnostics = diagnostics;
	target.lastUpdatedAt = at;
}

/** Fails the event and with it the target; what would have followed is Skipped. */
export function failEvent(
	target: Target,
	event: LifecycleEvent,
	at: number,
	diagnostics: Diagnostics | undefined,
): void {
	noteFailure(target, event, at, diagnostics);
	endTarget(target, 'Failed', at);
}

/** Ends a target; events that never ran are Skipped, with the time of the decision and no start. */
export function endTarget(target: Target, status: 'Succeeded' | 'Failed' | 'Skipped', at: number): void {
	for (const event of target.events) {
		if (event.status !== 'Pending') continue;
		event.status = 'Skipped';
		event.endedAt = at;
	}
	setTargetStatus(target, status, at);
}

export function touchTarget(target: Target, at: number): void {
	target.lastUpdatedAt = at;
}

export function setTargetStatus(target: Target, status: TargetStatus, at: number): void {
	target.status = status;
	target.lastUpdatedAt = at;
}
