import type { ProtectionWish, RollbackEvent } from '../../domain/protection.ts';
import { optionWords, remark } from '../shell.ts';

/** Where a group is, for a complete command. */
export type GroupPlace = {
	readonly application: string;
	readonly name: string;
	readonly region: string;
	readonly profile?: string;
	readonly endpointUrl?: string;
};

/** How `rollcall protect` calls the events. */
export const eventWords: Readonly<Record<RollbackEvent, string>> = {
	DEPLOYMENT_FAILURE: 'failure',
	DEPLOYMENT_STOP_ON_ALARM: 'alarm',
	DEPLOYMENT_STOP_ON_REQUEST: 'request',
};

/** The group as options of Rollcall's own commands, quoted for a POSIX shell. */
export const groupWords = ({ application, name, region, profile, endpointUrl }: GroupPlace) => ({
	names: optionWords({ application, group: name }).join(' '),
	place: optionWords({
		region: region === '' ? undefined : region,
		profile,
		'endpoint-url': endpointUrl,
	}).join(' '),
});

/** `rollcall protect …`, complete, which shows what a wish would change and asks before it does. */
export function protectCommand(place: GroupPlace, wish: ProtectionWish): string {
	const { names, place: where } = groupWords(place);
	const { attach = [], detach = [] } = wish;
	const each = (option: string, values: readonly string[]) =>
		values.flatMap(value => optionWords({ [option]: value }));
	return [
		`rollcall protect ${names}`,
		...rollbackWords(wish),
		...each('alarm', attach),
		...each('detach', detach),
		...ignoringWords(wish),
		where,
	]
		.filter(word => word !== '')
		.join(' ');
}

function rollbackWords({ autoRollback }: ProtectionWish): readonly string[] {
	if (autoRollback === undefined || autoRollback.length === 0) return [];
	if (autoRollback === 'off') return optionWords({ 'no-auto-rollback': true });
	return optionWords({ 'auto-rollback': autoRollback.map(event => eventWords[event]).join(',') });
}

function ignoringWords({ ignorePollAlarmFailure }: ProtectionWish): readonly string[] {
	if (ignorePollAlarmFailure === undefined) return [];
	return optionWords({ [`${ignorePollAlarmFailure ? '' : 'no-'}ignore-poll-alarm-failure`]: true });
}

/** A command of the AWS CLI that changes the same as `rollcall protect`. */
export const sameUnasked = (command: string): string => `${command}${remark('the same, without a question')}`;
