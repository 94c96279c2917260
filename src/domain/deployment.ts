import type { DeploymentId } from './ids.ts';
import type { Open } from './open.ts';
import type { Revision } from './revision.ts';
import type { Tally } from './tally.ts';

/** AWS: DeploymentStatus. */
export type DeploymentStatus = Open<
	'Created' | 'Queued' | 'InProgress' | 'Baking' | 'Ready' | 'Succeeded' | 'Failed' | 'Stopped'
>;

/** AWS: ComputePlatform. */
export type ComputePlatform = Open<'Server' | 'ECS' | 'Lambda'>;

/** AWS: AutoRollbackConfiguration. */
export type AutoRollback = {
	readonly enabled: boolean;
	readonly events: readonly Open<
		'DEPLOYMENT_FAILURE' | 'DEPLOYMENT_STOP_ON_ALARM' | 'DEPLOYMENT_STOP_ON_REQUEST'
	>[];
};

/** AWS: AlarmConfiguration. */
export type AlarmConfiguration = {
	readonly enabled: boolean;
	/** True: a deployment goes on when CloudWatch cannot be asked. */
	readonly ignorePollAlarmFailure: boolean;
	readonly alarms: readonly string[];
};

/** AWS: BlueGreenDeploymentConfiguration. Waits are minutes. */
export type BlueGreenOptions = {
	readonly greenFleet?: Open<'DISCOVER_EXISTING' | 'COPY_AUTO_SCALING_GROUP'>;
	readonly onReadyTimeout?: Open<'CONTINUE_DEPLOYMENT' | 'STOP_DEPLOYMENT'>;
	readonly readyWaitMinutes?: number;
	readonly onSuccess?: Open<'TERMINATE' | 'KEEP_ALIVE'>;
	readonly terminationWaitMinutes?: number;
};

/** AWS: RollbackInfo. The two ids link the deployment that failed and the one that undoes it. */
export type RollbackInfo = {
	readonly rollbackDeploymentId?: DeploymentId;
	readonly triggeringDeploymentId?: DeploymentId;
	readonly message?: string;
};

/** AWS: RelatedDeployments. */
export type RelatedDeployments = {
	readonly autoUpdateRoot?: DeploymentId;
	readonly autoUpdates: readonly DeploymentId[];
};

/**
 * One deployment at one moment (AWS: DeploymentInfo). Times are epoch milliseconds. Every field that AWS may leave
 * out is optional: `overview` is absent until the fleet is known.
 */
export type DeploymentSnapshot = {
	readonly id: DeploymentId;
	readonly application?: string;
	readonly group?: string;
	readonly configName?: string;
	readonly status: DeploymentStatus;
	readonly platform?: ComputePlatform;
	readonly type?: Open<'IN_PLACE' | 'BLUE_GREEN'>;
	readonly trafficControl: boolean;
	readonly creator?: string;
	readonly description?: string;
	readonly createdAt?: number;
	readonly startedAt?: number;
	readonly completedAt?: number;
	readonly revision?: Revision;
	readonly previousRevision?: Revision;
	readonly overview?: Tally;
	readonly error?: { readonly code: string; readonly message: string };
	readonly rollback?: RollbackInfo;
	readonly autoRollback?: AutoRollback;
	readonly alarmOverride?: AlarmConfiguration;
	readonly blueGreen?: BlueGreenOptions;
	readonly terminationWaitStarted: boolean;
	readonly loadBalancers: readonly string[];
	readonly fileExistsBehavior?: string;
	readonly deploymentMode?: string;
	readonly ignoreApplicationStopFailures?: boolean;
	readonly updateOutdatedInstancesOnly?: boolean;
	readonly statusMessages: readonly string[];
	readonly externalId?: string;
	readonly related?: RelatedDeployments;
};

const endedStatuses: ReadonlySet<string> = new Set(['Succeeded', 'Failed', 'Stopped']);

/** Whether the deployment has its final status; a rollback is a deployment of its own. */
export const hasEnded = (deployment: DeploymentSnapshot): boolean => isFinal(deployment.status);

/** Whether a deployment in this state has ended. */
export const isFinal = (status: DeploymentStatus): boolean => endedStatuses.has(status);

/** Whether it waits for somebody to reroute the traffic (AWS: ContinueDeployment, READY_WAIT). */
export const isWaitingToReroute = (deployment: DeploymentSnapshot): boolean => deployment.status === 'Ready';

/** From start (or creation) to completion, or to `now`. AWS's clocks may disagree, so it is never negative. */
export function deploymentElapsedMs(deployment: DeploymentSnapshot, now: number): number | undefined {
	const from = deployment.startedAt ?? deployment.createdAt;
	if (from === undefined) return undefined;
	return Math.max(0, (deployment.completedAt ?? now) - from);
}
