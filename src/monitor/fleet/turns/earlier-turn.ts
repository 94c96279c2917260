import { hasEnded } from '../../../domain/deployment.ts';
import type { DeploymentId } from '../../../domain/ids.ts';
import type { Turn } from '../../turn.ts';
import type { Lookout } from '../lookout.ts';
import { readDeployments } from './read-deployments.ts';

const entry = 'earlier';
const endedStatuses = ['Succeeded', 'Failed', 'Stopped'] as const;

/** What was deployed of late. What has ended does not change any more, so each deployment is asked about once. */
export function createEarlierTurn(lookout: Lookout): Turn {
	const { schedule, plan, clock, share } = lookout;
	return async signal => {
		// The sweep asks the same operation, and says what is wrong; it wakes this one when it is right again.
		if (lookout.isCutOff()) return undefined;
		if (!schedule.isDue(entry)) return schedule.dueInMs([entry]);
		const isFirst = lookout.state().earlier.data === undefined;
		if (!isFirst && share.allowance.left() < 2) return plan.shortestTurnMs;
		const outcome = await lookout.attempt(
			{
				entry,
				operation: 'ListDeployments',
				usualMs: plan.earlierMs,
				told: failed => lookout.tell({ type: 'list.failed', list: 'earlier', ...failed }),
			},
			() => list(lookout, signal),
			signal,
		);
		if (outcome.ok) {
			lookout.tell({
				type: 'list.received',
				list: 'earlier',
				ids: keptEarlier(lookout, outcome.value),
				at: clock.now(),
			});
			schedule.answered(entry, plan.earlierMs);
		}
		return schedule.dueInMs([entry]);
	};
}

/** Those of the last day, or the latest there are. */
async function list(lookout: Lookout, signal: AbortSignal): Promise<readonly DeploymentId[]> {
	const { clock, plan } = lookout;
	const page = async (range: { readonly createdAfter?: number }) => {
		const { items } = await lookout.ask(
			'ListDeployments',
			({ codeDeploy }, inner) => codeDeploy.listDeployments({ statuses: endedStatuses, ...range }, inner),
			signal,
		);
		return items.slice(0, plan.keptEarlier);
	};
	const recent = await page({ createdAfter: clock.now() - plan.earlierSpanMs });
	const ids = recent.length > 0 ? recent : await page({});
	const unread = ids.filter(id => {
		const { data } = lookout.rollout(id).deployment;
		return data === undefined || !hasEnded(data);
	});
	await readDeployments(lookout, unread, signal);
	// What AWS leaves out of its answer is gone.
	return ids.filter(id => lookout.rollout(id).deployment.data !== undefined);
}

/**
 * These and the ones that are known, as many as are kept: those that have ended last. What ran for hours is news when it
 * ends, however much was begun and done meanwhile.
 */
export function keptEarlier(lookout: Lookout, ids: readonly DeploymentId[]): readonly DeploymentId[] {
	const { plan } = lookout;
	const all = new Set([...ids, ...(lookout.state().earlier.data ?? [])]);
	const endOf = (id: DeploymentId): number => {
		const { deployment, endSeenAt } = lookout.rollout(id);
		return deployment.data?.completedAt ?? endSeenAt ?? deployment.data?.createdAt ?? 0;
	};
	return [...all].toSorted((a, b) => endOf(b) - endOf(a)).slice(0, plan.keptEarlier);
}
