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
	/** Deployments that are over and have been looked into, the newest first: some that succeeded, and one that did not. */
	readonly past?: Asked<readonly PastDeployment[]>;
	/** `nothing`: the group names none. */
	readonly config?: Asked<DeploymentConfig | Nothing>;
	/** Those of the group's alarms that exist. */
	readonly alarms?: Asked<readonly AlarmSnapshot[]>;
	readonly serviceRole?: Asked<ServiceRoleKnowledge | Nothing>;
	/** Of what is to be deployed, else of the last successful deployment; `nothing`: that is not in S3. */
	readonly bundle?: Asked<BundleHead | Nothing>;
	/** Of the last successful deployment, where something else is to be deployed. */
	readonly returnBundle?: Asked<BundleHead | Nothing>;
	/** Text of the AppSpec, where that is the revision whose bundle is looked for; `nothing`: it is another kind. */
	readonly appSpec?: Asked<string | Nothing>;
	/** The EC2 instances that the group means now; `nothing`: it does not deploy to any. */
	readonly instances?: Asked<readonly InstanceFacts[] | Nothing>;
	/** Registered machines that the group means now. */
	readonly onPremises?: Asked<readonly string[] | Nothing>;
	/** Of the instances that Systems Manager was asked about ({@link instancesToPing}) those that it knows. */
	readonly pings?: Asked<readonly PingState[] | Nothing>;
	/** As the hosts' agents were last heard to say. */
	readonly agents?: ReadonlyMap<TargetId, AgentVersion>;
	/** By target group; `nothing`: there is no such target group. */
	readonly health?: ReadonlyMap<string, Asked<readonly TargetHealth[] | Nothing>>;
};

/** Systems Manager tells of 50 hosts in a call: more than a few calls are not worth it. */
const mostPinged = 200;

/** The instances whose connection to Systems Manager is asked about: those that run, the first of a large fleet. */
export const instancesToPing = (instances: readonly InstanceFacts[]): readonly InstanceFacts[] =>
	instances.filter(({ state }) => state === undefined || state === 'running').slice(0, mostPinged);
