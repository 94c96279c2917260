import type { CheckResult } from '../diagnosis/check.ts';
import type { Finding } from '../diagnosis/finding.ts';
import { counted } from '../diagnosis/words.ts';
import type { TargetId } from '../domain/ids.ts';
import { checkMark, checkWord, type ProposedCommand, type ShownCheck } from './checklist.ts';
import { commandRows, evidenceRows, type FindingLayout, listRows, numbered } from './finding-rows.ts';
import { nameWords } from './finding-words.ts';
import { bold, dim, gap, type Segment, segment } from './line.ts';
import { type PagerRow, pagerRow } from './pager.ts';

/** As wide as the longest title, and the longest word for a verdict. */
const titleWidth = 34;
const wordWidth = 11;

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
	const indent = layout.columns < columnsForTitles ? 2 : 4;
	const isProblem = check.verdict === 'problem';
	const details = isProblem ? detailRows(check, layout, indent, conclusion) : needRows(check, indent);
	return [{ ...verdictRow(check, layout), ...(isProblem && { isHeading: true }) }, ...details];
}

function verdictRow(check: ShownCheck, { columns }: FindingLayout): PagerRow {
	const { glyph, tone } = checkMark(check);
	const word = checkWord(check);
	const isQuiet = word === 'skipped' || check.verdict === 'pending';
	const title = (text: string): Segment => (isQuiet ? dim(text) : bold(text));
	const mark = bold(`${glyph} `, tone);
	if (columns < columnsForTitles)
		return pagerRow([title(check.title), gap(2), summarySegment(check)], [mark]);
	const words = columns < roomyColumns ? [] : [segment(word.padEnd(wordWidth), tone)];
	return pagerRow([summarySegment(check)], [mark, ...words, title(check.title.padEnd(titleWidth))]);
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
	const said = evidenceRows({ evidence }, indent).map(greyed);
	if (remedy === undefined) return said;
	const finding = findings.find(({ remedy: { steps } }) => remedy.steps.every(step => steps.includes(step)));
	if (finding) return [...said, pagerRow(elsewhere(finding), [gap(indent)])];
	const mended = { cause: id, targets: target === undefined ? [] : [target], remedy };
	return [
		...said,
		...listRows('What to do', numbered(remedy.steps), indent),
		...commandRows(mended, layout, indent),
	];
}

const greyed = (row: PagerRow): PagerRow => ({ ...row, text: row.text.map(({ text }) => dim(text)) });

/** Why it is not known, unless the permission that is missing says that. */
const needRows = ({ verdict, evidence, needs }: CheckResult, indent: number): readonly PagerRow[] => {
	if (verdict !== 'unknown') return [];
	const telling = evidence.filter(({ text }) => needs === undefined || !text.endsWith(needs));
	return evidenceRows({ evidence: telling }, indent).map(greyed);
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
