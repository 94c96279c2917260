import type { Deployment } from './deployment.ts';
import type { ComputePlatform } from './deployment-config.ts';
import type { Exposure } from './exposure.ts';
import type { Revision } from './revision.ts';
import type { Workload } from './workload.ts';

export type RollbackEvent = 'DEPLOYMENT_FAILURE' | 'DEPLOYMENT_STOP_ON_ALARM' | 'DEPLOYMENT_STOP_ON_REQUEST';

/** AWS: AutoRollbackConfiguration. */
export type AutoRollback = { readonly enabled: boolean; readonly events: readonly RollbackEvent[] };

/** AWS: AlarmConfiguration. */
export type AlarmConfiguration = {
	readonly enabled: boolean;
	readonly ignorePollAlarmFailure: boolean;
	readonly alarms: readonly { readonly name: string }[];
};

/** AWS: TagFilter. */
export type TagFilter = { readonly Key: string; readonly Value: string; readonly Type: string };

/** AWS: BlueGreenDeploymentConfiguration. */
export type BlueGreenOptions = {
	/** Undefined: traffic is rerouted at once; else the deployment is Ready and waits so long for somebody to say so. */
	readonly readyWaitMinutes: number | undefined;
	/** Undefined: what was replaced stays alive; else it is terminated so long after the reroute. */
	readonly terminationWaitMinutes: number | undefined;
};

/** What the team configured. */
export type GroupSettings = {
	readonly configName: string;
	readonly serviceRoleArn: string;
	/** Undefined: in place. */
	readonly blueGreen: BlueGreenOptions | undefined;
	readonly trafficControl: boolean;
	readonly autoRollback: AutoRollback;
	readonly alarms: AlarmConfiguration;
	readonly targetGroups: readonly string[];
	readonly tagFilters: readonly TagFilter[];
};

export type DeploymentGroup = {
	readonly id: string;
	readonly name: string;
	readonly applicationName: string;
	readonly platform: ComputePlatform;
	readonly settings: GroupSettings;
	readonly workload: Workload;
	/** The newest deployment that succeeded, and the newest of all. */
	lastSuccessful: Deployment | undefined;
	lastAttempted: Deployment | undefined;
	/** What the group is meant to run (AWS: targetRevision). */
	targetRevision: Revision | undefined;
	/** How much of its traffic a faulty revision answers. */
	readonly exposure: Exposure;
};

export type Application = {
	readonly id: string;
	readonly name: string;
	readonly platform: ComputePlatform;
	readonly createdAt: number;
	readonly groups: Map<string, DeploymentGroup>;
};
