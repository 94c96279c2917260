import type { DeploymentConfig } from './deployment-config.ts';
import type { AlarmConfiguration, AutoRollback, DeploymentGroup, GroupSettings } from './deployment-group.ts';
import type { Revision } from './revision.ts';
import type { Target } from './target.ts';

/** AWS: DeploymentStatus, as far as the world uses it. */
export type DeploymentStatus =
	| 'Created'
	| 'Queued'
	| 'InProgress'
	| 'Ready'
	| 'Succeeded'
	| 'Failed'
	| 'Stopped';

export type TerminalStatus = 'Succeeded' | 'Failed' | 'Stopped';

export type ErrorInformation = { readonly code: string; readonly message: string };

/** Why a deployment is stopped from outside. */
export type StopCause =
	| { readonly type: 'request'; readonly rollBack: boolean }
	| { readonly type: 'alarm'; readonly alarmNames: readonly string[] };

/** What CreateDeployment can set; each is left out of the answers when it was not given. */
export type DeploymentOptions = {
	readonly description?: string;
	readonly ignoreApplicationStopFailures?: boolean;
	readonly updateOutdatedInstancesOnly?: boolean;
	readonly autoRollback?: AutoRollback;
	readonly fileExistsBehavior?: string;
	readonly deploymentMode?: string;
	readonly overrideAlarms?: AlarmConfiguration;
};

/** AWS: RollbackInfo. */
export type RollbackInfo = {
	readonly rollbackDeploymentId?: string;
	readonly rollbackTriggeringDeploymentId?: string;
	readonly rollbackMessage: string;
};

export type Deployment = {
	readonly id: string;
	readonly group: DeploymentGroup;
	/** Those of the group when it was created. */
	readonly settings: GroupSettings;
	readonly config: DeploymentConfig;
	readonly revision: Revision;
	readonly previousRevision: Revision | undefined;
	readonly creator: 'user' | 'codeDeployRollback' | 'autoscaling' | 'CodeDeployAutoUpdate';
	readonly options: DeploymentOptions;
	readonly createdAt: number;
	status: DeploymentStatus;
	startedAt: number | undefined;
	completedAt: number | undefined;
	error: ErrorInformation | undefined;
	rollback: RollbackInfo | undefined;
	/** The deployment after which this one brings late machines up to date (AWS: RelatedDeployments). */
	autoUpdateRoot: string | undefined;
	/** Those that have done so after this one. */
	readonly autoUpdates: string[];
	/** Undefined until the fleet is known. */
	targets: readonly Target[] | undefined;
	/** Set as soon as a stop was asked for; the deployment ends when what runs has ended. */
	stop: StopCause | undefined;
	terminationWaitStarted: boolean;
};

/** A deployment that has just been created. */
export function createDeploymentRecord(
	id: string,
	order: Pick<Deployment, 'group' | 'config' | 'revision' | 'creator' | 'options'>,
	createdAt: number,
): Deployment {
	const { group, config, revision, creator, options } = order;
	return {
		id,
		group,
		settings: group.settings,
		config,
		revision,
		previousRevision: group.lastSuccessful?.revision,
		creator,
		options,
		createdAt,
		status: 'Created',
		startedAt: undefined,
		completedAt: undefined,
		error: undefined,
		rollback: undefined,
		autoUpdateRoot: undefined,
		autoUpdates: [],
		targets: undefined,
		stop: undefined,
		terminationWaitStarted: false,
	};
}

export function isActive(deployment: Deployment): boolean {
	return deployment.completedAt === undefined;
}

/** The alarms that can stop this deployment (AWS: its own override, else those of the group when it was created). */
export function effectiveAlarms(deployment: Deployment): AlarmConfiguration {
	return deployment.options.overrideAlarms ?? deployment.settings.alarms;
}

export function effectiveAutoRollback(deployment: Deployment): AutoRollback {
	return deployment.options.autoRollback ?? deployment.settings.autoRollback;
}
