import { type Account, createAccount } from './account.ts';
import { type AlarmBoard, createAlarmBoard } from './alarm-board.ts';
import { activeAlarms, canBeStoppedByAlarms } from './alarm-stop.ts';
import { linkAutoUpdate, type Outdated, outdatedBy } from './auto-update.ts';
import { between, type Chance, createChance } from './chance.ts';
import { type Clockwork, createClockwork } from './clockwork.ts';
import { createRollout } from './create-rollout.ts';
import {
	createDeploymentRecord,
	type Deployment,
	type DeploymentOptions,
	isActive,
	type StopCause,
} from './deployment.ts';
import { type DeploymentConfig, predefinedConfigs } from './deployment-config.ts';
import type { Application, DeploymentGroup } from './deployment-group.ts';
import { faultyShare } from './exposure.ts';
import type { Host } from './host.ts';
import { drawDeploymentId } from './identifiers.ts';
import { type Revision, revisionKey } from './revision.ts';
import { linkRollback, noteNothingToRollBackTo, rollbackConfigName, wantsRollback } from './rollback.ts';
import { type DeploymentWait, endDeployment, type Rollout, type Stage } from './rollout.ts';
import type { RevisionScript, TimeScale } from './script.ts';
import type { SentCommand } from './sent-command.ts';
import { serviceRoleError } from './service-role.ts';
import type { TargetGroup } from './target-group.ts';

/** One account in one region. */
export type World = {
	readonly accountId: string;
	readonly region: string;
	readonly speed: number;
	readonly clockwork: Clockwork;
	readonly chance: Chance;
	readonly applications: Map<string, Application>;
	readonly configs: Map<string, DeploymentConfig>;
	/** In the order of their creation. */
	readonly deployments: ReadonlyMap<string, Deployment>;
	readonly alarms: AlarmBoard;
	/** How hosts fare with a revision, by its key; a revision without a script just works. */
	readonly scripts: Map<string, RevisionScript>;
	readonly account: Account;
	/** By their names. */
	readonly targetGroups: Map<string, TargetGroup>;
	/** What Systems Manager was told to run, by command id. */
	readonly commands: Map<string, SentCommand>;
	createDeployment(order: DeploymentOrder): Deployment;
	/** The deployment because of which the group takes no other: it is active, or about to be rolled back. */
	busyWith(group: DeploymentGroup): Deployment | undefined;
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
	/** Machines that Auto Scaling has just launched: the deployment is for them alone. */
	readonly launched?: readonly Host[];
	/** Machines that came too late for a deployment that has succeeded: this one is for them alone. */
	readonly updates?: Outdated;
	/** How long it stays Queued, in scripted milliseconds. */
	readonly queuedMs?: number | undefined;
};

export type WorldOptions = {
	readonly accountId: string;
	readonly region: string;
	readonly seed: number;
	readonly speed: number;
	/** When the world's history begins, epoch milliseconds. */
	readonly startAt: number;
	readonly scale: TimeScale;
};

/** How long a deployment is Created before its fleet is known, in scripted milliseconds. */
const preparationMs = 1500;
/** How long after a deployment's end its rollback is created, and linked with it, in scripted milliseconds. */
const rollbackAfterMs = { least: 1000, most: 3000 };
/** How long after it the machines that were launched meanwhile are seen to, in scripted milliseconds. */
const autoUpdateAfterMs = 2000;
/** How soon CodeDeploy notices an alarm, also one that is in ALARM when a deployment starts. Scripted milliseconds. */
const alarmPollMs = 1000;

