import type {
	AlarmConfiguration,
	AutoRollback,
	BlueGreenOptions,
	ComputePlatform,
	DeploymentSnapshot,
	DeploymentStatus,
} from './deployment.ts';
import type { DeploymentId } from './ids.ts';
import type { LoadBalancerRef } from './load-balancer.ts';
import type { Open } from './open.ts';
import type { Revision } from './revision.ts';
import type { TagSet } from './tag-filter.ts';

/** AWS: LastDeploymentInfo. Times are epoch milliseconds. */
export type LastDeployment = {
	readonly id: DeploymentId;
	readonly status?: DeploymentStatus;
	readonly createdAt?: number;
	readonly endedAt?: number;
};

/** What a rollout takes from its group (AWS: DeploymentGroupInfo). */
export type DeploymentGroupSnapshot = {
	readonly application: string;
	readonly name: string;
	readonly id?: string;
	readonly platform?: ComputePlatform;
	readonly configName?: string;
	readonly serviceRoleArn?: string;
	/** Names of the Auto Scaling groups whose instances are deployed to. */
	readonly autoScalingGroups?: readonly string[];
	/** The EC2 instances it finds by their tags. */
	readonly ec2Tags?: TagSet;
	/** The registered machines it finds by their tags. */
	readonly onPremisesTags?: TagSet;
	readonly loadBalancers?: readonly LoadBalancerRef[];
	/** Whether hosts are taken out of the load balancer while they are deployed to (AWS: WITH_TRAFFIC_CONTROL). */
	readonly trafficControl?: boolean;
	readonly type?: Open<'IN_PLACE' | 'BLUE_GREEN'>;
	readonly ecsServices?: readonly { readonly cluster: string; readonly service: string }[];
	readonly alarms?: AlarmConfiguration;
	readonly autoRollback?: AutoRollback;
	readonly blueGreen?: BlueGreenOptions;
	readonly lastSuccessful?: LastDeployment;
	readonly lastAttempted?: LastDeployment;
	readonly targetRevision?: Revision;
};

/** Whether it deploys files to hosts; what AWS does not say is taken for that, as it was the only thing once. */
export const isForHosts = ({ platform }: Pick<DeploymentGroupSnapshot, 'platform'>): boolean =>
	platform === undefined || platform === 'Server';

/** The alarms that can stop this rollout: the deployment's own override if there is one, else the group's. */
export function effectiveAlarms(
	deployment: DeploymentSnapshot,
	group: DeploymentGroupSnapshot | undefined,
): { readonly configuration: AlarmConfiguration; readonly from: 'deployment' | 'group' } | undefined {
	if (deployment.alarmOverride) return { configuration: deployment.alarmOverride, from: 'deployment' };
	return group?.alarms ? { configuration: group.alarms, from: 'group' } : undefined;
}

/** Automatic rollback as it applies to this rollout: on the deployment it overrides the group. */
export const effectiveAutoRollback = (
	deployment: DeploymentSnapshot,
	group: DeploymentGroupSnapshot | undefined,
): AutoRollback | undefined => deployment.autoRollback ?? group?.autoRollback;
