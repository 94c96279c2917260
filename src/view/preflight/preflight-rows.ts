import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import { checkIndent, needRows, quotedRows, remedyRows, verdictLine } from '../check-rows.ts';
import type { FindingLayout } from '../finding-rows.ts';
import { cutSegments, dim, type Segment, segment, segmentsWidth } from '../line.ts';
import { type PagerRow, pagerRow } from '../pager.ts';
import { preflightMark, preflightWord } from './shown.ts';

/** One check among the others: what is wrong is told in a line, as all of it stands below. */
export function overviewRows(check: PreflightCheck, layout: FindingLayout): readonly PagerRow[] {
	if (check.verdict !== 'problem') return preflightRows(check, layout);
	const { gutter, text } = verdictRow(check, layout);
	const room = layout.columns - 2 - segmentsWidth(gutter);
	return [pagerRow(cutSegments(text, room), gutter)];
}

/** One check as rows to page through: the verdict in one line, and below what is wrong the evidence and what to do. */
export function preflightRows(check: PreflightCheck, layout: FindingLayout): readonly PagerRow[] {
	const indent = checkIndent(layout.columns);
	const verdict = verdictRow(check, layout);
	if (check.verdict !== 'problem') return [verdict, ...needRows(check, indent)];
	return [{ ...verdict, isHeading: true }, ...detailRows(check, layout, indent)];
}

function verdictRow(check: PreflightCheck, { columns }: FindingLayout): PagerRow {
	const word = preflightWord(check);
	return verdictLine(
		{
			title: check.title,
			mark: preflightMark(check),
			word,
			isQuiet: word === 'skipped' || word === 'running',
			summary: summarySegment(check),
		},
		columns,
	);
}

/** What a problem rests on, and what to do about it. */
function detailRows(
	{ id, evidence, remedy }: PreflightCheck,
	layout: FindingLayout,
	indent: number,
): readonly PagerRow[] {
	const mended = remedy && { cause: id, targets: [], remedy };
	return [...quotedRows(evidence, indent), ...(mended ? remedyRows(mended, layout, indent) : [])];
}

function summarySegment(check: PreflightCheck): Segment {
	switch (preflightWord(check)) {
		case 'problem':
		case 'warning':
		case 'note':
			return segment(check.summary);
		case 'unknown':
			return segment(`unknown: ${check.summary}`, 'attention');
		case 'running':
			return dim('…');
		case 'ok':
		case 'skipped':
			return dim(check.summary);
	}
}
