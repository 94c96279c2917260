import type { AlarmSnapshot } from '../domain/alarm.ts';
import { effectiveAlarms, effectiveAutoRollback } from '../domain/deployment-group.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { alarmPlot } from './alarm-plot.ts';
import {
	alarmCurve,
	conditionText,
	conditionTone,
	isDeleted,
	type RolloutAlarm,
	selectAlarms,
} from './alarm-strip.ts';
import { describeFailure } from './freshness.ts';
import { markOf } from './glyphs.ts';
import {
	bold,
	cutSegments,
	dim,
	emptyLine,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	segment,
	spread,
	spreadCutting,
} from './line.ts';
import { keepInSight } from './target-list.ts';

type AlarmsScreen = Extract<Screen, { type: 'alarms' }>;

/** The alarms of the rollout; the one under the cursor with its metric over the rollout's time axis. */
export function alarmsBody(
	state: AppState,
	rollout: Rollout,
	screen: AlarmsScreen,
	height: number,
): readonly Line[] {
	const alarms = selectAlarms(rollout);
	const { columns } = state.ui.size;
	const air = height >= 14 ? [emptyLine] : [];
	const head = [headingLine(rollout, columns), ...air];
	if (alarms.length === 0) return [...head, line(gap(1), dim(whyNone(state, rollout)))];
	const failure = rollout.alarms.failure;
	const problem = failure
		? [
				line(
					gap(1),
					...cutSegments(
						[segment(`alarm states: ${describeFailure(failure, state.session.profile)}`, 'attention')],
						columns - 2,
					),
				),
			]
		: [];
	const cursor = cursorIndex(alarms, screen);
	// The selected alarm's plot takes what the other alarms' single lines leave; the list scrolls when they alone overflow.
	const listRoom = height - head.length - problem.length;
	const plotRoom = listRoom - alarms.length * (1 + air.length);
	const blocks = alarms.map((entry, index) => [
		...alarmLines(state, rollout, entry, index === cursor),
		...(index === cursor && entry.alarm ? alarmPlot(state, rollout, entry.alarm, screen.zoom, plotRoom) : []),
		...air,
	]);
	const before = blocks.slice(0, cursor).reduce((sum, block) => sum + block.length, 0);
	const lines = blocks.flat();
	// With a screenful of alarms, the one under the cursor stands in the middle, its plot below it.
	const top = keepInSight(Math.max(0, before - Math.floor(listRoom / 2)), before, lines.length, listRoom);
	return [...head, ...problem, ...lines.slice(top)].slice(0, height);
}

/** Which alarm has the cursor: the one last chosen, else the first, which is the most urgent. */
export const cursorIndex = (alarms: readonly RolloutAlarm[], screen: AlarmsScreen): number =>
	Math.max(
		0,
		alarms.findIndex(({ name }) => name === screen.cursor),
	);

function headingLine(rollout: Rollout, columns: number): Line {
	const deployment = rollout.deployment.data;
	const effective = deployment && effectiveAlarms(deployment, rollout.group.data);
	const rollback = deployment && effectiveAutoRollback(deployment, rollout.group.data);
	const rolls = rollback?.enabled && rollback.events.includes('DEPLOYMENT_STOP_ON_ALARM');
	const words = effective?.configuration.enabled
		? [
				`stops${rolls ? ' and rolls back' : ''} on ALARM`,
				effective.from === 'group' ? 'set on the deployment group' : 'set on this deployment',
				effective.configuration.ignorePollAlarmFailure
					? 'unreadable alarms are ignored'
					: 'unreadable alarms stop it too',
			]
		: [];
	const title = columns < 70 ? 'Alarms' : 'Alarms of this rollout';
	return line(gap(1), ...cutSegments([bold(title), dim(`   ${words.join(' · ')}`)], columns - 2));
}

function whyNone(state: AppState, rollout: Rollout): string {
	const { data, failure } = rollout.group;
	const deployment = rollout.deployment.data;
	const effective = deployment && effectiveAlarms(deployment, data);
	if (effective && !effective.configuration.enabled) {
		const where = effective.from === 'deployment' ? ' (set on this deployment)' : '';
		return `alarms are switched off for this rollout${where}: none of them can stop it`;
	}
	if (failure && !data) {
		return `the group's settings cannot be read: ${describeFailure(failure, state.session.profile)}`;
	}
	return data ? 'no alarm is attached to this rollout: none can stop it' : "asking for the group's settings";
}

function alarmLines(
	state: AppState,
	rollout: Rollout,
	entry: RolloutAlarm,
	selected: boolean,
): readonly Line[] {
	const { columns } = state.ui.size;
	const { alarm, name } = entry;
	if (!alarm) return [{ ...missingLine(rollout, entry, columns), selected }];
	const mark = markOf(alarm.state);
	const left: readonly Part[] = [
		{ segments: [bold(`${mark.glyph} ${alarm.state}`, mark.tone)], keep: 9 },
		{ segments: [bold(name)], keep: 8 },
		{ segments: [dim(metricText(alarm))], keep: 2 },
		{
			segments: [
				segment(
					selected ? '' : alarmCurve(rollout, alarm, 16),
					alarm.state === 'ALARM' ? 'attention' : 'dim',
				),
			],
			keep: 3,
		},
	];
	const right: readonly Part[] = [
		{ segments: [segment(conditionText(rollout, alarm), conditionTone(rollout, alarm))], keep: 7 },
		{ segments: [segment(evaluationText(alarm))], keep: 1 },
	];
	const kept = fitParts([...left, ...right], columns - 2, 2);
	const of = (parts: readonly Part[], between: number) =>
		joinParts(
			kept.filter(part => parts.includes(part)),
			between,
		);
	return [{ ...spreadCutting(of(left, 2), of(right, 1), columns), selected }];
}

/** An alarm without a state: it is gone, or has not been asked about yet. */
function missingLine(rollout: Rollout, entry: RolloutAlarm, columns: number): Line {
	const gone = isDeleted(rollout, entry);
	const why = gone
		? ignoresUnreadable(rollout)
			? 'CodeDeploy is told to ignore that'
			: 'CodeDeploy treats it as unreadable'
		: 'asking CloudWatch';
	return spread(
		[segment(gone ? '? deleted' : '? unknown', 'attention'), bold(`  ${entry.name}`), dim(`  ${why}`)],
		[],
		columns,
	);
}

const ignoresUnreadable = (rollout: Rollout): boolean => {
	const deployment = rollout.deployment.data;
	const effective = deployment && effectiveAlarms(deployment, rollout.group.data);
	return effective?.configuration.ignorePollAlarmFailure === true;
};

function metricText(alarm: AlarmSnapshot): string {
	const { condition, rule } = alarm;
	if (!condition) return rule ?? '';
	return `${condition.metric} · ${condition.statistic ?? ''} ${condition.periodSeconds} s`;
}

function evaluationText({ condition }: AlarmSnapshot): string {
	if (!condition || condition.evaluationPeriods <= 1) return '';
	return `for ${condition.datapointsToAlarm} of ${condition.evaluationPeriods} periods`;
}