export function createWorld(options: WorldOptions): World {
	const { accountId, region, seed, speed, startAt, scale } = options;
	const clockwork = createClockwork(startAt, speed);
	const chance = createChance(seed);
	const drawId = chance('deployment ids');
	const configs = new Map(predefinedConfigs.map(config => [config.name, config]));
	const deployments = new Map<string, Deployment>();
	const rollouts = new Map<string, Rollout>();
	const toRollBack = new Set<Deployment>();
	const scripts = new Map<string, RevisionScript>();
	const account = createAccount();
	const alarms = createAlarmBoard(clockwork, {
		arnOf: name => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
		wentOff: () => clockwork.after(alarmPollMs, stopForAlarms),
	});
	const scriptOf = (revision: Revision) => scripts.get(revisionKey(revision)) ?? {};
	const stage: Stage = {
		clockwork,
		chance,
		scale,
		scriptOf,
		trafficMoved(group) {
			const { workload, exposure } = group;
			// Counting a large fleet at each of its steps costs more than all the rest.
			if (workload.type !== 'fleet' || ![...scripts.values()].some(script => script.faulty)) return;
			const share = faultyShare(workload.hosts, revision => scriptOf(revision).faulty === true);
			exposure.set(clockwork.now, share);
		},
		ended(deployment) {
			const { group, creator } = deployment;
			if (deployment.status === 'Succeeded' || creator === 'autoscaling') {
				if (creator !== 'autoscaling') group.lastSuccessful = deployment;
				clockwork.after(autoUpdateAfterMs, () => updateOutdated(group));
			} else if (wantsRollback(deployment)) {
				const { least, most } = rollbackAfterMs;
				const waitMs = between(chance(`rollback of ${deployment.id}`), least, most);
				toRollBack.add(deployment);
				clockwork.after(waitMs, () => rollBack(deployment));
			}
		},
	};

	function createDeployment(order: DeploymentOrder): Deployment {
		const { group, revision, queuedMs } = order;
		const deployment = createDeploymentRecord(drawDeploymentId(drawId), order, clockwork.now);
		if (order.rollsBack !== undefined) linkRollback(order.rollsBack, deployment);
		if (order.updates !== undefined) linkAutoUpdate(order.updates.root, deployment);
		if (order.launched === undefined) {
			group.lastAttempted = deployment;
			group.targetRevision = revision;
		}
		const rollout = createRollout(stage, deployment, order);
		deployments.set(deployment.id, deployment);
		rollouts.set(deployment.id, rollout);
		const begin = () => {
			if (!isActive(deployment)) return;
			deployment.status = 'InProgress';
			deployment.startedAt = clockwork.now;
			const error = serviceRoleError(account, deployment);
			if (error) endDeployment(stage, deployment, 'Failed', error);
			else rollout.start();
			clockwork.after(alarmPollMs, stopForAlarms);
		};
		clockwork.after(preparationMs, () => {
			if (queuedMs === undefined) begin();
			else if (isActive(deployment)) {
				deployment.status = 'Queued';
				clockwork.after(queuedMs, begin);
			}
		});
		return deployment;
	}

	function stopDeployment(deployment: Deployment, cause: StopCause): void {
		deployment.stop ??= cause;
		rollouts.get(deployment.id)?.stop();
	}

	function stopForAlarms(): void {
		for (const deployment of deployments.values()) {
			if (!canBeStoppedByAlarms(deployment)) continue;
			const alarmNames = activeAlarms(alarms, deployment);
			if (alarmNames.length > 0) stopDeployment(deployment, { type: 'alarm', alarmNames });
		}
	}

	function rollBack(deployment: Deployment): void {
		const { group } = deployment;
		toRollBack.delete(deployment);
		const revision = group.lastSuccessful?.revision;
		if (revision === undefined) noteNothingToRollBackTo(deployment);
		else {
			createDeployment({
				group,
				revision,
				config: configs.get(rollbackConfigName(deployment)) ?? deployment.config,
				creator: 'codeDeployRollback',
				options: {},
				rollsBack: deployment,
			});
		}
	}

	function updateOutdated(group: DeploymentGroup): void {
		const updates = outdatedBy(group, deployments.values());
		if (updates === undefined) return;
		const { revision, config } = updates.root;
		const options = { updateOutdatedInstancesOnly: true };
		createDeployment({ group, revision, config, creator: 'CodeDeployAutoUpdate', options, updates });
	}

	return {
		accountId,
		region,
		speed,
		clockwork,
		chance,
		applications: new Map(),
		configs,
		deployments,
		alarms,
		scripts,
		account,
		targetGroups: new Map(),
		commands: new Map(),
		createDeployment,
		busyWith: group =>
			[...deployments.values()].findLast(
				each =>
					each.group === group && each.creator !== 'autoscaling' && (isActive(each) || toRollBack.has(each)),
			),
		stopDeployment,
		continueDeployment: (deployment, wait) => rollouts.get(deployment.id)?.proceed(wait),
		waitOf: deployment => (isActive(deployment) ? rollouts.get(deployment.id)?.waitsFor : undefined),
	};
}
