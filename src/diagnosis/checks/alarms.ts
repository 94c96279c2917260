import type { AlarmSnapshot } from '../../domain/alarm.ts';
import type { AlarmConfiguration } from '../../domain/deployment.ts';
import { effectiveAlarms } from '../../domain/deployment-group.ts';
import type { DiagnosisCase } from '../case.ts';
import { aws, updateGroup } from '../commands.ts';
import type { Evidence } from '../finding.ts';
import { apiEvidence } from '../rule.ts';
import { counted, shorten } from '../words.ts';
import {
	type DeploymentJudge,
	type Found,
	notApplicable,
	ok,
	pending,
	problem,
	unanswered,
	warning,
} from './found.ts';

/** The alarms that may stop the deployment: one in ALARM does, one that is gone watches nothing. */
export const judgeAlarms: DeploymentJudge = of => {
	const { deployment, group, alarms, unread } = of;
	const effective = effectiveAlarms(deployment, group);
	if (effective === undefined && group === undefined)
		return unread?.group ? unanswered(unread.group) : pending;
	const names = effective?.configuration.alarms ?? [];
	if (!effective?.configuration.enabled || names.length === 0)
		return notApplicable(
			effective?.from === 'deployment' ? 'this deployment watches no alarm' : 'the group has no alarms',
		);
	if (alarms === undefined) return unread?.alarms ? unanswered(unread.alarms) : pending;
	return judge(of, names, alarms);
};

function judge(of: DiagnosisCase, names: readonly string[], alarms: readonly AlarmSnapshot[]): Found {
	const attached = alarms.filter(({ name }) => names.includes(name));
	const inState = (wanted: string) => attached.filter(({ state }) => state === wanted);
	const deleted = names.filter(name => !attached.some(alarm => alarm.name === name));
	const ringing = inState('ALARM');
	const evidence = [
		...ringing.map(alarmEvidence),
		...deleted.map(name => apiEvidence(`alarm ${name}`, 'CloudWatch has no alarm of this name')),
		...inState('INSUFFICIENT_DATA').map(alarmEvidence),
	];
	if (ringing.length > 0)
		return problem(`in ALARM: ${named(ringing.map(({ name }) => name))}`, evidence, {
			steps: [
				'See what the alarm measures, and whether the new revision made it worse.',
				'Settle it before the next deployment: an alarm that is in ALARM at the start stops it within seconds.',
			],
			commands: ringing.slice(0, 3).map(({ name }) => showAlarmHistory(of, name)),
		});
	if (deleted.length > 0)
		return warning(`no longer there: ${named(deleted)}`, evidence, {
			steps: ['Create the alarm again, or take its name out of the deployment group: it watches nothing.'],
			commands: withoutDeleted(of, deleted),
		});
	const undecided = inState('INSUFFICIENT_DATA');
	const rest =
		undecided.length === 0
			? ''
			: `; ${named(undecided.map(({ name }) => name))} without data, which stops nothing`;
	return ok(`${counted(names.length - undecided.length, 'alarm')} not in ALARM${rest}`, evidence);
}

export const showAlarmHistory = (of: DiagnosisCase, name: string): string =>
	aws(of, 'cloudwatch describe-alarm-history', {
		'alarm-name': name,
		'history-item-type': 'StateUpdate',
		'max-items': '10',
	});

export const alarmEvidence = ({ name, state, reason }: AlarmSnapshot): Evidence =>
	apiEvidence(`alarm ${name}`, shorten(`${state}: ${reason}`, 300));

export const named = (names: readonly string[]): string =>
	names.length > 2 ? `${names.slice(0, 2).join(', ')} and ${names.length - 2} more` : names.join(' and ');

/** The group's settings for alarms are replaced as a whole, so all of them have to be given. */
function withoutDeleted(of: DiagnosisCase, deleted: readonly string[]): readonly string[] {
	const own = of.group?.alarms;
	if (own === undefined || of.deployment.alarmOverride) return [];
	const alarms = own.alarms.filter(name => !deleted.includes(name));
	return setAlarms(of, { ...own, enabled: own.enabled && alarms.length > 0, alarms });
}

/** AWS: UpdateDeploymentGroup, AlarmConfiguration. */
export function setAlarms(of: DiagnosisCase, configuration: AlarmConfiguration): readonly string[] {
	const { enabled, ignorePollAlarmFailure, alarms } = configuration;
	const settings = { enabled, ignorePollAlarmFailure, alarms: alarms.map(name => ({ name })) };
	return updateGroup(of, { 'alarm-configuration': JSON.stringify(settings) });
}
