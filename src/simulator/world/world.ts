import type { Chance } from './chance.ts';
import { createChance } from './chance.ts';
import { type Clockwork, createClockwork } from './clockwork.ts';
import {
	type Deployment,
	type DeploymentOptions,
	effectiveAutoRollback,
	isActive,
	type StopCause,
} from './deployment.ts';
import { type DeploymentConfig, predefinedConfigs } from './deployment-config.ts';
import type { Application, DeploymentGroup, RollbackEvent } from './deployment-group.ts';
import { drawDeploymentId } from './identifiers.ts';
import { createInPlaceRollout } from './in-place-rollout.ts';
import { type Revision, revisionKey } from './revision.ts';
import type { DeploymentWait, Rollout, Stage } from './rollout.ts';
import { type RevisionScript, realTimeScale, type TimeScale } from './script.ts';

/** One account in one region. */
export type World = {
	readonly accountId: string;
	readonly region: string;
	readonly clockwork: Clockwork;
	readonly chance: Chance;
	readonly applications: Map<string, Application>;
	readonly configs: Map<string, DeploymentConfig>;
	/** In the order of their creation. */
	readonly deployments: ReadonlyMap<string, Deployment>;
	/** How hosts fare with a revision, by its key; a revision without a script just works. */
	readonly scripts: Map<string, RevisionScript>;
	createDeployment(order: DeploymentOrder): Deployment;
	stopDeployment(deployment: Deployment, cause: StopCause): void;
	continueDeployment(deployment: Deployment, wait: DeploymentWait): void;
	/** What the deployment waits for, if anybody can continue it now. */
	waitOf(deployment: Deployment): DeploymentWait | undefined;
};

export type DeploymentOrder = {
	readonly group: DeploymentGroup;
	readonly revision: Revision;
	readonly config: DeploymentConfig;
	readonly creator: Deployment['creator'];
	readonly options: DeploymentOptions;
	/** Set on a deployment that rolls another one back. */
	readonly rollsBack?: Deployment;
};

export type WorldOptions = {
	readonly accountId: string;
	readonly region: string;
	readonly seed: number;
	readonly speed: number;
	/** When the world's history begins, epoch milliseconds. */
	readonly startAt: number;
	readonly scale?: TimeScale;
};

/** How long a deployment is Created before its fleet is known, in scripted milliseconds. */
const preparationMs = 1500;

export function createWorld(options: WorldOptions): World {
	const clockwork = createClockwork(options.startAt, options.speed);
	const chance = createChance(options.seed);
	const drawId = chance('deployment ids');
	const deployments = new Map<string, Deployment>();
	const rollouts = new Map<string, Rollout>();
	const scripts = new Map<string, RevisionScript>();
	const stage: Stage = {
		clockwork,
		chance,
		scale: options.scale ?? realTimeScale,
		scriptOf: revision => scripts.get(revisionKey(revision)) ?? {},
		ended(deployment) {
			const { group } = deployment;
			if (deployment.status === 'Succeeded') group.lastSuccessful = deployment;
			else rollBackIfWanted(deployment);
		},
	};

	function createDeployment(order: DeploymentOrder): Deployment {
		const { group, revision, config, creator } = order;
		const deployment: Deployment = {
			id: drawDeploymentId(drawId),
			group,
			config,
			revision,
			previousRevision: group.lastSuccessful?.revision,
			creator,
			options: order.options,
			createdAt: clockwork.now,
			status: 'Created',
			startedAt: undefined,
			completedAt: undefined,
			error: undefined,
			rollback: undefined,
			targets: undefined,
			stop: undefined,
			terminationWaitStarted: false,
		};
		if (order.rollsBack !== undefined) linkRollback(order.rollsBack, deployment);
		deployments.set(deployment.id, deployment);
		group.lastAttempted = deployment;
		group.targetRevision = revision;
		const rollout = createInPlaceRollout(stage, deployment);
		rollouts.set(deployment.id, rollout);
		clockwork.after(preparationMs, () => {
			if (!isActive(deployment)) return;
			deployment.status = 'InProgress';
			deployment.startedAt = clockwork.now;
			rollout.start();
		});
		return deployment;
	}

	function rollBackIfWanted(deployment: Deployment): void {
		// A rollback that fails is left for people to look at.
		if (deployment.creator === 'codeDeployRollback' || !wantsRollback(deployment)) return;
		const lastGood = deployment.group.lastSuccessful;
		if (lastGood === undefined) {
			deployment.rollback = {
				rollbackMessage: `Deployment ${deployment.id} terminated. There is no successful deployment to roll back to.`,
			};
			return;
		}
		createDeployment({
			group: deployment.group,
			revision: lastGood.revision,
			config: deployment.config,
			creator: 'codeDeployRollback',
			options: {},
			rollsBack: deployment,
		});
	}

	return {
		accountId: options.accountId,
		region: options.region,
		clockwork,
		chance,
		applications: new Map(),
		configs: new Map(predefinedConfigs.map(config => [config.name, config])),
		deployments,
		scripts,
		createDeployment,
		stopDeployment(deployment, cause) {
			deployment.stop ??= cause;
			rollouts.get(deployment.id)?.stop();
		},
		continueDeployment: (deployment, wait) => rollouts.get(deployment.id)?.proceed(wait),
		waitOf: deployment => (isActive(deployment) ? rollouts.get(deployment.id)?.waitsFor : undefined),
	};
}

function linkRollback(triggering: Deployment, rollback: Deployment): void {
	triggering.rollback = {
		rollbackDeploymentId: rollback.id,
		rollbackMessage: `Deployment ${triggering.id} terminated. Automatic rollback is triggered with a DeploymentId ${rollback.id}.`,
	};
	rollback.rollback = {
		rollbackTriggeringDeploymentId: triggering.id,
		rollbackMessage: `Deployment ${rollback.id} is triggered to roll back deployment ${triggering.id}.`,
	};
}

function wantsRollback(deployment: Deployment): boolean {
	if (deployment.stop?.type === 'request' && deployment.stop.rollBack) return true;
	const { enabled, events } = effectiveAutoRollback(deployment);
	return enabled && events.includes(rollbackEvent(deployment));
}

function rollbackEvent(deployment: Deployment): RollbackEvent {
	if (deployment.stop?.type === 'alarm') return 'DEPLOYMENT_STOP_ON_ALARM';
	return deployment.stop?.type === 'request' ? 'DEPLOYMENT_STOP_ON_REQUEST' : 'DEPLOYMENT_FAILURE';
}
