import type { AlarmSnapshot, AlarmTransition, Datapoint } from '../domain/alarm.ts';
import type { DeployOrder } from '../domain/deploy-order.ts';
import type { DeploymentSnapshot, DeploymentStatus } from '../domain/deployment.ts';
import type { DeploymentConfig } from '../domain/deployment-config.ts';
import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { Protection } from '../domain/protection.ts';
import type { AppSpecText } from '../domain/revision.ts';
import type { TargetSnapshot, TargetStatus } from '../domain/target.ts';
import type { Page } from '../lib/pages.ts';

/**
 * The ports to AWS in the domain's terms. Every method throws GatewayFailure and nothing else, except that an aborted
 * `signal` rejects with the signal's reason. Text in the answers is sanitised, times are epoch milliseconds.
 */
export type CodeDeployGateway = {
	getDeployment(id: DeploymentId, signal: AbortSignal): Promise<DeploymentSnapshot>;
	/** One page of ids; `statuses` narrows to targets in these states. */
	listTargetIds(query: TargetIdQuery, signal: AbortSignal): Promise<Page<TargetId>>;
	/** At most {@link maxTargetsPerCall} ids for instances, exactly one for ECS and Lambda. */
	getTargets(
		id: DeploymentId,
		ids: readonly TargetId[],
		signal: AbortSignal,
	): Promise<readonly TargetSnapshot[]>;
	getDeploymentConfig(name: string, signal: AbortSignal): Promise<DeploymentConfig>;
	getDeploymentGroup(
		application: string,
		group: string,
		signal: AbortSignal,
	): Promise<DeploymentGroupSnapshot>;
	/** One page of ids; newest first in practice (AWS documents no order). */
	listDeployments(query: DeploymentQuery, signal: AbortSignal): Promise<Page<DeploymentId>>;
	/** At most {@link maxDeploymentsPerCall} ids. The ones that do not exist are left out, without a word. */
	getDeployments(ids: readonly DeploymentId[], signal: AbortSignal): Promise<readonly DeploymentSnapshot[]>;
	/** One page of names. */
	listApplications(token: string | undefined, signal: AbortSignal): Promise<Page<string>>;
	/** One page of names. */
	listDeploymentGroups(
		application: string,
		token: string | undefined,
		signal: AbortSignal,
	): Promise<Page<string>>;
	/** At most {@link maxGroupsPerCall} groups of one application. The ones that do not exist are left out. */
	getDeploymentGroups(
		application: string,
		groups: readonly string[],
		signal: AbortSignal,
	): Promise<readonly DeploymentGroupSnapshot[]>;
	/** The text of an AppSpec that was deployed as content; GetDeployment gives only its hash. */
	getAppSpecContent(application: string, sha256: string, signal: AbortSignal): Promise<AppSpecText>;
	/** Sent once. The answer `Pending` means that hooks which run now are allowed to end first. */
	stopDeployment(id: DeploymentId, options: StopOptions, signal: AbortSignal): Promise<StopAnswer>;
	/** Sent once. */
	continueDeployment(id: DeploymentId, wait: DeploymentWait, signal: AbortSignal): Promise<void>;
	/** Sent once. A group that is busy is a failure of kind `invalid`, code `DeploymentLimitExceededException`. */
	createDeployment(order: DeployOrder, signal: AbortSignal): Promise<DeploymentId>;
	/** Sent once. The blocks that are given replace the group's own as a whole; the others stay as they are. */
	updateDeploymentGroup(
		application: string,
		group: string,
		blocks: Protection,
		signal: AbortSignal,
	): Promise<void>;
};

export type TargetIdQuery = {
	readonly id: DeploymentId;
	readonly statuses?: readonly TargetStatus[];
	readonly token?: string | undefined;
};

/** What narrows a list of deployments; nothing: all of the account in the region. `createdAfter` is epoch milliseconds. */
export type DeploymentQuery = {
	readonly group?: { readonly application: string; readonly name: string };
	readonly statuses?: readonly DeploymentStatus[];
	readonly createdAfter?: number;
	readonly token?: string | undefined;
};

export type StopOptions = { readonly rollBack: boolean };

export type StopAnswer = { readonly status: string; readonly message: string };

/** What a waiting blue/green deployment is told to stop waiting for (AWS: DeploymentWaitType). */
export type DeploymentWait = 'READY_WAIT' | 'TERMINATION_WAIT';

export type AlarmsGateway = {
	/** The alarms that exist among at most {@link maxAlarmsPerCall} names, composite ones too; deleted ones are left out. */
	describeAlarms(names: readonly string[], signal: AbortSignal): Promise<readonly AlarmSnapshot[]>;
	/** The metric of a metric alarm, oldest first; empty for a composite alarm. */
	getSeries(alarm: AlarmSnapshot, range: TimeRange, signal: AbortSignal): Promise<readonly Datapoint[]>;
	/** State changes within the range, oldest first. */
	getTransitions(name: string, range: TimeRange, signal: AbortSignal): Promise<readonly AlarmTransition[]>;
};

/** Epoch milliseconds; `from` inclusive, `to` exclusive. */
export type TimeRange = { readonly from: number; readonly to: number };

export type CallerIdentity = { readonly account: string; readonly arn: string };

export type IdentityGateway = {
	getCallerIdentity(signal: AbortSignal): Promise<CallerIdentity>;
};

/** Everything that is asked of one account and region. */
export type Gateways = {
	readonly codeDeploy: CodeDeployGateway;
	readonly alarms: AlarmsGateway;
	readonly identity: IdentityGateway;
};

/** AWS: BatchGetDeploymentTargets. */
export const maxTargetsPerCall = 25;

/** AWS: BatchGetDeployments. */
export const maxDeploymentsPerCall = 25;

/** AWS: BatchGetDeploymentGroups. */
export const maxGroupsPerCall = 100;

/** AWS: DescribeAlarms. */
export const maxAlarmsPerCall = 100;
