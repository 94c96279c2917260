import { counted } from '../../diagnosis/words.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { wrapCells } from '../../lib/width.ts';
import type { RecordGap, RecordReading } from '../../monitor/record/reading.ts';
import {
	bold,
	cutSegments,
	dim,
	emptyLine,
	gap,
	type Line,
	line,
	type Segment,
	segment,
	segmentsWidth,
	type Tone,
} from '../line.ts';
import {
	deploymentsTable,
	flakyHostsTable,
	hookFailuresTable,
	hookTimesTable,
	type RecordTable,
	type TableFrame,
} from './record-tables.ts';
import { gapWords, isBroken, rateWords, recoveryWords, timesWords } from './record-words.ts';
import { sparkline } from './sparkline.ts';

/** A line of the record; with a key the cursor can rest on it, and it may lead to a deployment. */
export type RecordLine = {
	readonly line: Line;
	readonly key?: string;
	readonly leadsTo?: DeploymentId | undefined;
};

export type RecordFrame = TableFrame & {
	readonly profile: string | undefined;
	/** Whether there is room for empty lines. */
	readonly airy: boolean;
};

/** All that a track record says but its heading: what it comes to, the deployments, hooks and hosts. */
export function recordLines(reading: RecordReading, frame: RecordFrame): readonly RecordLine[] {
	const { record, hostNames, gaps, isWhole } = reading;
	if (record.deployments.length === 0) {
		return text([[segment('This group has never been deployed to.')]], frame.columns);
	}
	const missing = (what: RecordGap['what']): string | undefined =>
		isWhole ? (gaps.some(gap => gap.what === what) ? 'not read' : undefined) : 'being read';
	const { flaky } = record;
	return [
		...summary(reading, frame),
		...air(frame),
		...tableWith(deploymentsTable(record.deployments, frame)),
		...section('Slowest hooks', hookTimesTable(record.hookTimes, frame), frame, {
			about: 'of the latest releases that succeeded',
			none: missing('hook times') ?? 'no times to tell',
		}),
		...section('Hooks that fail most', hookFailuresTable(record.hookFailures, frame), frame, {
			about: '',
			none: missing('failed targets') ?? 'no hook has failed',
		}),
		...section('Flaky hosts', flakyHostsTable(flaky, hostNames, frame), frame, {
			about: 'failed again and again where few others did',
			none: missing('failed targets') ?? noneFlaky(flaky.outOf),
		}),
	];
}

const noneFlaky = (outOf: number): string =>
	outOf < 2
		? `not enough deployments to say: ${outOf === 0 ? 'none' : 'one'} in which few hosts failed`
		: `none failed twice in the ${outOf} deployments in which few hosts failed`;

function summary(reading: RecordReading, frame: RecordFrame): readonly RecordLine[] {
	const { record } = reading;
	const { columns, now, profile } = frame;
	const bars = sparkline(record.deployments, columns - 2);
	const legend = dim('oldest to newest; ✗ failed  ■ stopped  ↩ rollback');
	const fits = segmentsWidth(bars) + 2 + segmentsWidth([legend]) <= columns - 2;
	const { failed, stopped } = record.rate;
	return [
		...text([[...bars, ...(fits ? [gap(2), legend] : [])]], columns),
		...statement(rateWords(record.rate), failed + stopped > 0 ? 'failed' : 'plain', columns),
		...statement(timesWords(record.times), 'plain', columns),
		...statement(recoveryWords(record.recovery, now), isBroken(record) ? 'attention' : 'plain', columns),
		...gapWords(reading, profile).flatMap(words => statement([`▲ ${words}`], 'attention', columns)),
	];
}

/** The statement, then in grey what it rests on; on as many lines as that takes. */
function statement(
	[first = '', ...rest]: readonly string[],
	tone: Tone,
	columns: number,
): readonly RecordLine[] {
	const room = columns - 2;
	const lines: Segment[][] = wrapCells(first, room).map(words => [bold(words, tone)]);
	for (const words of rest) {
		const last = lines.at(-1) ?? [];
		const added = dim(` · ${words}`);
		if (segmentsWidth([...last, added]) <= room) last.push(added);
		else lines.push(...wrapCells(words, room - 2).map(part => [dim(`  ${part}`)]));
	}
	return text(lines, columns);
}

function section(
	title: string,
	table: RecordTable,
	frame: RecordFrame,
	{ about, none }: { readonly about: string; readonly none: string },
): readonly RecordLine[] {
	const isEmpty = table.rows.length === 0;
	const heading = [bold(title), dim(`  ${isEmpty ? none : about}`)];
	return [...air(frame), ...text([heading], frame.columns), ...(isEmpty ? [] : tableWith(table))];
}

const tableWith = ({ head, rows }: RecordTable): readonly RecordLine[] => [{ line: head }, ...rows];

const air = ({ airy }: RecordFrame): readonly RecordLine[] => (airy ? [{ line: emptyLine }] : []);

const text = (lines: readonly (readonly Segment[])[], columns: number): readonly RecordLine[] =>
	lines.map(segments => ({ line: line(gap(1), ...cutSegments(segments, columns - 2)) }));

/** `last 20 deployments`, or how many there are if that is all. */
export const extentWords = ({ record, limit }: RecordReading): string =>
	record.deployments.length < limit
		? `all ${counted(record.deployments.length, 'deployment')}`
		: `last ${counted(record.deployments.length, 'deployment')}`;
