import type { AlarmSnapshot } from './alarm.ts';
import type { BundleHead } from './bundle.ts';
import type { DeploymentSnapshot } from './deployment.ts';
import type { DeploymentGroupSnapshot } from './deployment-group.ts';
import type { Revision } from './revision.ts';

/** Why a deployment is made from here. */
export type DeployPurpose =
	/** To return to what an earlier deployment has brought. */
	| 'roll-back'
	/** To deploy again what a deployment has brought, or was to bring. */
	| 'redeploy'
	/** To deploy a revision that was named. */
	| 'deploy';

/** Something that was asked for, or why it is not known. */
export type Read<T> = { readonly value: T } | { readonly unread: string };

/** What a deployment from here would do to a group, and all that was read to say so. */
export type DeployPlan = {
	readonly purpose: DeployPurpose;
	/** As it was read: if it has changed by the time of the call, nothing is sent. */
	readonly group: DeploymentGroupSnapshot;
	/** What would be deployed; unset where there is nothing to return to. The text of an AppSpec is part of it. */
	readonly revision?: Revision;
	/** Unset: the group's own. */
	readonly configName?: string;
	/** The deployment that it is taken from; unset for a revision that was named. */
	readonly from?: DeploymentSnapshot;
	/** The newest deployment of the group, whatever became of it: what the hosts run now, as far as it got. */
	readonly latest?: DeploymentSnapshot;
	/** The deployment that has the group now: nothing can be deployed until it has ended. */
	readonly active?: DeploymentSnapshot;
	/**
	 * Earlier deployments that succeeded, one of each revision, the newest first. If the newest deployment of all succeeded,
	 * none has its revision; else the first is what the group last had whole.
	 */
	readonly candidates: readonly DeploymentSnapshot[];
	/** Of a revision in S3. */
	readonly bundle?: Read<BundleHead>;
	/** Of the group's alarms those that exist; unset: the group watches none. */
	readonly alarms?: Read<readonly AlarmSnapshot[]>;
	/** Where an AppSpec would be deployed as text. */
	readonly appSpecs?: PlannedAppSpecs;
};

export type PlannedAppSpecs = {
	readonly wanted: Read<string>;
	/** That of `latest`; unset where it has none, or is not known. */
	readonly current?: Read<string>;
	/** The text that was read does not have the hash that it was deployed with. */
	readonly isAltered: boolean;
};

export const isRead = <T>(read: Read<T>): read is { readonly value: T } => 'value' in read;
