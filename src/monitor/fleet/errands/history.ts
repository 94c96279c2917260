import type { DeploymentSnapshot } from '../../../domain/deployment.ts';
import { type GroupHistory, isTelling, learnHistory, runsKept } from '../../../domain/history.ts';
import type { DeploymentId } from '../../../domain/ids.ts';
import type { RolloutEvent } from '../../events.ts';
import { failedPart, type Lookout } from '../lookout.ts';
import { activeRollouts, type Errand, entryAfter, type KnownRollout, knownRollout } from './errand.ts';

/**
 * What earlier deployments of a group took as a whole, for an estimate of what is active: two calls a group, once. The
 * events of single targets are read when somebody opens the deployment.
 */

const allHistories = 'histories';
const historyEntry = (id: DeploymentId): string => `history ${id}`;

export function historyErrand(lookout: Lookout): Errand | undefined {
	const { schedule } = lookout;
	shareKnown(lookout);
	if (!schedule.isDue(allHistories)) return undefined;
	const rollout = unmeasured(lookout).find(({ id }) => schedule.isDue(historyEntry(id)));
	return rollout && { cost: 2, run: signal => readHistory(lookout, rollout, signal) };
}

type Grouped = KnownRollout & { readonly application: string; readonly name: string };

/** Those that run without anybody knowing for how long. */
const unmeasured = (lookout: Lookout): readonly Grouped[] =>
	activeRollouts(lookout).flatMap(rollout => {
		const { application, group: name } = rollout.data;
		const isWanted = rollout.history.data === undefined && rollout.data.status !== 'Ready';
		return isWanted && application && name ? [{ ...rollout, application, name }] : [];
	});

/** Among what was deployed of late there may be enough. */
function shareKnown(lookout: Lookout): void {
	const wanted = unmeasured(lookout);
	if (wanted.length === 0) return;
	const earlier = (lookout.state().earlier.data ?? []).flatMap(id => knownRollout(lookout, id)?.data ?? []);
	const at = lookout.clock.now();
	const events = wanted.flatMap(({ id, data }): RolloutEvent[] => {
		const history = learn(earlier.filter(each => isAlike(each, data)));
		return history.runs.length < runsKept ? [] : [{ type: 'history.received', id, history, at }];
	});
	if (events.length > 0) lookout.tellRollouts(events);
}

async function readHistory(
	lookout: Lookout,
	{ id, data, application, name }: Grouped,
	signal: AbortSignal,
): Promise<void> {
	const { schedule, plan, clock } = lookout;
	const entry = historyEntry(id);
	const outcome = await lookout.attempt(
		{
			entry: entryAfter(entry, allHistories),
			operation: 'ListDeployments',
			usualMs: plan.groupMs,
			told: failedPart(lookout, [id], 'history'),
		},
		async () => {
			const { items } = await lookout.ask(
				'ListDeployments',
				({ codeDeploy }, inner) =>
					codeDeploy.listDeployments({ group: { application, name }, statuses: ['Succeeded'] }, inner),
				signal,
			);
			const latest = items.filter(each => each !== id).slice(0, mostCandidates);
			if (latest.length === 0) return [];
			return lookout.ask(
				'BatchGetDeployments',
				({ codeDeploy }, inner) => codeDeploy.getDeployments(latest, inner),
				signal,
			);
		},
		signal,
	);
	if (!outcome.ok) return;
	const history = learn(outcome.value.filter(each => isAlike(each, data)));
	lookout.tellRollouts([{ type: 'history.received', id, history, at: clock.now() }]);
	schedule.answered(allHistories, 0);
	// What is known is not asked for again.
	schedule.answered(entry, 0);
}

/** Rollbacks and launches are among those that are listed, and tell nothing. */
const mostCandidates = 4 * runsKept;

const learn = (deployments: readonly DeploymentSnapshot[]): GroupHistory =>
	learnHistory(deployments.map(deployment => ({ deployment, targets: [] })));

const isAlike = (one: DeploymentSnapshot, other: DeploymentSnapshot): boolean =>
	isTelling(one) &&
	one.platform === other.platform &&
	one.application === other.application &&
	one.group === other.group;
