import type { AlarmConfiguration, AutoRollback } from './deployment.ts';
import type { Protection, ProtectionWish } from './protection.ts';

/** What AWS takes a group without these blocks for. */
export const noAlarms: AlarmConfiguration = { enabled: false, ignorePollAlarmFailure: false, alarms: [] };
export const noAutoRollback: AutoRollback = { enabled: false, events: [] };

/** The blocks of a group's settings that a wish can be about. */
export const protectionOf = ({ alarms, autoRollback }: Protection): Protection => ({
	...(alarms && { alarms }),
	...(autoRollback && { autoRollback }),
});

/**
 * What has to be sent so that a group gets what is wished: only the blocks that change, each complete, because AWS
 * replaces them as a whole (AWS: UpdateDeploymentGroup). Empty when the group has it all. Pure; AWS's limits are not
 * looked at.
 */
export function planProtection(group: Protection, wish: ProtectionWish): Protection {
	const alarms = planAlarms(group.alarms ?? noAlarms, wish);
	const autoRollback = planAutoRollback(group.autoRollback ?? noAutoRollback, wish);
	return { ...(alarms && { alarms }), ...(autoRollback && { autoRollback }) };
}

/** Whether there is nothing to send. */
export const isNothing = ({ alarms, autoRollback }: Protection): boolean =>
	alarms === undefined && autoRollback === undefined;

/** Whether two groups are protected in the same way; the order in which AWS lists things means nothing. */
export const isSameProtection = (one: Protection, other: Protection): boolean =>
	isSameAlarms(one.alarms ?? noAlarms, other.alarms ?? noAlarms) &&
	isSameAutoRollback(one.autoRollback ?? noAutoRollback, other.autoRollback ?? noAutoRollback);

function planAlarms(before: AlarmConfiguration, wish: ProtectionWish): AlarmConfiguration | undefined {
	const { attach = [], detach = [], ignorePollAlarmFailure = before.ignorePollAlarmFailure } = wish;
	const alarms = [...new Set([...before.alarms, ...attach])].filter(name => !detach.includes(name));
	// Who attaches an alarm wants it to count. AWS refuses a list that is switched on and empty.
	const enabled = alarms.length > 0 && (before.enabled || attach.some(name => alarms.includes(name)));
	const isAboutNames = attach.length + detach.length > 0;
	const after = { enabled: isAboutNames ? enabled : before.enabled, ignorePollAlarmFailure, alarms };
	return isSameAlarms(before, after) ? undefined : after;
}

function planAutoRollback(
	before: AutoRollback,
	{ autoRollback: wished }: ProtectionWish,
): AutoRollback | undefined {
	if (wished === undefined || wished.length === 0) return undefined;
	const after =
		// What it would roll back on stays there for who switches it on again.
		wished === 'off'
			? { ...before, enabled: false }
			: { enabled: true, events: [...new Set([...before.events, ...wished])] };
	return isSameAutoRollback(before, after) ? undefined : after;
}

const isSameAlarms = (one: AlarmConfiguration, other: AlarmConfiguration): boolean =>
	one.enabled === other.enabled &&
	one.ignorePollAlarmFailure === other.ignorePollAlarmFailure &&
	isSameSet(one.alarms, other.alarms);

const isSameAutoRollback = (one: AutoRollback, other: AutoRollback): boolean =>
	one.enabled === other.enabled && isSameSet(one.events, other.events);

const isSameSet = (some: readonly string[], others: readonly string[]): boolean =>
	some.every(each => others.includes(each)) && others.every(each => some.includes(each));
