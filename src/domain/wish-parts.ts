import { type ProtectionWish, type RollbackEvent, rollbackEvents } from './protection.ts';
import { rollbackEventWord } from './protection-difference.ts';

/** What is wished for, one thing each: what can be taken, or left, by itself. */
export function wishParts(wish: ProtectionWish): readonly ProtectionWish[] {
	const { autoRollback = [], attach = [], detach = [], ignorePollAlarmFailure } = wish;
	return [
		...(autoRollback === 'off'
			? [{ autoRollback } as const]
			: autoRollback.map(event => ({ autoRollback: [event] }))),
		...attach.map(name => ({ attach: [name] })),
		...detach.map(name => ({ detach: [name] })),
		...(ignorePollAlarmFailure === undefined ? [] : [{ ignorePollAlarmFailure }]),
	];
}

/** Several wishes as one; of what contradicts, the last holds. */
export function unitedWish(parts: readonly ProtectionWish[]): ProtectionWish {
	const isOff = parts.some(({ autoRollback }) => autoRollback === 'off');
	const events = rollbackEvents.filter(event => parts.some(part => asksFor(part, event)));
	const attach = parts.flatMap(part => part.attach ?? []);
	const detach = parts.flatMap(part => part.detach ?? []);
	const ignorePollAlarmFailure = parts.findLast(
		part => part.ignorePollAlarmFailure !== undefined,
	)?.ignorePollAlarmFailure;
	return {
		...(isOff ? { autoRollback: 'off' } : events.length > 0 ? { autoRollback: events } : {}),
		...(attach.length > 0 && { attach: [...new Set(attach)] }),
		...(detach.length > 0 && { detach: [...new Set(detach)] }),
		...(ignorePollAlarmFailure !== undefined && { ignorePollAlarmFailure }),
	};
}

const asksFor = ({ autoRollback }: ProtectionWish, event: RollbackEvent): boolean =>
	autoRollback !== undefined && autoRollback !== 'off' && autoRollback.includes(event);

/** What a part does, as a choice: `roll back on failure`, `watch checkout-5xx`. */
export function partWords({ autoRollback, attach, detach, ignorePollAlarmFailure }: ProtectionWish): string {
	const words = [
		autoRollback === 'off' ? 'roll back by itself on nothing' : '',
		autoRollback && autoRollback !== 'off'
			? `roll back by itself on ${autoRollback.map(rollbackEventWord).join(', ')}`
			: '',
		attach ? `watch alarm ${attach.join(', ')}` : '',
		detach ? `drop alarm ${detach.join(', ')}` : '',
		ignorePollAlarmFailure === false ? 'stop when the alarms cannot be read' : '',
		ignorePollAlarmFailure === true ? 'go on when the alarms cannot be read' : '',
	];
	return words.filter(word => word !== '').join('; ');
}
