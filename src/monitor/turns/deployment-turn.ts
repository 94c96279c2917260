import { type DeploymentSnapshot, hasEnded } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { tallyTotal } from '../../domain/tally.ts';
import type { FailureKind } from '../../gateway/failure.ts';
import { affordablePerMinute, jittered, type Pace, turnMs } from '../cadence.ts';
import type { Turn } from '../turn.ts';
import { isLost, type Watch } from '../watch.ts';
import {
	deploymentEntry,
	isAwaitingFollowOn,
	isAwaitingRollback,
	isFollowing,
	linkedIds,
} from './aftermath.ts';

/** The pulse: the watched deployment, and those that AWS links with it, so that the story stays together. */
export function createDeploymentTurn(watch: Watch, answered: () => void): Turn {
	const { id, clock, plan, schedule, allowance } = watch;
	const countUnchanged = createChangeCounter(watch);
	let unchangedTurns = 0;
	/** How the last reading of the watched one failed. */
	let failing: FailureKind | undefined;

	const read = async (each: DeploymentId, signal: AbortSignal): Promise<void> => {
		const entry = deploymentEntry(each);
		if (!schedule.isDue(entry)) return;
		const outcome = await watch.attempt(
			{ part: 'deployment', id: each, entry, operation: 'GetDeployment', usualMs: usualMs() },
			() =>
				watch.ask('GetDeployment', ({ codeDeploy }, inner) => codeDeploy.getDeployment(each, inner), signal),
			signal,
		);
		if (each === id) failing = outcome.ok ? undefined : outcome.failure.kind;
		if (outcome.ok) {
			watch.tell({ type: 'deployment.received', id: each, deployment: outcome.value, at: clock.now() });
			schedule.answered(entry, mayChange(outcome.value) ? 0 : undefined);
		} else if (each !== id && isLost(outcome.failure)) schedule.dropped(entry);
	};

	const mayChange = (deployment: DeploymentSnapshot): boolean =>
		!hasEnded(deployment) ||
		(deployment.id === id && (isAwaitingRollback(watch) || isAwaitingFollowOn(watch)));

	const pace = (): Pace => {
		const { deployment, targetIds } = watch.rollout();
		const overview = deployment.data?.overview;
		return {
			running: !deployment.data || !hasEnded(deployment.data),
			following: isFollowing(watch),
			targets: Math.max(targetIds.length, overview ? tallyTotal(overview) : 0),
			unchangedTurns,
			rateFactor: watch.budget.rateFactor('codedeploy'),
		};
	};
	const usualMs = () => turnMs(pace(), plan) ?? plan.turnMs;

	return async signal => {
		const known = linkedIds(watch);
		await Promise.all([id, ...known].map(each => read(each, signal)));
		const appeared = linkedIds(watch).filter(each => !known.includes(each));
		await Promise.all(appeared.map(each => read(each, signal)));
		answered();

		if (failing === undefined) unchangedTurns = countUnchanged();
		allowance.setRate(affordablePerMinute(pace(), plan));
		const usual = turnMs(pace(), plan);
		// A refusal concerns this operation only; anything else concerns the way to AWS, and everybody waits.
		if (failing !== undefined && failing !== 'denied') return schedule.dueInMs([deploymentEntry(id)]);
		if (usual === undefined) return schedule.dueInMs([id, ...linkedIds(watch)].map(deploymentEntry));
		return Math.max(jittered(usual, watch.random), Math.min(2 * usual, allowance.debtMs()));
	};
}

/** Counts turns in a row in which nothing new was seen; unchanged answers keep their references. */
function createChangeCounter(watch: Watch): () => number {
	let before: readonly unknown[] = [];
	let unchanged = 0;
	return () => {
		const { deployment, targetIds, targets } = watch.rollout();
		const others = linkedIds(watch).map(id => watch.rollout(id).deployment.data);
		const seen = [deployment.data, targetIds, targets, ...others];
		const same = seen.length === before.length && seen.every((part, index) => part === before[index]);
		unchanged = same ? unchanged + 1 : 0;
		before = seen;
		return unchanged;
	};
}
