import type { DifferenceRow, PlanDifference } from '../../actions/deploying/difference.ts';
import { type DiffLine, diffHunks } from '../../lib/line-diff.ts';
import { displayWidth } from '../../lib/width.ts';
import { bold, dim, gap, type Line, type Segment, segment } from '../line.ts';
import { layOutPager, type PagerRow } from '../pager.ts';
import { paragraph } from '../question-lines.ts';

/** What is the same is told around each change of an AppSpec. */
const linesAround = 2;

/** What would change, old above new; what stays the same is only named. */
export function differenceLines({ rows, appSpec }: PlanDifference, columns: number): readonly Line[] {
	const changed = rows.filter(({ isSame }) => !isSame);
	const same = rows.filter(({ isSame }) => isSame).map(({ label }) => label);
	const width = Math.max(0, ...changed.map(({ label }) => displayWidth(label))) + 2;
	return [
		...layOut(
			changed.flatMap(row => changeRows(row, width, columns)),
			columns,
		),
		...(same.length === 0 ? [] : paragraph(`The same: ${same.join(', ')}.`, columns, 'dim')),
		...(appSpec ? appSpecLines(appSpec, columns) : []),
	];
}

const layOut = (rows: readonly PagerRow[], columns: number): readonly Line[] =>
	layOutPager(rows, { wrap: true, search: '' }, columns).lines;

/** In one line where both have room in it. */
function changeRows(
	{ label, current, wanted }: DifferenceRow,
	width: number,
	columns: number,
): readonly PagerRow[] {
	const was = segment(current ?? unknown);
	const is = bold(wanted ?? unknown);
	const gutter = [gap(2), dim(label.padEnd(width))];
	const arrow = dim('→ ');
	if (2 + width + displayWidth(`${was.text} → ${is.text}`) <= columns - 2)
		return [textRow(gutter, [was, gap(1), arrow, is])];
	return [textRow([...gutter, gap(2)], [was]), textRow([gap(2 + width), arrow], [is])];
}

const unknown = 'none that is known';

const textRow = (gutter: readonly Segment[], text: readonly Segment[]): PagerRow => ({
	gutter,
	text,
	isError: false,
});

function appSpecLines(lines: readonly DiffLine[], columns: number): readonly Line[] {
	const rows = diffHunks(lines, linesAround).map(hunkRow);
	return layOut([textRow([gap(2)], [dim('AppSpec')]), ...rows], columns);
}

function hunkRow(hunk: ReturnType<typeof diffHunks>[number]): PagerRow {
	switch (hunk.op) {
		case 'skipped':
			return textRow([gap(2)], [dim(`… ${hunk.count} ${hunk.count === 1 ? 'line' : 'lines'} the same`)]);
		case 'same':
			return textRow([gap(4)], [dim(hunk.text)]);
		case 'removed':
			return textRow([gap(2), segment('- ', 'failed')], [segment(hunk.text, 'failed')]);
		case 'added':
			return textRow([gap(2), segment('+ ', 'succeeded')], [segment(hunk.text, 'succeeded')]);
	}
}
