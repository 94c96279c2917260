import type { DeploymentId, TargetId } from '../../domain/ids.ts';
import type { RecordEvidence, TrackRecord } from '../../domain/track-record.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { GroupName } from '../find-deployment.ts';

/** Deployments that are looked at where nobody says how many. */
export const usualRecordSize = 20;

/** More than these are never asked for. */
export const largestRecordSize = 100;

/** What was asked for of one deployment, or of all, in vain. */
export type RecordGap = {
	readonly what: 'failed targets' | 'hook times' | 'names of hosts';
	/** Missing for what belongs to no single deployment. */
	readonly id?: DeploymentId;
	/** Missing: it was too much to ask for all. */
	readonly failure?: FailureDetails;
};

/** The track record of a group as far as it has been read. */
export type RecordReading = {
	readonly group: GroupName;
	/** How many deployments were asked for. */
	readonly limit: number;
	readonly record: TrackRecord;
	/** The tag `Name` of flaky hosts, where they have one. */
	readonly hostNames: ReadonlyMap<TargetId, string>;
	readonly gaps: readonly RecordGap[];
	/** What was read of deployments that have long ended: it is not asked for again. Empty until all is read. */
	readonly settled: ReadonlyMap<DeploymentId, RecordEvidence>;
	/** Nothing more is being asked for. */
	readonly isWhole: boolean;
};
