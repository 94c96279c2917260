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

/** AWS: TagFilter and EC2TagFilter; which of key and value count, `Type` says. */
export type TagFilter = {
	readonly Key?: string;
	readonly Value?: string;
	readonly Type: 'KEY_ONLY' | 'VALUE_ONLY' | 'KEY_AND_VALUE';
};

/** AWS: TriggerConfig. */
export type Trigger = {
	readonly triggerName: string;
	readonly triggerTargetArn: string;
	readonly triggerEvents: readonly string[];
};

/** AWS: BlueGreenDeploymentConfiguration. */
export type BlueGreenOptions = {
	/** Undefined: traffic is rerouted at once; else the deployment is Ready and waits so long for somebody to say so. */
	readonly readyWaitMinutes: number | undefined;
	/** Undefined: what was replaced stays alive; else it is terminated so long after the reroute. */
	readonly terminationWaitMinutes: number | undefined;
};

/** What the team configured. A change takes the place of the whole. */
export type GroupSettings = {
	readonly configName: string;
	readonly serviceRoleArn: string;
	/** Undefined: in place. */
	readonly blueGreen: BlueGreenOptions | undefined;
	readonly trafficControl: boolean;
	readonly autoRollback: AutoRollback;
	readonly alarms: AlarmConfiguration;
	readonly triggers: readonly Trigger[];
	/** Names of the target groups of a fleet, and of its load balancers of the first generation. */
	readonly targetGroups: readonly string[];
	readonly classicLoadBalancers: readonly string[];
	/** Blue/green copies the first; without any, machines are found by their tags. */
	readonly autoScalingGroups: readonly string[];
	/** One of them has to fit. */
	readonly tagFilters: readonly TagFilter[];
	readonly onPremisesTagFilters: readonly TagFilter[];
	/** One of each list has to fit (AWS: EC2TagSet). */
	readonly tagSet: readonly (readonly TagFilter[])[];
	/** What becomes of machines that Auto Scaling launches during a deployment. */
	readonly outdatedInstances: 'UPDATE' | 'IGNORE';
};

export type DeploymentGroup = {
	readonly id: string;
	/** Changes when the team gives it another one. */
	name: string;
	readonly applicationName: string;
	readonly platform: ComputePlatform;
	/** Deployments keep to those of the moment at which they were created. */
	settings: GroupSettings;
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
