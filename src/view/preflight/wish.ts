import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import { eventWords } from '../../diagnosis/preflight/protect-command.ts';
import { counted } from '../../diagnosis/words.ts';
import { type ProtectionWish, rollbackEvents } from '../../domain/protection.ts';
import { memoOne } from '../../lib/memo.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { selectPreflight } from './shown.ts';

/**
 * What the group's settings could mend of what a preflight has found, all of it in one wish; undefined while that is being
 * found out, and where they can mend nothing.
 */
export const selectProtectionWish = (_state: AppState, rollout: Rollout): ProtectionWish | undefined =>
	rollout.preflight?.endedAt === undefined ? undefined : unitedOf(selectPreflight(rollout));

/** The wishes of all checks in one. Where two of them contradict each other, what protects more holds. */
export function unitedWish(checks: readonly PreflightCheck[]): ProtectionWish | undefined {
	const wishes = checks.flatMap(({ verdict, wish }) => (verdict === 'problem' && wish ? [wish] : []));
	const events = rollbackEvents.filter(event =>
		wishes.some(
			({ autoRollback }) =>
				autoRollback !== undefined && autoRollback !== 'off' && autoRollback.includes(event),
		),
	);
	const attach = distinct(wishes.flatMap(wish => wish.attach ?? []));
	const detach = distinct(wishes.flatMap(wish => wish.detach ?? [])).filter(name => !attach.includes(name));
	const ignoring = wishes.flatMap(({ ignorePollAlarmFailure }) => ignorePollAlarmFailure ?? []);
	const united: ProtectionWish = {
		...(events.length > 0 && { autoRollback: events }),
		...(attach.length > 0 && { attach }),
		...(detach.length > 0 && { detach }),
		...(ignoring.length > 0 && { ignorePollAlarmFailure: ignoring.every(Boolean) }),
	};
	return Object.keys(united).length === 0 ? undefined : united;
}

const unitedOf = memoOne(unitedWish);

const distinct = (names: readonly string[]): readonly string[] => [...new Set(names)];

/** What a wish would do to the group, as the end of a sentence: `rolls back by itself on failure and alarm`. */
export function wishWords({ autoRollback, attach, detach, ignorePollAlarmFailure }: ProtectionWish): string {
	const events = autoRollback === undefined || autoRollback === 'off' ? [] : autoRollback;
	return [
		events.length > 0 ? `rolls back by itself on ${events.map(event => eventWords[event]).join(', ')}` : '',
		attach ? `watches ${counted(attach.length, 'more alarm')}` : '',
		detach ? `drops ${counted(detach.length, 'alarm')} that is gone`.replace(/s that is/, 's that are') : '',
		ignorePollAlarmFailure === false ? 'stops when its alarms cannot be read' : '',
	]
		.filter(part => part !== '')
		.join('; ');
}
