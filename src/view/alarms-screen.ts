import { type AlarmSnapshot, type AlarmTransition, breaches } from '../domain/alarm.ts';
import { effectiveAlarms, effectiveAutoRollback } from '../domain/deployment-group.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import {
	alarmCurve,
	conditionText,
	formatValue,
	isDeleted,
	type RolloutAlarm,
	selectAlarms,
} from './alarm-strip.ts';
import { describeFailure } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { bold, cutSegments, dim, emptyLine, gap, type Line, line, segment, spread } from './line.ts';
import { type Marker, plotLines } from './plot.ts';
import { selectClusters } from './problem-lines.ts';

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
	const plotHeight = Math.min(maxPlotRows, listRoom - alarms.length * (1 + air.length) - 3);
	const blocks = alarms.map((entry, index) => [
		...alarmLines(state, rollout, entry, index === cursor),
		...(index === cursor && plotHeight >= minPlotRows
			? plotOf(state, rollout, entry, screen, plotHeight)
			: []),
		...air,
	]);
	const first = Math.max(0, cursor - Math.max(1, Math.floor(listRoom / 2)));
	return [...head, ...problem, ...blocks.slice(first).flat()].slice(0, height);
}

const maxPlotRows = 16;
const minPlotRows = 3;

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
	const words = effective
		? [
				effective.from === 'group' ? 'from the deployment group' : 'set on this deployment',
				`stops${rolls ? ' and rolls back' : ''} on ALARM`,
				effective.configuration.ignorePollAlarmFailure
					? 'unreadable alarms are ignored'
					: 'unreadable alarms stop it too',
			]
		: [];
	return line(
		gap(1),
		...cutSegments([bold('Alarms of this rollout'), dim(`   ${words.join(' · ')}`)], columns - 2),
	);
}

function whyNone(state: AppState, rollout: Rollout): string {
	const { data, failure } = rollout.group;
	if (failure && !data)
		return `the group's settings cannot be read: ${describeFailure(failure, state.session.profile)}`;
	if (!data) return "asking for the group's settings";
	return data.alarms && !data.alarms.enabled && data.alarms.alarms.length > 0
		? 'alarms are switched off for this rollout: none of them can stop it'
		: 'no alarm is attached to this rollout: none can stop it';
}

function alarmLines(
	state: AppState,
	rollout: Rollout,
	entry: RolloutAlarm,
	selected: boolean,
): readonly Line[] {
	const { columns } = state.ui.size;
	const { alarm, name } = entry;
	if (!alarm) {
		const why = isDeleted(rollout, entry)
			? ignoresUnreadable(rollout)
				? 'this alarm does not exist any more'
				: 'this alarm does not exist any more: CodeDeploy treats it as unreadable'
			: 'asking CloudWatch';
		return [
			{
				...spread([segment('? no answer', 'attention'), bold(`  ${name}`), dim(`  ${why}`)], [], columns),
				selected,
			},
		];
	}
	const mark = markOf(alarm.state);
	const curve = selected ? '' : `  ${alarmCurve(rollout, alarm, 16)}`;
	const main = spread(
		[
			bold(`${mark.glyph} ${alarm.state}`, mark.tone),
			bold(`  ${name}`),
			dim(`  ${metricText(alarm)}`),
			segment(curve, alarm.state === 'ALARM' ? 'attention' : 'dim'),
		],
		[segment(`${conditionText(rollout, alarm)}${evaluationText(alarm)}`)],
		columns,
	);
	return [{ ...main, selected }];
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
	return ` for ${condition.datapointsToAlarm} of ${condition.evaluationPeriods} periods`;
}

function plotOf(
	state: AppState,
	rollout: Rollout,
	{ alarm }: RolloutAlarm,
	screen: AlarmsScreen,
	height: number,
): readonly Line[] {
	if (!alarm) return [];
	const { columns } = state.ui.size;
	const reason = line(gap(3), ...cutSegments([dim(alarm.reason)], columns - 4));
	const plot = rollout.plots.get(alarm.name);
	const { condition } = alarm;
	if (!condition) return [reason];
	if (!plot?.data) {
		const why = plot?.failure
			? describeFailure(plot.failure, state.session.profile)
			: 'asking for the metric';
		return [reason, line(gap(3), segment(why, plot?.failure ? 'attention' : 'dim'))];
	}
	const range = plotRange(state, rollout, screen.zoom);
	return [
		...plotLines(
			{
				points: plot.data.points,
				periodMs: condition.periodSeconds * 1000,
				threshold: condition.threshold,
				breaches: value => breaches(condition, value),
				...range,
				markers: markersOf(rollout, plot.data.transitions),
				formatValue,
			},
			columns,
			height,
		),
		reason,
	];
}

/** How long before the rollout the axis begins, so that its effect can be seen. */
const beforeStartMs = 5 * 60_000;

/** The rollout's time axis; each step of zoom halves it towards its end. */
export function plotRange(state: AppState, rollout: Rollout, zoom: number): { from: number; to: number } {
	const deployment = rollout.deployment.data;
	const start = deployment?.startedAt ?? deployment?.createdAt ?? state.session.startedAt;
	const to = Math.max(
		deployment?.completedAt === undefined ? state.now : deployment.completedAt + 60_000,
		start + 60_000,
	);
	const whole = to - (start - beforeStartMs);
	return { from: to - whole / 2 ** zoom, to };
}

function markersOf(rollout: Rollout, transitions: readonly AlarmTransition[]): readonly Marker[] {
	const deployment = rollout.deployment.data;
	const firstFailure = Math.min(...selectClusters(rollout).map(cluster => cluster.firstFailedAt ?? Infinity));
	const markers: Marker[] = transitions.map(({ at, to }) => {
		const mark = markOf(to);
		return { at, label: `${mark.glyph} ${to}`, tone: mark.tone };
	});
	if (deployment?.startedAt !== undefined)
		markers.push({ at: deployment.startedAt, label: 'start', tone: 'dim' });
	if (Number.isFinite(firstFailure))
		markers.push({ at: firstFailure, label: '✗ first failure', tone: 'failed' });
	return markers;
}
