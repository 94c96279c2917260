import type { DeploymentSnapshot } from '../../domain/deployment.ts';
import { leftMs } from '../cadence.ts';
import type { GroupName } from '../find-deployment.ts';
import { readRecord } from '../record/read-record.ts';
import { usualRecordSize } from '../record/reading.ts';
import type { Turn } from '../turn.ts';
import { currentScreen } from '../ui-state.ts';
import type { Watch } from '../watch.ts';

/** Name in the schedule. */
const entry = 'record';

/**
 * The track record of the group, when somebody looks at it: once, and again when a refresh is asked for there. What a
 * rollout of the same group has read shortly before is taken over.
 */
export function createRecordTurn(watch: Watch): Turn {
	const { schedule, plan } = watch;
	let readFor = watch.refreshes();
	return async signal => {
		const { data: deployment } = watch.rollout().deployment;
		if (!isLookedAt(watch)) return undefined;
		if (!deployment) return plan.turnMs;
		const { application, group } = deployment;
		if (application === undefined || group === undefined) return undefined;
		const isFresh = readFor === watch.refreshes();
		if (isFresh && (isWhole(watch) || takeOver(watch, deployment))) return undefined;
		const waitMs = Math.max(schedule.dueInMs([entry]) ?? Infinity, tooEarlyMs(watch));
		if (waitMs > 0) return waitMs === Infinity ? undefined : waitMs;
		readFor = watch.refreshes();
		const isRead = await read(watch, { application, group }, signal);
		return isRead ? undefined : (schedule.dueInMs([entry]) ?? undefined);
	};
}

async function read(watch: Watch, group: GroupName, signal: AbortSignal): Promise<boolean> {
	const { id, clock, plan, probes, gateways, schedule } = watch;
	const known = watch.rollout().record.data?.settled;
	const work = () =>
		readRecord(group, {
			// Somebody waits for it, and polling shall not pay for that.
			ask: (operation, call, inner) => probes.ask(operation, asked => call(gateways, asked), inner),
			limit: usualRecordSize,
			now: clock.now(),
			...(known && { known }),
			signal,
			tell(reading) {
				// What is there is not taken away while it is read again.
				if (reading.isWhole || !isWhole(watch))
					watch.tell({ type: 'record.received', id, reading, at: clock.now() });
			},
		});
	const what = { part: 'record', id, entry, operation: 'ListDeployments', usualMs: plan.turnMs } as const;
	const { ok } = await watch.attempt(what, work, signal);
	if (ok) schedule.answered(entry, 0);
	return ok;
}

/** However often it is asked for, what was just read is not read again. */
function tooEarlyMs({ rollout, plan, clock }: Watch): number {
	const { data, dataAt = 0, failures } = rollout().record;
	return data?.isWhole && failures === 0 ? leftMs({ since: dataAt, ms: plan.recordMs }, clock.now()) : 0;
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
