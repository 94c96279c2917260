import type { DeploymentId } from '../domain/ids.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import { type Conclusion, checkRows } from './check-rows.ts';
import {
	type CheckCounts,
	checkMark,
	checkWord,
	countChecks,
	type ShownCheck,
	selectChecks,
} from './checklist.ts';
import { selectFindings } from './diagnosis-case.ts';
import { diagnosisLines, textLines } from './diagnosis-text.ts';
import { notRun } from './doctor-json.ts';
import { rosterOf } from './finding-words.ts';
import { dim } from './line.ts';

/** The width that prose is laid out for. */
const columns = 100;

/** One check as lines of plain text: `✓ Instance profile (i-…): …`, and below a problem all that helps. */
export function checkLines(state: AppState, id: DeploymentId, check: ShownCheck): readonly string[] {
	const rollout = rolloutOf(state, id);
	const layout = { roster: rosterOf(rollout), columns, airy: false };
	const conclusion: Conclusion = {
		findings: selectFindings(state, rollout),
		elsewhere: () => [dim('What to do is told below, with what this means.')],
	};
	const where = check.target === undefined ? '' : ` (${check.target})`;
	const [, ...details] = checkRows(check, layout, conclusion);
	// What is printed will not be found out any more.
	const { glyph } = checkMark(check.verdict === 'pending' ? { ...check, verdict: 'unknown' } : check);
	return [`${glyph} ${check.title}${where}: ${summaryOf(check)}`, ...details.flatMap(textLines)];
}

function summaryOf(check: ShownCheck): string {
	const word = checkWord(check);
	switch (word) {
		case 'ok':
		case 'problem':
			return check.summary;
		case 'running':
		case 'waiting':
			return `unknown: ${notRun}`;
		default:
			return `${word}: ${check.summary}`;
	}
}

/** What a checklist that has been run comes to: how many checks there are of each kind, and the diagnosis. */
export function conclusionLines(state: AppState, id: DeploymentId): readonly string[] {
	const rollout = rolloutOf(state, id);
	const counts = countChecks(selectChecks(state, rollout));
	const findings = selectFindings(state, rollout);
	const lines = findings.length > 0 ? diagnosisLines(state, id) : [];
	return [countsLine(counts), ...(lines.length > 0 ? ['', ...lines] : [])];
}

function countsLine({ ok, problem, warning, unknown, running, waiting }: CheckCounts): string {
	const parts: readonly (readonly [number, string])[] = [
		[problem, problem === 1 ? 'problem' : 'problems'],
		[warning, warning === 1 ? 'warning' : 'warnings'],
		[unknown + running + waiting, 'unknown'],
		[ok, 'ok'],
	];
	const told = parts.filter(([count], at) => at === 0 || count > 0);
	return told.map(([count, word]) => `${count === 0 ? 'no' : count} ${word}`).join(', ');
}
