import type { AlarmSnapshot } from '../../domain/alarm.ts';
import type { BundleHead } from '../../domain/bundle.ts';
import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import type { DeploymentConfig } from '../../domain/deployment-config.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { InstanceFacts, PingState } from '../../domain/host.ts';
import type { AgentVersion } from '../../domain/host-report.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { TargetHealth } from '../../domain/load-balancer.ts';
import type { Revision } from '../../domain/revision.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import type { Asked, Nothing, ServiceRoleKnowledge } from '../knowledge.ts';

/** A deployment of the group that is over, and those of its targets that were read. */
export type PastDeployment = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: readonly TargetSnapshot[];
};

/**
 * What has been found out about a group before a deployment. Every part is asked for apart from the others, and so is
 * missing, or unanswered, apart from them. `nothing`: it was asked, and there is none.
 */
export type PreflightFacts = {
	readonly region: string;
	/** For complete commands. */
	readonly profile?: string;
	readonly endpointUrl?: string;
	readonly application: string;
	readonly name: string;
	readonly group?: Asked<DeploymentGroupSnapshot>;
	/** What is to be deployed, if that is known: else the bundle of the last successful deployment is looked for. */
	readonly revision?: Revision;
	/** The deployment that has the group now. */
	readonly active?: Asked<DeploymentSnapshot | Nothing>;
	/** The one that a rollback would return to. */
	readonly lastSuccessful?: Asked<DeploymentSnapshot | Nothing>;
	/** The latest deployments that are over, the newest first. */
	readonly past?: Asked<readonly PastDeployment[]>;
	readonly config?: Asked<DeploymentConfig>;
	/** Those of the group's alarms that exist. */
	readonly alarms?: Asked<readonly AlarmSnapshot[]>;
	readonly serviceRole?: Asked<ServiceRoleKnowledge | Nothing>;
	/** `nothing`: the revision is not in S3. */
	readonly bundle?: Asked<BundleHead | Nothing>;
	/** The EC2 instances that the group means now; `nothing`: it does not deploy to any. */
	readonly instances?: Asked<readonly InstanceFacts[] | Nothing>;
	/** Registered machines that the group means now. */
	readonly onPremises?: Asked<readonly string[] | Nothing>;
	/** Of the instances that Systems Manager knows. */
	readonly pings?: Asked<readonly PingState[]>;
	/** As the hosts' agents were last heard to say. */
	readonly agents?: ReadonlyMap<TargetId, AgentVersion>;
	/** By target group. */
	readonly health?: ReadonlyMap<string, Asked<readonly TargetHealth[]>>;
};
