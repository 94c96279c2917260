import { hasEnded } from '../../../domain/deployment.ts';
import type { DeploymentId } from '../../../domain/ids.ts';
import { pages } from '../../../lib/pages.ts';
import { affordablePerMinute, jittered, leftMs, type Pace, turnMs, type Wait } from '../../cadence.ts';
import { activeStatuses } from '../../list-deployments.ts';
import type { Turn } from '../../turn.ts';
import { type Lookout, sweepEntry } from '../lookout.ts';
import { type SweepFacts, sweepIds } from '../sweep.ts';
import { keptEarlier } from './earlier-turn.ts';
import { readDeployments } from './read-deployments.ts';

/**
 * The pulse of a context: which deployments are active, how they stand, and how those have ended that are no longer.
 * `swept` is called after each sweep that has succeeded.
 */
export function createSweepTurn(lookout: Lookout, swept: () => void): Turn {
	const { schedule, plan, share, random, clock } = lookout;
	let unchangedTurns = 0;
	/** Until the next one by itself. */
	let rest: Wait = { since: 0, ms: 0 };

	const pace = (): Pace => ({
		running: true,
		following: false,
		targets: 0,
		unchangedTurns,
		rateFactor: share.budget.rateFactor('codedeploy'),
	});
	const usualMs = (): number =>
		Math.max(turnMs(pace(), plan) ?? plan.turnMs, lookout.isBackground() ? plan.backgroundMs : 0);
	const affordable = (): number => {
		const calls = affordablePerMinute(pace(), plan);
		return lookout.isBackground() ? Math.min(calls, plan.backgroundCallsPerMinute) : calls;
	};

	return async signal => {
		if (!schedule.isDue(sweepEntry)) return schedule.dueInMs([sweepEntry]);
		// A key that is held down is not worth more than the account may be asked.
		share.allowance.setRate(affordable());
		const early = leftMs(rest, clock.now());
		if (early > 0 && share.allowance.debtMs() > 0) return early;
		const before = picture(lookout);
		const outcome = await lookout.attempt(
			{
				entry: sweepEntry,
				operation: 'ListDeployments',
				usualMs: usualMs(),
				told: failed => lookout.tell({ type: 'list.failed', list: 'active', ...failed }),
			},
			() => sweep(lookout, signal),
			signal,
		);
		rest = { since: 0, ms: 0 };
		if (!outcome.ok) return schedule.dueInMs([sweepEntry]);
		const after = picture(lookout);
		const isSame = after.length === before.length && after.every((part, at) => part === before[at]);
		unchangedTurns = isSame ? unchangedTurns + 1 : 0;
		schedule.answered(sweepEntry, 0);
		share.allowance.setRate(affordable());
		swept();
		rest = {
			since: clock.now(),
			ms: Math.max(jittered(usualMs(), random), share.allowance.debtMs()),
		};
		return rest.ms;
	};
}

async function sweep(lookout: Lookout, signal: AbortSignal): Promise<void> {
	const listed: DeploymentId[] = [];
	const list = pages(token =>
		lookout.ask(
			'ListDeployments',
			({ codeDeploy }, inner) => codeDeploy.listDeployments({ statuses: activeStatuses, token }, inner),
			signal,
		),
	);
	for await (const page of list) listed.push(...page);
	const { active } = lookout.state();
	const isListed = new Set(listed);
	const left = (active.data ?? []).filter(id => !isListed.has(id));
	const ids = sweepIds(listed, left, factsOf(lookout));
	const answered = await readDeployments(lookout, ids, signal);
	// What AWS leaves out of its answer is gone.
	const asked = new Set(ids);
	const isGone = (id: DeploymentId) => asked.has(id) && !answered.has(id);
	close(
		lookout,
		listed,
		left.filter(id => !isGone(id)),
	);
}

/** What has left the list is active until it is known to have ended; then it is one of the earlier ones. */
function close(lookout: Lookout, listed: readonly DeploymentId[], left: readonly DeploymentId[]): void {
	const at = lookout.clock.now();
	const isOver = (id: DeploymentId) => {
		const { data } = lookout.rollout(id).deployment;
		return data !== undefined && hasEnded(data);
	};
	const seen = [...listed, ...left];
	const ended = seen.filter(isOver);
	lookout.tell({ type: 'list.received', list: 'active', ids: seen.filter(id => !isOver(id)), at });
	const { earlier } = lookout.state();
	const fresh = ended.filter(id => !earlier.data?.includes(id));
	if (fresh.length === 0) return;
	lookout.tell({ type: 'list.received', list: 'earlier', ids: keptEarlier(lookout, fresh), at });
}

function factsOf(lookout: Lookout): SweepFacts {
	const { share, plan, clock } = lookout;
	const { earlier } = lookout.state();
	return {
		rollout: lookout.rollout,
		earlier: earlier.data ?? [],
		affordable: share.allowance.left(),
		rollbackAppearsMs: plan.rollbackAppearsMs,
		now: clock.now(),
	};
}

/** Unchanged answers keep their references. */
function picture(lookout: Lookout): readonly unknown[] {
	const { active } = lookout.state();
	return [active.data, ...(active.data ?? []).map(id => lookout.rollout(id).deployment.data)];
}
