import type { Open } from './open.ts';

/** AWS: LifecycleEvent.status. */
export type LifecycleEventStatus = Open<
	'Pending' | 'InProgress' | 'Succeeded' | 'Failed' | 'Skipped' | 'Unknown'
>;

/** AWS: LifecycleErrorCode. */
export type LifecycleErrorCode = Open<
	'Success' | 'ScriptMissing' | 'ScriptNotExecutable' | 'ScriptTimedOut' | 'ScriptFailed' | 'UnknownError'
>;

/** What the agent (or the service on its behalf) said about one lifecycle event. All text is sanitised. */
export type Diagnostics = {
	readonly errorCode?: LifecycleErrorCode;
	/** As written in the AppSpec; empty when no script was involved. */
	readonly scriptName: string;
	readonly message: string;
	/** The last 2 KB of script output, several lines; empty on success. */
	readonly logTail: string;
};

/** One step of a target's deployment. Times are epoch milliseconds; Pending and Skipped events have no start. */
export type LifecycleEvent = {
	readonly name: string;
	readonly status: LifecycleEventStatus;
	readonly startedAt?: number;
	readonly endedAt?: number;
	readonly diagnostics?: Diagnostics;
};

/** Whether the event can still change. */
export const isOpenEvent = (event: LifecycleEvent): boolean =>
	event.status === 'Pending' || event.status === 'InProgress';

/** How long the event took, or has been running at `now`; undefined if it never started. Never negative. */
export function eventDurationMs(event: LifecycleEvent, now: number): number | undefined {
	if (event.startedAt === undefined) return undefined;
	if (event.endedAt === undefined && event.status !== 'InProgress') return undefined;
	return Math.max(0, (event.endedAt ?? now) - event.startedAt);
}
