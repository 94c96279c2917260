import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import { checkIndent, needRows, quotedRows, remedyRows, verdictLine } from '../check-rows.ts';
import type { FindingLayout } from '../finding-rows.ts';
import { dim, type Segment, segment } from '../line.ts';
import type { PagerRow } from '../pager.ts';
import { preflightMark, preflightWord } from './shown.ts';

/** One check as rows to page through: the verdict in one line, and below what is wrong the evidence and what to do. */
export function preflightRows(check: PreflightCheck, layout: FindingLayout): readonly PagerRow[] {
	const { columns } = layout;
	const indent = checkIndent(columns);
	const word = preflightWord(check);
	const verdict = verdictLine(
		{
			title: check.title,
			mark: preflightMark(check),
			word,
			isQuiet: word === 'skipped' || word === 'running',
			summary: summarySegment(check),
		},
		columns,
	);
	if (check.verdict !== 'problem') return [verdict, ...needRows(check, indent)];
	return [{ ...verdict, isHeading: true }, ...detailRows(check, layout, indent)];
}

/** What a problem rests on, and what to do about it. */
export function detailRows(
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
