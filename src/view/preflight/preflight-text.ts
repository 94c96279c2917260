import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import { type GroupPlace, groupWords, protectCommand } from '../../diagnosis/preflight/protect-command.ts';
import { textLines } from '../diagnosis-text.ts';
import type { FindingLayout } from '../finding-rows.ts';
import { preflightRows } from './preflight-rows.ts';
import { conclusionWords, countPreflight, countsText, preflightMark, preflightWord } from './shown.ts';
import { unitedWish, wishWords } from './wish.ts';

const layout: FindingLayout = {
	roster: { noun: 'host', nameOf: () => undefined },
	columns: 100,
	airy: false,
};

/** One check as lines of plain text: `✗ Alarms: …`, and below what is wrong all that helps. */
export function preflightLines(check: PreflightCheck): readonly string[] {
	const [, ...details] = preflightRows(check, layout);
	return [briefLine(check), ...details.flatMap(textLines)];
}

/** One check in one line. */
function briefLine(check: PreflightCheck): string {
	const word = preflightWord(check);
	const told = word === 'ok' || word === 'problem' ? check.summary : `${word}: ${check.summary}`;
	return `${preflightMark(check).glyph} ${check.title}: ${told}`;
}

/** What it comes to: how many of each kind, what that means, and what to do next. */
export function conclusionLines(place: GroupPlace, checks: readonly PreflightCheck[]): readonly string[] {
	const wish = unitedWish(checks);
	const { problem, warning } = countPreflight(checks);
	const { names, place: where } = groupWords(place);
	const mending =
		wish === undefined
			? []
			: [
					`The settings of the group can mend some of it: it then ${wishWords(wish)}.`,
					protectCommand(place, wish),
				];
	const going =
		problem === 0 && warning === 0 && wish === undefined
			? ['To deploy:', ['rollcall deploy', names, '--revision …', where].filter(Boolean).join(' ')]
			: [];
	return [`${countsText(checks)}: ${conclusionWords(checks)}`, ...mending, ...going];
}

/** Problems and warnings in a line each, and how many of each kind there are, for who is about to deploy. */
export const preflightDigest = (checks: readonly PreflightCheck[]): readonly string[] => [
	...(['problem', 'warning'] as const).flatMap(word =>
		checks.filter(check => preflightWord(check) === word).map(briefLine),
	),
	...(checks.length > 0 ? [countsText(checks)] : []),
];
