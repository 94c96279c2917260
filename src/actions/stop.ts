import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import { effectiveAutoRollback } from '../domain/deployment-group.ts';
import { isMixed, type RevisionTally, tallyWords } from '../domain/host-revision.ts';
import { nameRevision } from '../domain/revision.ts';
import { emptyTally, type Tally, tallyTotal } from '../domain/tally.ts';
import { selectHostRevisions } from '../monitor/host-revisions.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import type { ActionSpec, Impact, ImpactRow } from './action.ts';
import { trafficStopImpact } from './traffic-impact.ts';

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
	impact(state, rollout, { rollBack }) {
		const impact =
			trafficStopImpact(rollout, rollBack) ??
			(rollBack ? rollBackImpact(state, rollout) : stopImpact(state, rollout));
		const warnings = rollBack ? rollBackWarnings(rollout) : stopWarnings(rollout);
		return { ...impact, warnings: [...impact.warnings, ...warnings] };
	},
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
			// Which targets a rollback covers is not documented: it has been seen to take in all of them.
			names.previous === undefined
				? 'they stay as they are'
				: `they stay on ${names.previous}; it may be deployed there again`,
		),
	];
	return {
		rows: rows.filter(entry => entry !== undefined),
		notes: [
			`The rollback is a new deployment${names.from}. It runs the hooks of ${names.previous ?? 'that revision'}, and ApplicationStop of ${names.current}.`,
			'What scripts have changed outside of the deployed files is not undone.',
		],
		warnings: [],
	};
}

function rollBackWarnings(rollout: Rollout): readonly string[] {
	const nothingToReturnTo = rollout.group.data && !rollout.group.data.lastSuccessful;
	return [
		...(nothingToReturnTo
			? ['This group has no successful deployment to return to: CodeDeploy has nothing to roll back to.']
			: []),
		...firingAlarms(rollout),
	];
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
	return {
		rows: rows.filter(entry => entry !== undefined),
		notes: mixedNotes(state, rollout, tally),
		warnings: [],
	};
}

/** What a fleet is left with, counted where each of its hosts has been read, and told as far as the overview tells it else. */
function mixedNotes(state: AppState, rollout: Rollout, tally: Tally): readonly string[] {
	const fleet = selectHostRevisions(state.rollouts, rollout.id);
	if (rollout.targets.size === tallyTotal(tally) && rollout.listing.data !== undefined) {
		if (!isMixed(fleet.tally)) return [];
		return [`The fleet stays mixed: its revision is now ${fleetWords(fleet.tally)}.`];
	}
	const isTold = tally.succeeded + tally.ready > 0 && tally.pending + tally.failed + tally.inProgress > 0;
	return isTold ? ['The fleet stays mixed: some hosts on the new revision, some on the old one.'] : [];
}

/** `12 new, 46 old, 2 unknown (Install was under way)`. */
const fleetWords = (tally: RevisionTally): string => {
	const words = tallyWords(tally).join(', ');
	return tally.unknown > 0 ? `${words} (Install runs there, or has failed)` : words;
};

function stopWarnings(rollout: Rollout): readonly string[] {
	const deployment = rollout.deployment.data;
	const automatic = deployment && effectiveAutoRollback(deployment, rollout.group.data);
	return automatic?.enabled && automatic.events.includes('DEPLOYMENT_STOP_ON_REQUEST')
		? ['It rolls back by itself when it is stopped (DEPLOYMENT_STOP_ON_REQUEST), whatever is asked here.']
		: [];
}

function row(count: number, what: string, outcome: string): ImpactRow | undefined {
	if (count === 0) return undefined;
	return count === 1
		? { what: `1 target ${singular(what)}`, outcome: singular(outcome) }
		: { what: `${count} targets ${what}`, outcome };
}

/** The sentences of this file, said of one target. */
const singularWords: readonly (readonly [RegExp, string])[] = [
	[/^run /, 'runs '],
	[/^are /, 'is '],
	[/^were /, 'was '],
	[/\bthey get\b/, 'it gets'],
	[/\bthey stay as they are\b/, 'it stays as it is'],
	[/\bthey stay\b/, 'it stays'],
	[/\bthey go\b/, 'it goes'],
	[/\btheir\b/, 'its'],
	[/reaches them$/, 'reaches it'],
];

const singular = (words: string): string =>
	singularWords.reduce((text, [plural, one]) => text.replace(plural, one), words);

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

const firingAlarms = (rollout: Rollout): readonly string[] =>
	(rollout.alarms.data ?? [])
		.filter(alarm => alarm.state === 'ALARM')
		.map(alarm => `${alarm.name} is in ALARM now.`);
