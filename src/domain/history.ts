import type { DeploymentId, TargetId } from './ids.ts';

/** One earlier deployment of the group that has succeeded. Times are epoch milliseconds. */
export type PastRun = {
	readonly id: DeploymentId;
	readonly startedAt: number;
	readonly endedAt: number;
	/** How many targets it had. */
	readonly targets: number;
};

/** What the last successful deployments of a group took: the measure for the one that runs. Durations are milliseconds. */
export type GroupHistory = {
	/** The newest first; none: the group has never been deployed to successfully. */
	readonly runs: readonly PastRun[];
	/** The median over the runs. */
	readonly durationMs?: number;
	/** The median of each lifecycle event over all targets of the runs, by its name. */
	readonly events: ReadonlyMap<string, number>;
	/** What each event took on a target that has been there before: the median over its runs. */
	readonly targets: ReadonlyMap<TargetId, ReadonlyMap<string, number>>;
};
