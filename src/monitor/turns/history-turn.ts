import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import { isTelling, learnHistory, type RunEvidence, runsKept } from '../../domain/history.ts';
import type { TargetId } from '../../domain/ids.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { maxDeploymentsPerCall } from '../../gateway/gateway.ts';
import { chunk } from '../../lib/pages.ts';
import { leftMs } from '../cadence.ts';
import { batchSizeFor } from '../sweep.ts';
import type { Turn } from '../turn.ts';
import { currentScreen, type ScreenName } from '../ui-state.ts';
import { type Attempt, isLost, type Operation, type Watch } from '../watch.ts';
import { sampleTargets } from './sample-targets.ts';

/** Screens that compare with earlier deployments also when nothing is to be estimated any more. */
const comparing: ReadonlySet<string> = new Set(['details', 'target', 'timeline']);

/**
 * What the group's last successful deployments took. It never changes, so it is asked once, call by call, out of what
 * polling leaves, and not before the picture is whole; what a rollout of the same group has learned shortly before is
 * taken over. Of a deployment that has ended it is asked when somebody looks at a screen that compares.
 */
export function createHistoryTurn(watch: Watch): Turn {
	const { schedule, allowance, plan, clock } = watch;
	const reading = createReading(watch);
	// Whoever has watched it before has read it: the fleet reads whole runs only, and no events.
	const isKnown = (watch.rollout().history.data?.events.size ?? 0) > 0;
	let steppedAt = clock.now();

	return async signal => {
		const { data: deployment } = watch.rollout().deployment;
		if (!deployment) return plan.turnMs;
		const isOver = hasEnded(deployment);
		if (isKnown || reading.isDone() || (isOver && !isLookedAt(watch)) || takeOver(watch, deployment))
			return undefined;
		if (!allowance.isOpen()) return plan.turnMs;
		if (!schedule.isDue(entry)) return schedule.dueInMs([entry]);
		const patient = { since: steppedAt, ms: plan.historyPatienceMs };
		if (!isOver && allowance.left() === 0 && leftMs(patient, clock.now()) > 0) return plan.shortestTurnMs;
		steppedAt = clock.now();
		await reading.step(deployment, signal);
		return reading.isDone() ? undefined : (schedule.dueInMs([entry]) ?? undefined);
	};
}

/** Name in the schedule. */
const entry = 'history';

/** Whether a screen is a reason to ask. */
export const comparesWithHistory = (screen: ScreenName): boolean => comparing.has(screen);

const isLookedAt = ({ store }: Watch): boolean =>
	comparesWithHistory(currentScreen(store.getState().ui).type);

/** Whether it is known already, or was known of another rollout of the group. */
function takeOver(watch: Watch, { id, application, group }: DeploymentSnapshot): boolean {
	const { store, clock, plan } = watch;
	if (application === undefined || group === undefined) return true;
	for (const other of store.getState().rollouts.values()) {
		const { data, dataAt = 0 } = other.history;
		const about = other.deployment.data;
		if (other.id === id || !data || about?.application !== application || about.group !== group) continue;
		if (leftMs({ since: dataAt, ms: plan.historyMs }, clock.now()) === 0) continue;
		watch.tell({ type: 'history.received', id, history: data, at: dataAt });
		return true;
	}
	return false;
}

/** The reading, a call at a time. */
type Reading = {
	isDone(): boolean;
	step(deployment: DeploymentSnapshot, signal: AbortSignal): Promise<void>;
};

/** A run of which targets are still to be read; `batches` is undefined before they are listed. */
type OpenRun = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: TargetSnapshot[];
	batches: (readonly TargetId[])[] | undefined;
};

function createReading(watch: Watch): Reading {
	const { id, clock, schedule, plan } = watch;
	let runs: readonly OpenRun[] | undefined;

	/** `undefined`: it has failed, and is tried again or not. */
	const ask = async <T>(
		operation: Operation,
		call: Parameters<typeof watch.ask<T>>[1],
		signal: AbortSignal,
	) => {
		const what: Attempt = { part: 'history', id, entry, operation, usualMs: plan.historyPauseMs };
		const outcome = await watch.attempt(what, () => watch.ask(operation, call, signal), signal);
		if (outcome.ok) schedule.answered(entry, plan.historyPauseMs);
		else if (isLost(outcome.failure)) schedule.dropped(entry);
		return outcome;
	};

	const tell = () => {
		const known: readonly RunEvidence[] = runs ?? [];
		watch.tell({ type: 'history.received', id, history: learnHistory(known), at: clock.now() });
	};

	const find = async (deployment: DeploymentSnapshot, signal: AbortSignal) => {
		const { application = '', group: name = '' } = deployment;
		const listed = await ask(
			'ListDeployments',
			({ codeDeploy }, inner) =>
				codeDeploy.listDeployments({ group: { application, name }, statuses: ['Succeeded'] }, inner),
			signal,
		);
		if (!listed.ok) return;
		const ids = listed.value.items.filter(each => each !== id).slice(0, maxDeploymentsPerCall);
		const found =
			ids.length === 0
				? { ok: true as const, value: [] }
				: await ask(
						'BatchGetDeployments',
						({ codeDeploy }, inner) => codeDeploy.getDeployments(ids, inner),
						signal,
					);
		if (!found.ok) return;
		runs = found.value
			.filter(each => isTelling(each) && each.platform === deployment.platform)
			.toSorted((a, b) => (b.createdAt ?? 0) - (a.createdAt ?? 0))
			.slice(0, runsKept)
			.map((each, index) => ({
				deployment: each,
				targets: [],
				batches: index < plan.historyRuns ? undefined : [],
			}));
		tell();
	};

	const list = async (run: OpenRun, signal: AbortSignal) => {
		const listed = await ask(
			'ListDeploymentTargets',
			({ codeDeploy }, inner) => codeDeploy.listTargetIds({ id: run.deployment.id }, inner),
			signal,
		);
		if (!listed.ok) return;
		const batchSize = batchSizeFor(run.deployment.platform);
		const batches = run === runs?.[0] ? plan.historyBatches : 1;
		const sample = sampleTargets(listed.value.items, watch.rollout().targetIds, batches * batchSize);
		run.batches = [...chunk(sample, batchSize)];
	};

	const read = async (run: OpenRun, ids: readonly TargetId[], signal: AbortSignal) => {
		const answer = await ask(
			'BatchGetDeploymentTargets',
			({ codeDeploy }, inner) => codeDeploy.getTargets(run.deployment.id, ids, inner),
			signal,
		);
		if (!answer.ok && !isLost(answer.failure)) return;
		run.batches?.shift();
		if (!answer.ok) return;
		run.targets.push(...answer.value);
		tell();
	};

	const nextRun = () => runs?.find(({ batches }) => batches === undefined || batches.length > 0);

	return {
		isDone: () => runs !== undefined && nextRun() === undefined,
		async step(deployment, signal) {
			const run = nextRun();
			if (!run) return find(deployment, signal);
			const [ids] = run.batches ?? [];
			return ids ? read(run, ids, signal) : list(run, signal);
		},
	};
}
