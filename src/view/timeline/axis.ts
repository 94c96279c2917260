/** The arithmetic of the time axis. Times are epoch milliseconds; a cell of the axis is a whole number of them. */

/** A window onto time: `columns` cells of `cellMs` each, the first one beginning at `from`. */
export type Axis = { readonly from: number; readonly cellMs: number; readonly columns: number };

/** What there is to show: from the rollout's start to now, or to its end. */
export type Extent = { readonly from: number; readonly to: number; readonly isOver: boolean };

/** What of it is shown. Without a span: all of it. Without an end: its end, which moves on while the rollout runs. */
export type Zoom = { readonly spanMs?: number; readonly endAt?: number };

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** A rollout that has just begun gets an axis that is not soon full. */
const shortestWholeMs = 20 * second;
/** Where zooming in ends: events are hardly ever shorter than this. */
const shortestSpanMs = 5 * second;

/** The axis for what is to be shown. The last moment has a cell of its own. */
export function layOutAxis(extent: Extent, { spanMs, endAt }: Zoom, columns: number): Axis {
	const whole = wholeMs(extent);
	const intervals = Math.max(1, columns - 1);
	if (spanMs === undefined || spanMs >= whole) {
		const exact = Math.max(1, Math.ceil(whole / intervals));
		return { from: extent.from, cellMs: extent.isOver ? exact : roomyCellMs(exact), columns };
	}
	const cellMs = Math.max(1, Math.ceil(spanMs / intervals));
	const end = Math.min(Math.max(endAt ?? extent.to, extent.from + spanMs), extent.to);
	// By whole cells from the start on: so a lane that moves keeps its shape.
	const before = Math.max(0, Math.floor((end - extent.from) / cellMs) - (columns - 1));
	return { from: extent.from + before * cellMs, cellMs, columns };
}

const wholeMs = ({ from, to }: Extent): number => Math.max(shortestWholeMs, to - from);

const roomySteps = [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10] as const;

/** A little more than is needed, and then the same for a while: lanes must not shift with every second that passes. */
function roomyCellMs(exact: number): number {
	const power = 10 ** Math.floor(Math.log10(exact));
	const step = roomySteps.find(each => each * power >= exact) ?? 10;
	return Math.ceil(step * power);
}

/** The cell of the axis that a moment falls into; it may lie outside of the window. */
export const cellOf = ({ from, cellMs }: Axis, at: number): number => Math.floor((at - from) / cellMs);

/** The cell, if it is in the window. */
export function cellInSight(axis: Axis, at: number): number | undefined {
	const cell = cellOf(axis, at);
	return cell >= 0 && cell < axis.columns ? cell : undefined;
}

/** The cell in which something that ended then is drawn for the last time, if it is in the window. */
export const lastCellInSight = (axis: Axis, endedAt: number): number | undefined =>
	cellInSight(axis, endedAt - 1);

/** Where the window ends. */
export const axisEnd = ({ from, cellMs, columns }: Axis): number => from + cellMs * columns;

/** Half as much time, or twice as much, with the moment `around` staying where it is. */
export function zoomed(extent: Extent, zoom: Zoom, by: 'in' | 'out', around: number): Zoom {
	const whole = wholeMs(extent);
	const span = Math.min(zoom.spanMs ?? whole, whole);
	const spanMs = by === 'in' ? Math.max(Math.min(shortestSpanMs, span), span / 2) : span * 2;
	if (spanMs >= whole) return {};
	const end = Math.min(Math.max(zoom.endAt ?? extent.to, extent.from + span), extent.to);
	const anchor = Math.min(Math.max(around, end - span), end);
	return endingAt(extent, spanMs, anchor + (end - anchor) * (spanMs / span));
}

/** A part of the window further on (1) or back (-1), as far as there is something. */
export function scrolled(extent: Extent, { spanMs, endAt }: Zoom, by: 1 | -1): Zoom {
	if (spanMs === undefined) return {};
	return endingAt(extent, spanMs, (endAt ?? extent.to) + (by * spanMs) / 4);
}

/** To where the rollout begins. */
export const scrolledToStart = (extent: Extent, { spanMs }: Zoom): Zoom =>
	spanMs === undefined ? {} : endingAt(extent, spanMs, extent.from + spanMs);

/** To the end, to follow it. */
export const scrolledToEnd = ({ spanMs }: Zoom): Zoom => (spanMs === undefined ? {} : { spanMs });

/** Who comes to the end follows it from there on. */
function endingAt(extent: Extent, spanMs: number, end: number): Zoom {
	if (end >= extent.to) return { spanMs };
	return { spanMs, endAt: Math.round(Math.max(end, extent.from + spanMs)) };
}

const steps = [
	...[1, 2, 5, 10, 15, 30].map(count => count * second),
	...[1, 2, 5, 10, 15, 30].map(count => count * minute),
	...[1, 2, 6, 12, 24, 48, 168].map(count => count * hour),
];

/** Marks are at least as many cells apart. */
const markCells = 9;

/** The moments in the window at round steps after `origin`, which itself is not among them. */
export function roundMarks(
	axis: Axis,
	origin: number,
): readonly { readonly at: number; readonly x: number }[] {
	const longest = steps.at(-1) ?? hour;
	const step =
		steps.find(each => each >= axis.cellMs * markCells) ??
		longest * Math.ceil((axis.cellMs * markCells) / longest);
	const marks: { readonly at: number; readonly x: number }[] = [];
	const first = Math.max(1, Math.ceil((axis.from - origin) / step));
	for (let at = origin + first * step; at < axisEnd(axis); at += step) {
		marks.push({ at, x: cellOf(axis, at) });
	}
	return marks;
}

/** A time since the start: `+45s`, `+2m`, `+1m30s`, `+1h`. */
export function formatOffset(ms: number): string {
	const seconds = Math.round(Math.max(0, ms) / second);
	const parts = [
		[Math.floor(seconds / 3600), 'h'],
		[Math.floor(seconds / 60) % 60, 'm'],
		[seconds % 60, 's'],
	] as const;
	const written = parts.map(([count, unit]) => (count === 0 ? '' : `${count}${unit}`)).join('');
	return `+${written === '' ? '0s' : written}`;
}
