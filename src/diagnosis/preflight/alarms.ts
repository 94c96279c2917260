import type { AlarmSnapshot, AlarmState } from '../../domain/alarm.ts';
import type { AlarmConfiguration } from '../../domain/deployment.ts';
import type { ProtectionWish } from '../../domain/protection.ts';
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
import { protectCommand, sameUnasked } from './protect-command.ts';

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

const switchedOff = ({ facts, next }: Scene, alarms: AlarmConfiguration): Fault => ({
	severity: 'warning',
	summary: `switched off: the group names ${counted(alarms.alarms.length, 'alarm')} and watches none`,
	evidence: [apiEvidence('alarmConfiguration.enabled', `false, with ${named(alarms.alarms)}`)],
	steps: ['Switch the alarms of the group on again.'],
	commands: [
		protectCommand(facts, { attach: alarms.alarms }),
		...setAlarms(next, { ...alarms, enabled: true }).map(sameUnasked),
	],
	wish: { attach: alarms.alarms },
});

/** What is wrong with alarms that are switched on, and what would mend it, all in one. */
type Watched = {
	readonly scene: Scene;
	readonly configuration: AlarmConfiguration;
	readonly attached: readonly AlarmSnapshot[];
	readonly deleted: readonly string[];
	readonly wish: ProtectionWish;
	readonly mended: readonly string[];
};

function judgeKnown(
	scene: Scene,
	configuration: AlarmConfiguration,
	known: readonly AlarmSnapshot[],
): PreflightFound {
	const names = configuration.alarms;
	const attached = known.filter(({ name }) => names.includes(name));
	const deleted = names.filter(name => !attached.some(alarm => alarm.name === name));
	const left = names.filter(name => !deleted.includes(name));
	const wish: ProtectionWish = {
		...(deleted.length > 0 && { detach: deleted }),
		...(configuration.ignorePollAlarmFailure && { ignorePollAlarmFailure: false }),
	};
	const after = { enabled: left.length > 0, ignorePollAlarmFailure: false, alarms: left };
	const mended = [protectCommand(scene.facts, wish), ...setAlarms(scene.next, after).map(sameUnasked)];
	const watched = { scene, configuration, attached, deleted, wish, mended };
	const faults = [
		...ringingFault(watched),
		...deletedFault(watched),
		...ignoringFault(watched),
		...silentFault(watched),
	];
	return tellFaults(faults, () =>
		ok(`${counted(names.length, 'alarm')} not in ALARM`, attached.map(alarmEvidence)),
	);
}

const inState = ({ attached }: Watched, wanted: AlarmState): readonly AlarmSnapshot[] =>
	attached.filter(({ state }) => state === wanted);

const nameOf = ({ name }: AlarmSnapshot): string => name;

function ringingFault(watched: Watched): readonly Fault[] {
	const ringing = inState(watched, 'ALARM');
	if (ringing.length === 0) return [];
	return [
		{
			severity: 'error',
			summary: `in ALARM: ${named(ringing.map(nameOf))}`,
			evidence: ringing.map(alarmEvidence),
			steps: [
				'Settle it first: an alarm that is in ALARM at the start stops the deployment within seconds.',
				'Where the deployment is what settles it, deploy with the alarms overridden.',
			],
			commands: ringing.slice(0, 3).map(({ name }) => showAlarmHistory(watched.scene.next, name)),
		},
	];
}

function deletedFault({ deleted, configuration, wish, mended }: Watched): readonly Fault[] {
	if (deleted.length === 0) return [];
	return [
		{
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
			wish,
		},
	];
}

function ignoringFault({ configuration, wish, mended }: Watched): readonly Fault[] {
	if (!configuration.ignorePollAlarmFailure) return [];
	return [
		{
			severity: 'info',
			summary: 'deployments go on while the alarms cannot be read',
			evidence: [apiEvidence('alarmConfiguration.ignorePollAlarmFailure', 'true')],
			steps: ['Let a deployment stop when CloudWatch does not tell the state of its alarms.'],
			commands: mended,
			wish,
		},
	];
}

function silentFault(watched: Watched): readonly Fault[] {
	const silent = inState(watched, 'INSUFFICIENT_DATA');
	if (silent.length === 0) return [];
	return [
		{
			severity: silent.length === watched.attached.length ? 'warning' : 'info',
			summary: `without data, which stops nothing: ${named(silent.map(nameOf))}`,
			evidence: silent.map(alarmEvidence),
			steps: ['See that the metric still arrives under the namespace and dimensions of the alarm.'],
			commands: silent.slice(0, 3).map(({ name }) => showAlarmHistory(watched.scene.next, name)),
		},
	];
}
