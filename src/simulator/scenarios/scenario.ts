import type { Fault } from '../server/faults.ts';
import type { AilmentScript } from '../world/ailment.ts';
import type { AlarmScript } from '../world/alarm.ts';
import type { DeploymentConfig } from '../world/deployment-config.ts';
import type { AutoRollback, BlueGreenOptions } from '../world/deployment-group.ts';
import type { MachineChange } from '../world/machine.ts';
import type { MetricScript } from '../world/metric.ts';
import type { Revision } from '../world/revision.ts';
import type { RevisionScript, TimeScale } from '../world/script.ts';

/** A story, as data: who deploys what onto which fleet, and how each revision fares. All times are scripted. */
export type Scenario = GroupBackground & {
	readonly name: string;
	/** One line for people who choose. */
	readonly title: string;
	/** The deployment worth watching. It is created the moment the story begins, or `rolloutAgoMs` before. */
	readonly rollout: RolloutScript;
	/** In the clock's time. */
	readonly rolloutAgoMs?: number;
	/** What else happens to the group while it runs, and after it. */
	readonly later?: readonly StagedRollout[];
	readonly account?: AccountPlant;
	/** Somebody stops the rollout, in scripted milliseconds after it began. */
	readonly stoppedAfterMs?: number;
	/** What makes the rollout fail, as a diagnosis would name it; undefined when nothing does. */
	readonly plantedCause?: string;
	/** What is wrong between the client and AWS. */
	readonly faults?: readonly Fault[];
	/** Which of AWS's long waits are shortened, and how far. */
	readonly scale?: Partial<TimeScale>;
};

/** A deployment group, and everything about it that lasts longer than one deployment. */
export type GroupBackground = {
	readonly group: GroupScript;
	/** Configurations of the team's own. */
	readonly configs?: readonly DeploymentConfig[];
	/** What was deployed before the story begins, oldest first. */
	readonly history: readonly PastRollout[];
	readonly revisions?: readonly { readonly revision: Revision; readonly script: RevisionScript }[];
	readonly alarms?: readonly AlarmWithMetric[];
	readonly compositeAlarms?: readonly { readonly name: string; readonly children: readonly string[] }[];
	readonly hosts?: readonly HostPlant[];
};

/** A group's part in a story that many groups have parts in. */
export type GroupStory = GroupBackground & {
	/** In the order of their creation. Of those that lie before the story, nobody has looked after. */
	readonly rollouts: readonly StagedRollout[];
};

/** `agoMs` below zero: that long after the story began. Times are the clock's. */
export type StagedRollout = PastRollout & {
	/** Stays Queued for so long, in scripted milliseconds. */
	readonly queuedMs?: number;
	/** Auto Scaling has launched so many machines, which get the revision that the group runs. */
	readonly launched?: number;
};

export type AlarmWithMetric = {
	readonly alarm: AlarmScript;
	readonly metric: MetricScript;
	/** Nothing has been measured for a long time: nobody knows whether all is well. */
	readonly lacksData?: boolean;
};

export type GroupScript = {
	readonly application: string;
	readonly name: string;
	readonly configName: string;
	readonly deploysTo: WorkloadScript;
	readonly autoRollback: AutoRollback;
	/** Names of attached alarms; one that stands for no alarm has been deleted. */
	readonly alarms?: readonly string[];
	/** An alarm that cannot be read, such as a deleted one, stops no deployment. */
	readonly ignorePollAlarmFailure?: boolean;
};

/** What the group deploys to. A fleet without `blueGreen` is deployed to in place. */
export type WorkloadScript =
	| FleetScript
	| {
			readonly type: 'ecs';
			readonly cluster: string;
			readonly service: string;
			readonly tasks: number;
			/** So many of the live ones do not pass the health check of the load balancer. */
			readonly unhealthyTasks?: number;
			readonly blueGreen: BlueGreenOptions;
	  }
	| { readonly type: 'lambda'; readonly functionName: string; readonly alias: string };

export type FleetScript = {
	readonly type: 'fleet';
	readonly hosts: number;
	readonly loadBalancer: boolean;
	readonly blueGreen?: BlueGreenOptions;
	/** The machines are found by the Auto Scaling group that makes them, not by their tags. */
	readonly autoScaling?: true;
	/** The machines are the team's own, not EC2's: their names begin with this. */
	readonly onPremises?: string;
	/** What all of its machines have that is not usual. */
	readonly machines?: MachineChange;
};

/** Machines with which something is the matter shortly before the story begins, by their numbers in the fleet. */
export type HostPlant = {
	readonly hosts: readonly number[];
	/** In what they always have differed from the others. */
	readonly unlike?: MachineChange;
	/** They have been replaced since the last deployment, by machines like this. */
	readonly replacedBy?: MachineChange;
	/** They have lost the tag by which the deployment group finds them. */
	readonly isUntagged?: boolean;
	readonly ailment?: AilmentScript;
	/** It befell them so long before the story begins, in the clock's time; without it, before all rollouts. */
	readonly agoMs?: number;
};

/** What is unusual about the account around the fleet. */
export type AccountPlant = {
	/** The machines' role may not do these, although a policy seems to let it. */
	readonly instanceRoleDenied?: readonly string[];
	/** Actions that no policy of the machines' role mentions. */
	readonly instanceRoleLacks?: readonly string[];
	/** The role of the deployment group, which lets CodeDeploy act. */
	readonly serviceRole?: 'missing' | 'powerless';
	/** Where the bundles lie, if not in the region of the fleet. */
	readonly bucketRegion?: string;
	/** The bundles are encrypted with a key of the team's own. */
	readonly isBucketEncrypted?: boolean;
	/** The bundles of these revisions have been deleted, as a lifecycle rule of their bucket wants it. */
	readonly deletedBundles?: readonly Revision[];
	/** The bundle of the rollout is not there. */
	readonly isBundleMissing?: boolean;
	/** The machines do not send their logs to CloudWatch. */
	readonly keepsLogsOnHosts?: boolean;
};

export type RolloutScript = {
	readonly revision: Revision;
	readonly description?: string;
	readonly configName?: string;
};

/** `agoMs`: how long before the story it was created, in the clock's time. */
export type PastRollout = RolloutScript & {
	readonly agoMs: number;
	/** Somebody stops it, in scripted milliseconds after it was created. */
	readonly stoppedAfterMs?: number;
	/** It was not somebody: these alarms were in ALARM. */
	readonly stoppedByAlarms?: readonly string[];
};
