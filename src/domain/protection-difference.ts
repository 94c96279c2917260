import type { AlarmConfiguration, AutoRollback } from './deployment.ts';
import { noAlarms, noAutoRollback } from './plan-protection.ts';
import type { Protection } from './protection.ts';

/** One thing that changes: `automatic rollback`, `off → on: failure, alarm`. */
export type ProtectionChange = { readonly what: string; readonly change: string };

/** What is different after a change, for people; empty: nothing is. */
export function protectionDifference(before: Protection, after: Protection): readonly ProtectionChange[] {
	const [was, is] = [before.alarms ?? noAlarms, after.alarms ?? noAlarms];
	return [
		...autoRollbackChange(before.autoRollback ?? noAutoRollback, after.autoRollback ?? noAutoRollback),
		...changed('alarms', switchWords(was), switchWords(is)),
		...without(is.alarms, was.alarms).map(name => ({ what: 'alarms', change: `+ ${name}` })),
		...without(was.alarms, is.alarms).map(name => ({ what: 'alarms', change: `- ${name}` })),
		...changed('when alarms cannot be read', unreadWords(was), unreadWords(is)),
	];
}

/** The whole of it in one line: `automatic rollback on: failure; alarms on: checkout-5xx`. */
export function describeProtection(protection: Protection): string {
	const alarms = protection.alarms ?? noAlarms;
	const names = alarms.alarms.join(', ');
	const watched = names === '' ? 'none' : alarms.enabled ? names : `off (${names})`;
	const unread = alarms.ignorePollAlarmFailure ? ', deployments go on when they cannot be read' : '';
	const rollback = autoRollbackWords(protection.autoRollback ?? noAutoRollback);
	return `automatic rollback ${rollback}; alarms ${watched}${unread}`;
}

/** `off`, or `on: failure, alarm`. */
const autoRollbackWords = (autoRollback: AutoRollback): string =>
	autoRollback.enabled ? `on: ${eventWords(autoRollback)}` : 'off';

const eventWords = ({ events }: AutoRollback): string =>
	events.length === 0 ? 'nothing' : events.map(rollbackEventWord).toSorted(inOrder).join(', ');

function autoRollbackChange(before: AutoRollback, after: AutoRollback): readonly ProtectionChange[] {
	const what = 'automatic rollback';
	if (before.enabled || after.enabled) {
		return changed(what, autoRollbackWords(before), autoRollbackWords(after));
	}
	return changed(what, `off (${eventWords(before)})`, `off (${eventWords(after)})`);
}

const order = ['failure', 'alarm', 'request'];

/** Those that are known first, in the order in which they are told everywhere. */
const inOrder = (one: string, other: string): number => rank(one) - rank(other);
const rank = (word: string): number => (order.includes(word) ? order.indexOf(word) : order.length);

/** The words of the command line for AWS's events. */
export const rollbackEventWords = {
	failure: 'DEPLOYMENT_FAILURE',
	alarm: 'DEPLOYMENT_STOP_ON_ALARM',
	request: 'DEPLOYMENT_STOP_ON_REQUEST',
} as const;

/** `failure` for `DEPLOYMENT_FAILURE`; an event that is not known as AWS spells it. */
export const rollbackEventWord = (event: string): string =>
	Object.entries(rollbackEventWords).find(([, known]) => known === event)?.[0] ?? event;

const switchWords = ({ enabled }: AlarmConfiguration): string => (enabled ? 'on' : 'off');

const unreadWords = ({ ignorePollAlarmFailure }: AlarmConfiguration): string =>
	ignorePollAlarmFailure ? 'deployments go on' : 'deployments stop';

const changed = (what: string, before: string, after: string): readonly ProtectionChange[] =>
	before === after ? [] : [{ what, change: `${before} → ${after}` }];

const without = (some: readonly string[], others: readonly string[]): readonly string[] =>
	some.filter(name => !others.includes(name));
