import type { AlarmSnapshot } from '../../domain/alarm.ts';
import type { AlarmConfiguration } from '../../domain/deployment.ts';
import { alarmEvidence, named, setAlarms, showAlarmHistory } from '../checks/alarms.ts';
import { judgeAnswer, ok } from '../checks/found.ts';
import { aws } from '../commands.ts';
import { apiEvidence } from '../rule.ts';
import { counted } from '../words.ts';
import {
	type Fault,
	type PreflightFound,
	type PreflightJudge,
	type Scene,
	tellFault,
	tellFaults,
} from './found.ts';

/**
 * Whether alarms watch over the next deployment (AWS: AlarmConfiguration; user guide, monitoring deployments with
 * CloudWatch alarms). One in ALARM stops it within seconds; one without data stops nothing, and neither does one that is
 * gone.
 */
export const judgePreflightAlarms: PreflightJudge = scene => {
	const { alarms } = scene.group;
	if (alarms === undefined || alarms.alarms.length === 0) return tellFault(noAlarms(scene));
	if (!alarms.enabled) return tellFault(switchedOff(scene, alarms));
	return judgeAnswer(scene.facts.alarms, known => judgeKnown(scene, alarms, known));
};

const noAlarms = ({ next }: Scene): Fault => ({
	severity: 'warning',
	summary: 'the group watches no alarm: nothing stops a deployment that makes the application worse',
	evidence: [apiEvidence('alarmConfiguration', 'no alarm')],
	steps: [
		'Choose an alarm that rings when users notice: errors, latency, unhealthy hosts.',
		'Attach it: rollcall protect, with --alarm and its name.',
	],
	commands: [
		aws(next, 'cloudwatch describe-alarms', {
			query: '[MetricAlarms,CompositeAlarms][].[AlarmName,StateValue]',
			output: 'text',
		}),
	],
});

const switchedOff = ({ next }: Scene, alarms: AlarmConfiguration): Fault => ({
	severity: 'warning',
	summary: `switched off: the group names ${counted(alarms.alarms.length, 'alarm')} and watches none`,
	evidence: [apiEvidence('alarmConfiguration.enabled', `false, with ${named(alarms.alarms)}`)],
	steps: ['Switch the alarms of the group on again.'],
	commands: setAlarms(next, { ...alarms, enabled: true }),
	wish: { attach: alarms.alarms },
});

function judgeKnown(
	{ next }: Scene,
	configuration: AlarmConfiguration,
	known: readonly AlarmSnapshot[],
): PreflightFound {
	const names = configuration.alarms;
	const attached = known.filter(({ name }) => names.includes(name));
	const inState = (wanted: string) => attached.filter(({ state }) => state === wanted);
	const deleted = names.filter(name => !attached.some(alarm => alarm.name === name));
	const silent = inState('INSUFFICIENT_DATA');
	const left = names.filter(name => !deleted.includes(name));
	const mended = setAlarms(next, { enabled: left.length > 0, ignorePollAlarmFailure: false, alarms: left });
	const faults: Fault[] = [];
	const ringing = inState('ALARM');
	if (ringing.length > 0)
		faults.push({
			severity: 'error',
			summary: `in ALARM: ${named(ringing.map(({ name }) => name))}`,
			evidence: ringing.map(alarmEvidence),
			steps: [
				'Settle it first: an alarm that is in ALARM at the start stops the deployment within seconds.',
				'Where the deployment is what settles it, deploy with the alarms overridden.',
			],
			commands: ringing.slice(0, 3).map(({ name }) => showAlarmHistory(next, name)),
		});
	if (deleted.length > 0)
		faults.push({
			severity: 'warning',
			summary: `no longer there: ${named(deleted)}`,
			evidence: deleted.map(name => apiEvidence(`alarm ${name}`, 'CloudWatch has no alarm of this name')),
			steps: [
				'Create the alarm again, or take its name out of the deployment group: it watches nothing.',
				...(configuration.ignorePollAlarmFailure
					? []
					: ['Until then a deployment may be stopped because the state of the alarm cannot be read.']),
			],
			commands: mended,
			wish: { detach: deleted },
		});
	if (configuration.ignorePollAlarmFailure)
		faults.push({
			severity: 'info',
			summary: 'deployments go on while the alarms cannot be read',
			evidence: [apiEvidence('alarmConfiguration.ignorePollAlarmFailure', 'true')],
			steps: ['Let a deployment stop when CloudWatch does not tell the state of its alarms.'],
			commands: mended,
			wish: { ignorePollAlarmFailure: false },
		});
	if (silent.length > 0)
		faults.push({
			severity: silent.length === left.length ? 'warning' : 'info',
			summary: `without data, which stops nothing: ${named(silent.map(({ name }) => name))}`,
			evidence: silent.map(alarmEvidence),
			steps: ['See that the metric still arrives under the namespace and dimensions of the alarm.'],
			commands: silent.slice(0, 3).map(({ name }) => showAlarmHistory(next, name)),
		});
	return tellFaults(faults, () =>
		ok(`${counted(names.length, 'alarm')} not in ALARM`, attached.map(alarmEvidence)),
	);
}
