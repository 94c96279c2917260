import type { CheckResult } from '../diagnosis/check.ts';
import type { Evidence, Finding } from '../diagnosis/finding.ts';
import { counted } from '../diagnosis/words.ts';
import type { TargetId } from '../domain/ids.ts';
import { checkMark, checkWord, type ProposedCommand, type ShownCheck } from './checklist.ts';
import {
	commandRows,
	evidenceRows,
	type FindingLayout,
	listRows,
	type Mended,
	numbered,
} from './finding-rows.ts';
import { nameWords } from './finding-words.ts';
import type { Mark } from './glyphs.ts';
import { bold, dim, gap, type Segment, segment } from './line.ts';
import { type PagerRow, pagerRow } from './pager.ts';

/** As wide as the longest title, and the longest word for a verdict. */
const titleWidth = 34;
const wordWidth = 11;

/** How far what belongs to a check stands in. */
export const checkIndent = (columns: number): number => (columns < columnsForTitles ? 2 : 4);

/** From here on the word stands beside the glyph, and the summaries stand below each other. */
const roomyColumns = 100;
const columnsForTitles = 72;

/** What the checks come to: a remedy that one of the findings has is told there. */
export type Conclusion = {
	readonly findings: readonly Finding[];
	/** Where that is, in words. */
	elsewhere(finding: Finding): readonly Segment[];
};

/** One check as rows to page through: the verdict in one line, and below a problem all that helps. */
export function checkRows(
	check: ShownCheck,
	layout: FindingLayout,
	conclusion: Conclusion,
): readonly PagerRow[] {
	const indent = checkIndent(layout.columns);
	const isProblem = check.verdict === 'problem';
	const details = isProblem ? detailRows(check, layout, indent, conclusion) : needRows(check, indent);
	return [{ ...verdictRow(check, layout), ...(isProblem && { isHeading: true }) }, ...details];
}

const verdictRow = (check: ShownCheck, { columns }: FindingLayout): PagerRow =>
	verdictLine(
		{
			title: check.title,
			mark: checkMark(check),
			word: checkWord(check),
			isQuiet: checkWord(check) === 'skipped' || check.verdict === 'pending',
			summary: summarySegment(check),
		},
		columns,
	);

/** A check in a line: glyph and word, what is looked at, what was found. */
export function verdictLine(
	said: {
		readonly title: string;
		readonly mark: Mark;
		readonly word: string;
		/** There is nothing to say of it, or nothing yet. */
		readonly isQuiet: boolean;
		readonly summary: Segment;
	},
	columns: number,
): PagerRow {
	const { glyph, tone } = said.mark;
	const title = (text: string): Segment => (said.isQuiet ? dim(text) : bold(text));
	const mark = bold(`${glyph} `, tone);
	if (columns < columnsForTitles) return pagerRow([title(said.title), gap(2), said.summary], [mark]);
	const words = columns < roomyColumns ? [] : [segment(said.word.padEnd(wordWidth), tone)];
	return pagerRow([said.summary], [mark, ...words, title(said.title.padEnd(titleWidth))]);
}

function summarySegment(check: ShownCheck): Segment {
	switch (checkWord(check)) {
		case 'problem':
		case 'warning':
			return segment(check.summary);
		case 'unknown':
			return segment(`unknown: ${check.summary}`, 'attention');
		case 'waiting':
			return dim('takes a command on the host');
		case 'running':
			return dim('…');
		case 'ok':
		case 'skipped':
			return dim(check.summary);
	}
}

function detailRows(
	{ id, target, evidence, remedy }: CheckResult,
	layout: FindingLayout,
	indent: number,
	{ findings, elsewhere }: Conclusion,
): readonly PagerRow[] {
	const said = quotedRows(evidence, indent);
	if (remedy === undefined) return said;
	const finding = findings.find(({ remedy: { steps } }) => remedy.steps.every(step => steps.includes(step)));
	if (finding) return [...said, pagerRow(elsewhere(finding), [gap(indent)])];
	const mended = { cause: id, targets: target === undefined ? [] : [target], remedy };
	return [...said, ...remedyRows(mended, layout, indent)];
}

/** What to do, with the commands for it. */
export const remedyRows = (mended: Mended, layout: FindingLayout, indent: number): readonly PagerRow[] => [
	...listRows('What to do', numbered(mended.remedy.steps), indent),
	...commandRows(mended, layout, indent),
];

/** Evidence in grey: what a check rests on is read after what it says. */
export const quotedRows = (evidence: readonly Evidence[], indent: number): readonly PagerRow[] =>
	evidenceRows({ evidence }, indent).map(greyed);

const greyed = (row: PagerRow): PagerRow => ({ ...row, text: row.text.map(({ text }) => dim(text)) });

/** Why it is not known, unless the permission that is missing says that. */
export const needRows = (
	{ verdict, evidence, needs }: Pick<CheckResult, 'verdict' | 'evidence' | 'needs'>,
	indent: number,
): readonly PagerRow[] => {
	if (verdict !== 'unknown') return [];
	const telling = evidence.filter(({ text }) => needs === undefined || !text.endsWith(needs));
	return quotedRows(telling, indent);
};

/** How the keys of proposed commands begin. */
export const proposalKey = 'proposed';

/** What would be run on the hosts, for the user to see before it is. */
export function proposalRows(
	proposal: readonly ProposedCommand[],
	{ roster }: FindingLayout,
	runKey: string,
): readonly PagerRow[] {
	const hosts = [...new Set(proposal.flatMap(command => command.hosts))];
	if (hosts.length === 0) return [];
	const names = (ids: readonly TargetId[]) => ids.map(id => nameWords(id, roster)).join(', ');
	return [
		pagerRow([
			bold(runKey, 'attention'),
			segment(
				` runs ${counted(proposal.length, 'command')} on ${counted(hosts.length, 'host')}`,
				'attention',
			),
			dim(`, through Systems Manager; they only read:  ${names(hosts)}`),
		]),
		...proposal.map(({ script, hosts: own }) => ({
			...pagerRow(
				[segment(script.text), ...(own.length < hosts.length ? [dim(`  only ${names(own)}`)] : [])],
				[gap(2), dim('$ ')],
			),
			choice: { key: `${proposalKey} ${script.text}`, text: script.text },
		})),
	];
}
