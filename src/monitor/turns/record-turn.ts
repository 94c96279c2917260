import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { leftMs } from '../cadence.ts';
import { readRecord } from '../record/read-record.ts';
import { usualRecordSize } from '../record/reading.ts';
import type { Turn } from '../turn.ts';
import { currentScreen } from '../ui-state.ts';
import type { Watch } from '../watch.ts';

/** Name in the schedule. */
const entry = 'record';

/**
 * The track record of the group, when somebody looks at it: once, and again when a refresh is asked for there. What a
 * rollout of the same group has read shortly before is taken over. It is no part of polling, so it is asked beside it.
 */
export function createRecordTurn(watch: Watch): Turn {
	const { id, clock, schedule } = watch;
	let readFor = watch.refreshes();
	return async signal => {
		const { data: deployment } = watch.rollout().deployment;
		if (!isLookedAt(watch)) return undefined;
		if (!deployment) return watch.plan.turnMs;
		const { application, group } = deployment;
		if (application === undefined || group === undefined) return undefined;
		const isFresh = readFor === watch.refreshes();
		if (isFresh && (isWhole(watch) || takeOver(watch, deployment))) return undefined;
		if (!schedule.isDue(entry)) return schedule.dueInMs([entry]);
		readFor = watch.refreshes();
		const what = {
			part: 'record',
			id,
			entry,
			operation: 'ListDeployments',
			usualMs: watch.plan.turnMs,
		} as const;
		const outcome = await watch.attempt(
			what,
			() =>
				readRecord(
					{ application, group },
					{
						ask: watch.probe,
						limit: usualRecordSize,
						signal,
						tell: reading => {
							// What is there is not taken away while it is read again.
							if (reading.isWhole || !isWhole(watch))
								watch.tell({ type: 'record.received', id, reading, at: clock.now() });
						},
					},
				),
			signal,
		);
		if (outcome.ok) schedule.answered(entry, 0);
		return outcome.ok ? undefined : schedule.dueInMs([entry]);
	};
}

const isLookedAt = ({ store }: Watch): boolean => currentScreen(store.getState().ui).type === 'history';

const isWhole = ({ rollout }: Watch): boolean => rollout().record.data?.isWhole === true;

function takeOver(watch: Watch, { id, application, group }: DeploymentSnapshot): boolean {
	const { store, clock, plan } = watch;
	for (const other of store.getState().rollouts.values()) {
		const { data, dataAt = 0 } = other.record;
		if (other.id === id || !data?.isWhole) continue;
		if (data.group.application !== application || data.group.group !== group) continue;
		if (leftMs({ since: dataAt, ms: plan.historyMs }, clock.now()) === 0) continue;
		watch.tell({ type: 'record.received', id, reading: data, at: dataAt });
		return true;
	}
	return false;
}
