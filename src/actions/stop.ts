import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import { effectiveAutoRollback } from '../domain/deployment-group.ts';
import { nameRevision } from '../domain/revision.ts';
import { emptyTally } from '../domain/tally.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import type { ActionSpec, Impact, ImpactRow } from './action.ts';

type StopRequest = Extract<ActionRequest, { action: 'stop' }>;

/** AWS: StopDeployment, with or without `autoRollbackEnabled`. */
export const stopAction: ActionSpec<StopRequest> = {
	title: ({ rollBack }) => (rollBack ? 'Stop and roll back' : 'Stop, without rolling back'),
	refusal(rollout) {
		const deployment = rollout.deployment.data;
		if (!deployment) return 'the deployment has not been read yet';
		if (hasEnded(deployment)) return `the deployment has already ended: ${deployment.status}`;
		if (deployment.externalId !== undefined && deployment.creator?.startsWith('CloudFormation')) {
			return 'CloudFormation drives this deployment: cancel the stack update instead';
		}
		return undefined;
	},
	impact: (state, rollout, { rollBack }) =>
		rollBack ? rollBackImpact(state, rollout) : stopImpact(state, rollout),
	command: ({ deploymentId, rollBack }) => [
		'stop-deployment',
		'--deployment-id',
		deploymentId,
		rollBack ? '--auto-rollback-enabled' : '--no-auto-rollback-enabled',
	],
	variant: request => ({ ...request, rollBack: !request.rollBack }),
};

function rollBackImpact(state: AppState, rollout: Rollout): Impact {
	const names = revisionNames(state, rollout);
	const tally = rollout.deployment.data?.overview ?? emptyTally;
	const returning =
		names.previous === undefined
			? 'they get the last successful revision again'
			: `they get ${names.previous} again`;
	const rows = [
		row(tally.succeeded + tally.ready, `run ${names.current} now`, returning),
		row(tally.inProgress, 'are in the middle', 'their running hook ends, then they go back'),
		row(tally.failed, 'failed', 'they go back too, where CodeDeploy reaches them'),
		row(
			tally.pending,
			'were not reached',
			names.previous === undefined ? 'they stay as they are' : `they stay on ${names.previous}`,
		),
	];
	return {
		rows: rows.filter(entry => entry !== undefined),
		notes: [
			`The rollback is a new deployment${names.from}. It runs the hooks of ${names.previous ?? 'that revision'}, and ApplicationStop of ${names.current}.`,
			'What scripts have changed outside of the deployed files is not undone.',
		],
		warnings: [
			...(rollout.group.data && !rollout.group.data.lastSuccessful
				? ['This group has no successful deployment to return to: CodeDeploy has nothing to roll back to.']
				: []),
			...firingAlarms(rollout),
		],
	};
}

function stopImpact(state: AppState, rollout: Rollout): Impact {
	const names = revisionNames(state, rollout);
	const deployment = rollout.deployment.data;
	const tally = deployment?.overview ?? emptyTally;
	const before = names.previous ?? 'what they run now';
	const rows = [
		row(tally.succeeded + tally.ready, `run ${names.current} now`, `they stay on ${names.current}`),
		row(tally.inProgress, 'are in the middle', 'their running hook ends, then they stay as they are'),
		row(tally.failed, 'failed', 'they stay as they are'),
		row(tally.pending, 'were not reached', `they stay on ${before}`),
	];
	const mixed = tally.succeeded + tally.ready > 0 && tally.pending + tally.failed + tally.inProgress > 0;
	return {
		rows: rows.filter(entry => entry !== undefined),
		notes: [
			...(mixed ? ['The fleet stays mixed: some hosts on the new revision, some on the old one.'] : []),
			...leftSplit(deployment),
		],
		warnings: rollsBackOnRequest(rollout)
			? [
					'The deployment rolls back by itself when it is stopped (DEPLOYMENT_STOP_ON_REQUEST), whatever is asked here.',
				]
			: [],
	};
}

/** AWS: after a manual stop a Lambda alias keeps both versions, and later deployments fail on it. */
const leftSplit = (deployment: DeploymentSnapshot | undefined): readonly string[] =>
	deployment?.platform === 'Lambda'
		? ['The alias stays split between two versions, and later deployments fail until that is mended.']
		: [];

function row(count: number, what: string, outcome: string): ImpactRow | undefined {
	if (count === 0) return undefined;
	return {
		what: `${count} ${count === 1 ? 'target' : 'targets'} ${count === 1 ? singular(what) : what}`,
		outcome,
	};
}

const singular = (what: string): string =>
	what
		.replace(/^run /, 'runs ')
		.replace(/^are /, 'is ')
		.replace(/^were /, 'was ');

/** The deployment that a rollback returns to (AWS: DeploymentGroupInfo.lastSuccessfulDeployment). */
function lastSuccessful(state: AppState, rollout: Rollout): DeploymentSnapshot | undefined {
	const id = rollout.group.data?.lastSuccessful?.id;
	return id === undefined ? undefined : rolloutOf(state, id).deployment.data;
}

function revisionNames(state: AppState, rollout: Rollout) {
	const deployment = rollout.deployment.data;
	const last = lastSuccessful(state, rollout);
	const current = deployment?.revision ? nameRevision(deployment.revision) : 'the new revision';
	const previous = last?.revision ? nameRevision(last.revision) : undefined;
	return { current, previous, from: last ? ` of the last successful revision (${last.id})` : '' };
}

function rollsBackOnRequest(rollout: Rollout): boolean {
	const deployment = rollout.deployment.data;
	const automatic = deployment && effectiveAutoRollback(deployment, rollout.group.data);
	return automatic?.enabled === true && automatic.events.includes('DEPLOYMENT_STOP_ON_REQUEST');
}

const firingAlarms = (rollout: Rollout): readonly string[] =>
	(rollout.alarms.data ?? [])
		.filter(alarm => alarm.state === 'ALARM')
		.map(alarm => `${alarm.name} is in ALARM now.`);
