import { type AlarmSnapshot, type AlarmTransition, breaches } from '../domain/alarm.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { formatValue } from './alarm-strip.ts';
import { describeFailure } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { cutSegments, dim, gap, type Line, line, segment } from './line.ts';
import { layOutPager } from './pager.ts';
import { type Marker, plotLines } from './plot.ts';
import { firstFailureAt } from './problem-lines.ts';

/** Lines of the axis and its marks below a plot. */
const axisRows = 2;
const maxPlotRows = 16;
const minPlotRows = 3;

/** What there is to say about one alarm in at most `room` lines: its metric over the rollout, and CloudWatch's reason. */
export function alarmPlot(
	state: AppState,
	rollout: Rollout,
	alarm: AlarmSnapshot,
	zoom: number,
	room: number,
): readonly Line[] {
	const { columns } = state.ui.size;
	const reason = layOutPager(
		[{ gutter: [gap(2)], text: [dim(alarm.reason)], isError: false }],
		{ wrap: true, search: '' },
		columns,
	).lines.slice(0, Math.max(0, Math.min(room < 10 ? 1 : 2, room)));
	const plot = rollout.plots.get(alarm.name);
	const { condition } = alarm;
	if (!condition) return reason;
	if (!plot?.data) {
		const why = plot?.failure
			? describeFailure(plot.failure, state.session.profile)
			: 'asking for the metric';
		const told = line(
			gap(3),
			...cutSegments([segment(why, plot?.failure ? 'attention' : 'dim')], columns - 4),
		);
		return [...reason, told].slice(0, Math.max(0, room));
	}
	const height = Math.min(maxPlotRows, room - axisRows - reason.length);
	if (height < minPlotRows) return reason;
	const range = plotRange(state, rollout, zoom);
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
		...reason,
	];
}

/** How long before the rollout the axis begins, so that its effect can be seen. */
const beforeStartMs = 5 * 60_000;

/**
 * The rollout's time axis, on to where its alarms were last read, as they are followed while it is rolled back; each
 * step of zoom halves it towards its end.
 */
export function plotRange(state: AppState, rollout: Rollout, zoom: number): { from: number; to: number } {
	const deployment = rollout.deployment.data;
	const start = deployment?.startedAt ?? deployment?.createdAt ?? state.session.startedAt;
	const end = deployment?.completedAt === undefined ? state.now : deployment.completedAt + 60_000;
	const lastRead = Math.min(state.now, rollout.alarms.dataAt ?? 0);
	const to = Math.max(end, lastRead, start + 60_000);
	const whole = to - (start - beforeStartMs);
	return { from: to - whole / 2 ** zoom, to };
}

function markersOf(rollout: Rollout, transitions: readonly AlarmTransition[]): readonly Marker[] {
	const deployment = rollout.deployment.data;
	const firstFailure = firstFailureAt(rollout);
	const markers: Marker[] = transitions.map(({ at, to }) => {
		const mark = markOf(to);
		return { at, label: `${mark.glyph} ${to}`, tone: mark.tone };
	});
	// In the order in which they get their place.
	if (firstFailure !== undefined)
		markers.push({ at: firstFailure, label: '✗ first failure', tone: 'failed' });
	if (deployment?.startedAt !== undefined)
		markers.push({ at: deployment.startedAt, label: 'start', tone: 'dim' });
	if (deployment?.completedAt !== undefined)
		markers.push({ at: deployment.completedAt, label: 'end', tone: 'dim' });
	return markers;
}
