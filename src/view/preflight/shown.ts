import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import type { PreflightFacts } from '../../diagnosis/preflight/facts.ts';
import { judgePreflight } from '../../diagnosis/preflight/judge.ts';
import { counted } from '../../diagnosis/words.ts';
import { memoOne } from '../../lib/memo.ts';
import type { Rollout } from '../../monitor/state.ts';
import type { Mark } from '../glyphs.ts';

/** The verdict of a check in a word. `note`: a problem that is only worth knowing. */
export type PreflightWord = 'ok' | 'problem' | 'warning' | 'note' | 'unknown' | 'running' | 'skipped';

/** A check as it is shown: `pending` only while more is being asked. */
export type ShownPreflight = PreflightCheck;

/** What a preflight has found out so far, in the order in which it is told; empty where none was asked for. */
export const selectPreflight = ({ preflight }: Rollout): readonly PreflightCheck[] =>
	preflight === undefined ? [] : selectJudged(preflight.facts, preflight.endedAt !== undefined);

/** Facts, judged. Once all has been asked, what is not known will not be. */
export const selectJudged = memoOne((facts: PreflightFacts, isOver: boolean): readonly ShownPreflight[] => {
	const checks = judgePreflight(facts);
	return isOver ? settled(checks) : checks;
});

const settled = (checks: readonly PreflightCheck[]): readonly PreflightCheck[] =>
	checks.map(check =>
		check.verdict === 'pending' ? { ...check, verdict: 'unknown', summary: 'it was not found out' } : check,
	);

export function preflightWord({ verdict, severity }: PreflightCheck): PreflightWord {
	switch (verdict) {
		case 'pending':
			return 'running';
		case 'problem':
			return severity === 'info' ? 'note' : severity === 'warning' ? 'warning' : 'problem';
		case 'not-applicable':
			return 'skipped';
		case 'ok':
		case 'unknown':
			return verdict;
	}
}

const marks: Readonly<Record<PreflightWord, Mark>> = {
	ok: { glyph: '✓', tone: 'succeeded' },
	problem: { glyph: '✗', tone: 'failed' },
	warning: { glyph: '▲', tone: 'attention' },
	note: { glyph: '·', tone: 'dim' },
	unknown: { glyph: '?', tone: 'attention' },
	running: { glyph: '·', tone: 'running' },
	skipped: { glyph: '╌', tone: 'dim' },
};

/** Glyph and tone of a check's verdict. */
export const preflightMark = (check: PreflightCheck): Mark => marks[preflightWord(check)];

export type PreflightCounts = Readonly<Record<PreflightWord, number>>;

/** How many checks there are of each kind. */
export function countPreflight(checks: readonly PreflightCheck[]): PreflightCounts {
	const counts = { ok: 0, problem: 0, warning: 0, note: 0, unknown: 0, running: 0, skipped: 0 };
	for (const check of checks) counts[preflightWord(check)] += 1;
	return counts;
}

/** `2 problems`, `1 unknown`. */
export const countWords = (word: PreflightWord, count: number): string =>
	word === 'problem' || word === 'warning' || word === 'note' ? counted(count, word) : `${count} ${word}`;

/** `2 problems, 3 warnings, 8 ok`: that there is no problem is said, what else there is none of is not. */
export function countsText(checks: readonly PreflightCheck[]): string {
	const counts = countPreflight(checks);
	const told = (['problem', 'warning', 'note', 'unknown', 'ok'] as const).filter(
		word => word === 'problem' || counts[word] > 0,
	);
	return told.map(word => (counts[word] === 0 ? 'no problems' : countWords(word, counts[word]))).join(', ');
}

/** What it comes to for the next deployment, in one sentence. */
export function conclusionWords(checks: readonly PreflightCheck[]): string {
	const { problem, warning, unknown } = countPreflight(checks);
	if (problem > 0) return 'the next deployment would fail, or could not begin';
	if (warning > 0) return 'the next deployment may fail, or be hard to undo';
	if (unknown > 0) return 'nothing that could be seen stands in the way of the next deployment';
	return 'nothing stands in the way of the next deployment';
}
