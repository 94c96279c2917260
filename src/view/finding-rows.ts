import type { Finding } from '../diagnosis/finding.ts';
import { commandLines } from './command-lines.ts';
import {
	confidenceWord,
	hostsWords,
	isUnknown,
	type Roster,
	severityMark,
	sourceWords,
	whyWords,
} from './finding-words.ts';
import { bold, dim, gap, type Segment, segment } from './line.ts';
import { type PagerRow, pagerRow } from './pager.ts';

/** How findings are laid out. */
export type FindingLayout = {
	readonly roster: Roster;
	/** The cells of a line. */
	readonly columns: number;
	/** The cells after which a command goes on in another line; unset: never. */
	readonly breakCommandsAt?: number;
	/** There is room for air between the parts. */
	readonly airy: boolean;
};

/** Prose in longer lines is hard to read. */
const longestProse = 92;

/** From here on the parts of a finding stand below its title, not below its number. */
const roomyColumns = 56;

/**
 * One finding as rows to page through: title, who it is about, why, evidence, what sets the failed hosts apart if
 * `apart` tells, what to do, commands, document. `number` is counted from 1.
 */
export function findingRows(
	finding: Finding,
	number: number,
	layout: FindingLayout,
	apart: readonly string[] = [],
): readonly PagerRow[] {
	const indent = indentOf(layout);
	const air = layout.airy ? [pagerRow([])] : [];
	const parts: readonly (readonly PagerRow[])[] = [
		titleRows(finding, number, layout),
		[whyRow(finding, indent)],
		evidenceRows(finding, indent),
		listRows('What sets them apart', apart, indent),
		listRows('What to do', numbered(finding.remedy.steps), indent),
		commandRows(finding, layout, indent),
		[documentRow(finding, indent)],
	];
	return parts.filter(part => part.length > 0).flatMap((part, at) => (at === 0 ? part : [...air, ...part]));
}

/** One finding in brief: title, who it is about, why. */
export const briefFindingRows = (
	finding: Finding,
	number: number,
	layout: FindingLayout,
): readonly PagerRow[] => [...titleRows(finding, number, layout), whyRow(finding, indentOf(layout))];

const indentOf = ({ columns }: FindingLayout): number => (columns < roomyColumns ? 2 : 4);

const titleRows = (finding: Finding, number: number, layout: FindingLayout): readonly PagerRow[] => [
	titleRow(finding, number, indentOf(layout)),
	...aboutRows(finding, layout, indentOf(layout)),
];

const whyRow = (finding: Finding, indent: number): PagerRow =>
	prose([segment(whyWords(finding))], [gap(indent)]);

/** Whatever is explained and mended: a finding, or a check. */
export type Mended = Pick<Finding, 'targets' | 'remedy'> & { readonly cause: string };

/** The key of what can be chosen in a finding: the same for as long as the finding is. */
const choiceKey = ({ cause, targets }: Pick<Mended, 'cause' | 'targets'>, text: string): string =>
	`${cause} ${targets[0] ?? ''} ${text}`;

const prose = (text: readonly Segment[], gutter: readonly Segment[]): PagerRow => ({
	...pagerRow(text, gutter),
	measure: longestProse,
});

function titleRow(finding: Finding, number: number, indent: number): PagerRow {
	const { glyph, tone } = severityMark(finding.severity);
	const word = confidenceWord(finding);
	return {
		...prose(
			[
				bold(finding.title),
				...(word === '' ? [] : [segment(`  ${word}`, isUnknown(finding) ? 'attention' : 'dim')]),
			],
			[dim(`${number} `), bold(`${glyph} `, tone)],
		),
		hanging: [gap(indent)],
		isHeading: true,
	};
}

function aboutRows(finding: Finding, { roster }: FindingLayout, indent: number): readonly PagerRow[] {
	const { event = '', script = '' } = finding;
	const words = [event, script].filter(word => word !== '');
	const where = words.length === 0 ? [] : [prose([segment(words.join('  '))], [gap(indent)])];
	const who = hostsWords(finding, roster);
	return [...where, prose([finding.targets.length === 0 ? dim(who) : segment(who)], [gap(indent)])];
}

/** What somebody else has said: behind a bar, with its source. */
export const evidenceRows = ({ evidence }: Pick<Finding, 'evidence'>, indent: number): readonly PagerRow[] =>
	evidence.flatMap(said => {
		const bar = [gap(indent), dim('│ ')];
		return said.text.split('\n').map((text, at, lines) => {
			const source = at === lines.length - 1 ? [dim(`  (${sourceWords(said)})`)] : [];
			return { ...prose([segment(text), ...source], bar), hanging: bar };
		});
	});

/** Steps with their numbers. */
export const numbered = (steps: readonly string[]): readonly string[] =>
	steps.map((step, at) => `${at + 1}. ${step}`);

/** A heading and lines that hang below their numbers, if they have any. */
export function listRows(title: string, lines: readonly string[], indent: number): readonly PagerRow[] {
	if (lines.length === 0) return [];
	return [
		pagerRow([bold(title)], [gap(indent)]),
		...lines.map(text => {
			const number = /^\d+\. /.exec(text)?.[0] ?? '';
			return prose([segment(text.slice(number.length))], [gap(indent), dim(number)]);
		}),
	];
}

/** Nothing but blanks stands before a command: it can be copied off the screen as well. */
export function commandRows(
	finding: Mended,
	{ breakCommandsAt }: Pick<FindingLayout, 'breakCommandsAt'>,
	indent: number,
): readonly PagerRow[] {
	const { commands } = finding.remedy;
	if (commands.length === 0) return [];
	const room = breakCommandsAt === undefined ? Infinity : Math.max(1, breakCommandsAt - 2 - indent);
	return [
		pagerRow([bold('Commands')], [gap(indent)]),
		...commands.flatMap(command => {
			const choice = { key: choiceKey(finding, command), text: command };
			return commandLines(command, room).map(text => ({
				...pagerRow([segment(text)], [gap(indent)]),
				choice,
			}));
		}),
	];
}

const documentRow = (finding: Finding, indent: number): PagerRow => ({
	...pagerRow([dim(finding.docs)], [gap(indent)]),
	choice: { key: choiceKey(finding, finding.docs), text: finding.docs },
});
