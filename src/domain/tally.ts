/** How many targets are in each state (AWS: DeploymentOverview). */
export type Tally = {
	readonly pending: number;
	readonly inProgress: number;
	readonly succeeded: number;
	readonly failed: number;
	readonly skipped: number;
	readonly ready: number;
};

export const emptyTally: Tally = { pending: 0, inProgress: 0, succeeded: 0, failed: 0, skipped: 0, ready: 0 };

/** Those that run what was deployed. */
export const tallyDone = (tally: Tally): number => tally.succeeded + tally.ready;

/** All targets of the deployment. */
export const tallyTotal = (tally: Tally): number =>
	tally.pending + tally.inProgress + tally.succeeded + tally.failed + tally.skipped + tally.ready;
