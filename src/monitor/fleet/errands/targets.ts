import { hasEnded } from '../../../domain/deployment.ts';
import type { DeploymentId, TargetId } from '../../../domain/ids.ts';
import type { TargetStatus } from '../../../domain/target.ts';
import { maxTargetsPerCall } from '../../../gateway/gateway.ts';
import { batchSizeFor } from '../../sweep.ts';
import { failedPart, type Lookout } from '../lookout.ts';
import { activeRollouts, type Errand, entryAfter, type KnownRollout, knownRollout } from './errand.ts';

/**
 * Targets of a few rows: of the one that is looked at, of those in which something fails, so that the hook and its cause
 * are known, and of those that move traffic, whose one target says how much. One that waits for somebody does not change.
 */

const allTargets = 'targets';
const targetsEntry = (id: DeploymentId): string => `targets ${id}`;

/** The row that is looked at. */
export function chosenErrand(lookout: Lookout): Errand | undefined {
	const id = lookout.chosen();
	const rollout = id && knownRollout(lookout, id);
	if (!rollout) return undefined;
	return errandFor(lookout, rollout, needsFailures(rollout) ? ['Failed'] : ['InProgress']);
}

/** A row in which more has failed than is known of. Those that were over before anybody looked stay as they are. */
export function failuresErrand(lookout: Lookout): Errand | undefined {
	const { active, earlier } = lookout.state();
	const { startedAt } = lookout.store.getState();
	const ended = (earlier.data ?? []).flatMap(id => knownRollout(lookout, id) ?? []);
	const failing = [
		...activeRollouts(lookout),
		...ended.filter(({ id, endSeenAt = 0 }) => endSeenAt >= startedAt && !active.data?.includes(id)),
	];
	return first(failing, rollout =>
		needsFailures(rollout) ? errandFor(lookout, rollout, ['Failed']) : undefined,
	);
}

/** A share of the traffic that was read longer ago, as while a deployment was open, says little. */
const staleMs = 30_000;

/** A row whose traffic moves; `unread`: only one of which nobody knows how far, `stale`: or has known of late. */
export function shiftErrand(lookout: Lookout, want: 'unread' | 'stale' | 'any'): Errand | undefined {
	const staleSince = lookout.clock.now() - staleMs;
	const isWanted = ({ targets, reading }: KnownRollout) =>
		want === 'any' || targets.size === 0 || (want === 'stale' && (reading.dataAt ?? 0) < staleSince);
	const shifting = activeRollouts(lookout).filter(
		rollout => batchSizeFor(rollout.data.platform) === 1 && isWanted(rollout),
	);
	const byAge = shifting.toSorted((a, b) => (a.reading.dataAt ?? 0) - (b.reading.dataAt ?? 0));
	return first(byAge, rollout => errandFor(lookout, rollout, ['InProgress']));
}

function first<T, R>(items: readonly T[], select: (item: T) => R | undefined): R | undefined {
	for (const item of items) {
		const selected = select(item);
		if (selected !== undefined) return selected;
	}
	return undefined;
}

/** Whether failures are counted that nothing is known of. A call's worth of them is enough to tell what fails. */
function needsFailures({ data, targets }: KnownRollout): boolean {
	const known = [...targets.values()].filter(({ status }) => status === 'Failed').length;
	return known < Math.min(data.overview?.failed ?? 0, maxTargetsPerCall);
}

function errandFor(
	lookout: Lookout,
	rollout: KnownRollout,
	statuses: readonly TargetStatus[],
): Errand | undefined {
	const { schedule } = lookout;
	const { data } = rollout;
	// AWS has no targets for those that have not started, and none that still move for those that are over.
	if (data.overview === undefined || data.status === 'Ready') return undefined;
	if (hasEnded(data) && !needsFailures(rollout)) return undefined;
	if (!(schedule.isDue(allTargets) && schedule.isDue(targetsEntry(rollout.id)))) return undefined;
	const isSingle = batchSizeFor(data.platform) === 1;
	const known = isSingle ? [...rollout.targets.keys()] : [];
	return {
		cost: known.length > 0 ? 1 : 2,
		run: signal => readTargets(lookout, rollout, isSingle ? { known } : { statuses }, signal),
	};
}

type Wanted = { readonly known?: readonly TargetId[]; readonly statuses?: readonly TargetStatus[] };

async function readTargets(
	lookout: Lookout,
	{ id, data, targets }: KnownRollout,
	{ known = [], statuses }: Wanted,
	signal: AbortSignal,
): Promise<void> {
	const { schedule, plan, clock } = lookout;
	const entry = targetsEntry(id);
	const list = async (): Promise<readonly TargetId[]> => {
		const page = await lookout.ask(
			'ListDeploymentTargets',
			({ codeDeploy }, inner) => codeDeploy.listTargetIds({ id, ...(statuses && { statuses }) }, inner),
			signal,
		);
		const isKnown = (each: TargetId) =>
			statuses?.includes('Failed') && targets.get(each)?.status === 'Failed';
		return page.items.filter(each => !isKnown(each));
	};
	const outcome = await lookout.attempt(
		{
			entry: entryAfter(entry, allTargets),
			operation: 'BatchGetDeploymentTargets',
			usualMs: plan.targetsMs,
			told: failed => {
				if (failed.failure.kind !== 'not-started') failedPart(lookout, [id], 'targets')(failed);
			},
		},
		async () => {
			const ids = known.length > 0 ? known : await list();
			const batch = ids.slice(0, batchSizeFor(data.platform));
			if (batch.length === 0) return [];
			return lookout.ask(
				'BatchGetDeploymentTargets',
				({ codeDeploy }, inner) => codeDeploy.getTargets(id, batch, inner),
				signal,
			);
		},
		signal,
	);
	if (!outcome.ok) return;
	if (outcome.value.length > 0)
		lookout.tellRollouts([{ type: 'targets.received', id, targets: outcome.value, at: clock.now() }]);
	schedule.answered(allTargets, 0);
	// What is over may count failures that none of its targets ever shows.
	const isFruitless = hasEnded(data) && !outcome.value.some(({ status }) => status === 'Failed');
	schedule.answered(entry, isFruitless ? plan.relistMs : plan.targetsMs);
}
