import { fitEnd, fitStart } from '../../lib/width.ts';
import type { Rollout } from '../../monitor/state.ts';
import { dim, joinRuns, type Line, segment } from '../line.ts';
import { firstFailureAt } from '../problem-lines.ts';
import { labelSegments, type TimeLabel } from '../time-labels.ts';
import { cellInSight, formatOffset, lastCellInSight, roundMarks } from './axis.ts';
import type { LaneColumns } from './columns.ts';
import { headLine } from './lane-line.ts';
import type { Layout } from './timeline.ts';

/** The axis: its times, and the rule that they stand on. */

/** Times since the start at round steps, the start, and now or the end. */
export function axisLabels(rollout: Rollout, { extent, axis, columns }: Layout): Line {
	const failedAt = firstFailureAt(rollout);
	const at = (x: number | undefined, text: string, tone: TimeLabel['tone']): readonly TimeLabel[] =>
		x === undefined ? [] : [{ x, texts: [text], tone }];
	const marks = roundMarks(axis, extent.from).filter(mark => mark.at <= extent.to);
	const labels: readonly TimeLabel[] = [
		...at(cellInSight(axis, extent.to), extent.isOver ? 'end' : 'now', extent.isOver ? 'dim' : 'running'),
		...at(failedAt === undefined ? undefined : lastCellInSight(axis, failedAt), '✗', 'failed'),
		...at(cellInSight(axis, extent.from), 'start', 'dim'),
		...marks.flatMap(mark => at(mark.x, formatOffset(mark.at - extent.from), 'dim')),
	];
	return headLine({}, [''], columns, labelSegments(labels, axis.columns));
}

/** The rule, with a notch at each time; it reaches as far as the rollout has. */
export function axisRule(rollout: Rollout, { extent, axis, columns }: Layout): Line {
	const length = Math.min(axis.columns, (cellInSight(axis, extent.to) ?? axis.columns - 1) + 1);
	const cells = Array.from({ length }, () => dim('─'));
	for (const { x } of roundMarks(axis, extent.from)) if (x < length) cells[x] = dim('┬');
	const start = cellInSight(axis, extent.from);
	if (start !== undefined) cells[start] = dim('├');
	const end = cellInSight(axis, extent.to);
	if (end !== undefined) cells[end] = segment('┤', extent.isOver ? 'dim' : 'running');
	const failedAt = firstFailureAt(rollout);
	const failed = failedAt === undefined ? undefined : lastCellInSight(axis, failedAt);
	if (failed !== undefined && failed < length) cells[failed] = segment('┃', 'failed');
	return headLine({}, [headsOf(columns)], columns, joinRuns(cells));
}

/** The heads of the columns of the lanes. */
function headsOf({ name, target, time }: LaneColumns): string {
	const heads = [
		name > 0 ? fitEnd('NAME', name) : '',
		target > 0 ? fitEnd('TARGET', target) : '',
		time > 0 ? fitStart('TIME', time) : '',
	];
	return heads.filter(head => head !== '').join(' ');
}
