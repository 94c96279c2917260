import type { Datapoint } from '../domain/alarm.ts';
import { formatTimeOfDay } from '../lib/duration.ts';
import { fitStart } from '../lib/width.ts';
import { dim, gap, joinRuns, type Line, line, type Segment, segment, type Tone } from './line.ts';
import { labelSegments } from './time-labels.ts';

/** Something that happened, to be marked under the plot. */
export type Marker = { readonly at: number; readonly label: string; readonly tone: Tone };

export type PlotSpec = {
	readonly points: readonly Datapoint[];
	/** How long a datapoint stands for, milliseconds. */
	readonly periodMs: number;
	readonly threshold: number | undefined;
	/** Whether a value is on the alarming side. */
	readonly breaches: (value: number) => boolean;
	readonly from: number;
	readonly to: number;
	readonly markers: readonly Marker[];
	readonly formatValue: (value: number) => string;
};

const axisWidth = 9;
const eighths = ['', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;

/** A plot of `height` rows over a time axis with marks: `height + 2` lines in all. */
export function plotLines(spec: PlotSpec, width: number, height: number): readonly Line[] {
	const columns = Math.max(10, width - axisWidth - 3);
	const values = sampleColumns(spec, columns);
	const known = values.filter(value => value !== undefined);
	const low = Math.min(0, ...known, spec.threshold ?? 0);
	const high = Math.max(...known, spec.threshold ?? 0, low + 1e-9) * headroom;
	const scale: Scale = { low, high, height };
	const thresholdRow = spec.threshold === undefined ? -1 : rowOf(spec.threshold, scale);
	const rows = Array.from({ length: height }, (_, row) =>
		line(
			gap(1),
			dim(fitStart(axisLabel(row, thresholdRow, spec, scale), axisWidth - 2)),
			dim(' │'),
			...plotRow(values, row, thresholdRow, spec, scale),
		),
	);
	return [
		...rows,
		line(gap(axisWidth), dim(`└${axisText(spec, columns)}`)),
		line(gap(axisWidth + 1), ...markSegments(spec, columns)),
	];
}

/** Room above the highest value, so that a threshold at the top is seen as a line. */
const headroom = 1.08;

type Scale = { readonly low: number; readonly high: number; readonly height: number };

/** Which row, from the top, a value falls into. */
function rowOf(value: number, { low, high, height }: Scale): number {
	const share = (value - low) / (high - low);
	return Math.min(height - 1, Math.max(0, height - 1 - Math.floor(share * height)));
}

function axisLabel(row: number, thresholdRow: number, spec: PlotSpec, scale: Scale): string {
	if (row === thresholdRow && spec.threshold !== undefined) return spec.formatValue(spec.threshold);
	if (row === 0 && Math.abs(row - thresholdRow) > 1) return spec.formatValue(scale.high);
	if (row === scale.height - 1 && Math.abs(row - thresholdRow) > 1) return spec.formatValue(scale.low);
	return '';
}

/** The highest value that each column of the plot covers; undefined where there is no data. */
function sampleColumns(spec: PlotSpec, columns: number): readonly (number | undefined)[] {
	const span = (spec.to - spec.from) / columns;
	const values: (number | undefined)[] = Array.from({ length: columns });
	for (const { at, value } of spec.points) {
		const first = Math.max(0, Math.floor((at - spec.from) / span));
		const last = Math.min(columns - 1, Math.ceil((at + spec.periodMs - spec.from) / span) - 1);
		for (let column = first; column <= last; column++) {
			const before = values[column];
			values[column] = before === undefined ? value : Math.max(before, value);
		}
	}
	return values;
}

function plotRow(
	values: readonly (number | undefined)[],
	row: number,
	thresholdRow: number,
	spec: PlotSpec,
	{ low, high, height }: Scale,
): readonly Segment[] {
	const cells = values.map(value => {
		const filled = value === undefined ? 0 : ((value - low) / (high - low)) * height - (height - 1 - row);
		const glyph = eighths[Math.round(Math.min(1, Math.max(0, filled)) * 8)] ?? '';
		if (glyph !== '' && value !== undefined)
			return segment(glyph, spec.breaches(value) ? 'failed' : 'running');
		return row === thresholdRow ? segment('╌', 'attention') : segment(' ');
	});
	return joinRuns(cells);
}

/** Where each marker is on the axis, from 0; those outside of the plot are left out. */
function placesOf({ markers, from, to }: PlotSpec, columns: number) {
	return markers
		.filter(({ at }) => at >= from && at <= to)
		.map(marker => ({
			marker,
			x: Math.min(columns - 1, Math.floor(((marker.at - from) / (to - from)) * columns)),
		}));
}

/** The axis, with a notch where something happened. */
function axisText(spec: PlotSpec, columns: number): string {
	const cells = Array.from({ length: columns }, () => '─');
	for (const { x } of placesOf(spec, columns)) cells[x] = '┴';
	return cells.join('');
}

/** Times and what happened then, each below its notch. Who comes first in `markers` gets its place first. */
function markSegments(spec: PlotSpec, columns: number): readonly Segment[] {
	const ends = [
		{ marker: { at: spec.from, label: '', tone: 'dim' as const }, x: 0 },
		{ marker: { at: spec.to, label: '', tone: 'dim' as const }, x: columns },
	];
	const labels = [...placesOf(spec, columns), ...ends].map(({ marker, x }) => {
		const time = formatTimeOfDay(marker.at).slice(0, 5);
		const { label, tone } = marker;
		return { x, texts: label === '' ? [time] : [`${time} ${label}`, label], tone };
	});
	return labelSegments(labels, columns);
}
