import { hasEnded } from '../../domain/deployment.ts';
import type { DeploymentId, TargetId } from '../../domain/ids.ts';
import { pages } from '../../lib/pages.ts';
import { selectChapters } from '../chapters.ts';
import { batchSizeFor } from '../sweep.ts';
import type { Turn } from '../turn.ts';
import type { Attempt, Watch } from '../watch.ts';

/** While others need what polling may cost, this waits. */
const patienceMs = 3_000;

/**
 * The targets of a story's other deployments, once each, when the watched one and they have ended: only so is it known
 * which revision each host is on. They take what the pulse leaves over.
 */
export function createChaptersTurn(watch: Watch): Turn {
	const { schedule, allowance } = watch;
	return async signal => {
		for (const id of unreadChapters(watch)) {
			for (;;) {
				if (!schedule.isDue(entryOf(id))) break;
				if (allowance.left() === 0) return patienceMs;
				if (await readNext(watch, id, signal)) break;
			}
		}
		return schedule.dueInMs(unreadChapters(watch).map(entryOf));
	};
}

const entryOf = (id: DeploymentId): string => `targets of ${id}`;

/** The other chapters that have ended, as one value that changes with them. */
export const endedChapters = (watch: Watch): string =>
	selectChapters(watch.store.getState().rollouts, watch.id)
		.filter(({ id, deployment }) => id !== watch.id && deployment && hasEnded(deployment))
		.map(({ id }) => id)
		.join();

function unreadChapters(watch: Watch): readonly DeploymentId[] {
	const { data } = watch.rollout().deployment;
	if (!data || !hasEnded(data)) return [];
	return selectChapters(watch.store.getState().rollouts, watch.id).flatMap(({ id, deployment }) => {
		if (id === watch.id || !deployment || !hasEnded(deployment)) return [];
		const { listing, targetIds, targets } = watch.rollout(id);
		return listing.data === undefined || targets.size < targetIds.length ? [id] : [];
	});
}

/** The list, then a batch at a time. True: there is nothing more to be read now. */
async function readNext(watch: Watch, id: DeploymentId, signal: AbortSignal): Promise<boolean> {
	const { targetIds, targets, listing, deployment } = watch.rollout(id);
	if (listing.data === undefined) return !(await readList(watch, id, signal));
	const missing = targetIds.filter(each => !targets.has(each));
	const batch = missing.slice(0, batchSizeFor(deployment.data?.platform));
	if (batch.length === 0 || !(await readTargets(watch, id, batch, signal))) return true;
	// Targets that AWS does not know any more would be asked for again and again.
	const isStuck = batch.every(each => !watch.rollout(id).targets.has(each));
	if (isStuck) watch.schedule.dropped(entryOf(id));
	return isStuck;
}

async function readList(watch: Watch, id: DeploymentId, signal: AbortSignal): Promise<boolean> {
	const { ok } = await attempt(watch, id, 'listing', 'ListDeploymentTargets', signal, async () => {
		const ids: TargetId[] = [];
		const page = (token: string | undefined) =>
			watch.ask(
				'ListDeploymentTargets',
				({ codeDeploy }, inner) => codeDeploy.listTargetIds({ id, token }, inner),
				signal,
			);
		for await (const items of pages(page)) ids.push(...items);
		watch.tell({ type: 'targetIds.received', id, ids, complete: true, at: watch.clock.now() });
	});
	return ok;
}

async function readTargets(
	watch: Watch,
	id: DeploymentId,
	ids: readonly TargetId[],
	signal: AbortSignal,
): Promise<boolean> {
	const { ok } = await attempt(watch, id, 'targets', 'BatchGetDeploymentTargets', signal, async () => {
		const targets = await watch.ask(
			'BatchGetDeploymentTargets',
			({ codeDeploy }, inner) => codeDeploy.getTargets(id, ids, inner),
			signal,
		);
		watch.tell({ type: 'targets.received', id, targets, at: watch.clock.now() });
	});
	return ok;
}

/** What has ended does not change: what cannot be read of it now for a reason of its own never will. */
async function attempt(
	watch: Watch,
	id: DeploymentId,
	part: 'listing' | 'targets',
	operation: Attempt['operation'],
	signal: AbortSignal,
	work: () => Promise<void>,
) {
	const entry = entryOf(id);
	const what = { part, id, entry, operation, usualMs: watch.plan.turnMs };
	const outcome = await watch.attempt(what, work, signal);
	if (!outcome.ok && isFinal.has(outcome.failure.kind)) watch.schedule.dropped(entry);
	return outcome;
}

const isFinal: ReadonlySet<string> = new Set(['denied', 'missing', 'not-started', 'invalid']);
