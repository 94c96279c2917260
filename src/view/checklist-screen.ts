import type { Finding } from '../diagnosis/finding.ts';
import { counted } from '../diagnosis/words.ts';
import type { TargetId } from '../domain/ids.ts';
import { formatTimeOfDay } from '../lib/duration.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { type Conclusion, checkRows, proposalRows } from './check-rows.ts';
import { type CheckCounts, countChecks, type ShownCheck, selectChecks, selectProposal } from './checklist.ts';
import { selectFindings } from './diagnosis-case.ts';
import { briefFindingRows, type FindingLayout } from './finding-rows.ts';
import { nameWords, rosterOf } from './finding-words.ts';
import { keyHint } from './keys/hint.ts';
import {
	bold,
	dim,
	fitParts,
	joinParts,
	type Line,
	type Part,
	segment,
	spreadCutting,
	type Tone,
} from './line.ts';
import type { PagedScreen } from './paged-screen.ts';
import { type PagerRow, pagerRow } from './pager.ts';

type ChecklistScreen = Extract<Screen, { type: 'checklist' }>;

/** The findings that a checklist ends with: the others are on the screen of the diagnosis. */
const mostFindings = 3;

/** The debugging checklist, as far as it has been run, and what it comes to. */
export function checklistScreen(state: AppState, rollout: Rollout, screen: ChecklistScreen): PagedScreen {
	const { columns, rows } = state.ui.size;
	const layout: FindingLayout = {
		roster: rosterOf(rollout, screen.targetId),
		columns,
		breakCommandsAt: columns,
		airy: rows >= 20,
	};
	const checks = selectChecks(state, rollout);
	const findings = selectFindings(state, rollout);
	const conclusion: Conclusion = {
		findings,
		elsewhere: ({ title }) => [bold(keyHint(state, 'diagnosis')), dim(' what to do:  '), segment(title)],
	};
	const section = (title: string, about: TargetId | undefined) =>
		sectionRows(
			title,
			checks.filter(({ target }) => target === about).flatMap(check => checkRows(check, layout, conclusion)),
			layout,
		);
	return {
		heading: place => heading(screen.targetId ?? rollout.id, countChecks(checks), place, columns),
		rows: [
			...progressRows(rollout, checks, layout, keyHint(state, 'checklist')),
			...sectionRows(
				'',
				proposalRows(selectProposal(state, rollout), layout, keyHint(state, 'allow')),
				layout,
			),
			...section('Deployment', undefined),
			...(rollout.checkup?.targets ?? []).flatMap(target =>
				section(nameWords(target, layout.roster), target),
			),
			...conclusionRows(rollout, checks, findings, layout, keyHint(state, 'diagnosis')),
		],
		opensAt: 'start',
	};
}

const tones: Readonly<Record<keyof CheckCounts, Tone>> = {
	ok: 'succeeded',
	problem: 'failed',
	warning: 'attention',
	unknown: 'attention',
	running: 'running',
	waiting: 'attention',
};

const keeps: Readonly<Record<keyof CheckCounts, number>> = {
	ok: 3,
	problem: 8,
	warning: 6,
	unknown: 4,
	running: 5,
	waiting: 5,
};

/** `Checklist  d-…   9 ok · 2 problems · 1 unknown · 3 running`. */
function heading(id: string, counts: CheckCounts, place: string, columns: number): Line {
	const words = (Object.keys(tones) as (keyof CheckCounts)[]).filter(word => counts[word] > 0);
	const where: Part = { segments: [dim(place)], keep: 2 };
	const parts: readonly Part[] = [
		{ segments: [bold('Checklist')], keep: 7 },
		{ segments: [segment(id)], keep: 1 },
		...words.map(word => ({
			segments: [segment(countWords(word, counts[word]), tones[word])],
			keep: keeps[word],
		})),
	];
	const kept = fitParts([...parts, where], columns - 2, 2);
	const right = kept.includes(where) ? where.segments : [];
	return spreadCutting(
		joinParts(
			kept.filter(part => part !== where),
			2,
		),
		right,
		columns,
	);
}

const countWords = (word: keyof CheckCounts, count: number): string =>
	word === 'problem' || word === 'warning' ? counted(count, word) : `${count} ${word}`;

/** How far the run is. */
function progressRows(
	{ checkup, targetIds }: Rollout,
	checks: readonly ShownCheck[],
	{ columns }: FindingLayout,
	runKey: string,
): readonly PagerRow[] {
	if (checkup === undefined) {
		return [pagerRow([dim(`The checklist has not been run: ${runKey} runs it.`)])];
	}
	const { targets, endedAt } = checkup;
	if (targets === undefined) return [pagerRow([segment('choosing the hosts to look at …', 'running')])];
	if (endedAt !== undefined) {
		const others = targetIds.length - targets.length;
		const sample = checkup.only === undefined && targets.length > 0 && others > 0;
		const hosts = sample ? `, ${counted(targets.length, 'host')} of ${targetIds.length}` : '';
		return [
			pagerRow([
				dim(`run at ${formatTimeOfDay(endedAt)}${hosts}${columns < 60 ? '' : `   ${runKey} runs it again`}`),
			]),
		];
	}
	const left = checks.filter(({ verdict }) => verdict === 'pending').length;
	return [pagerRow([segment(`▸ running, ${checks.length - left} of ${checks.length} known`, 'running')])];
}

function sectionRows(title: string, rows: readonly PagerRow[], { airy }: FindingLayout): readonly PagerRow[] {
	if (rows.length === 0) return [];
	return [...(airy ? [pagerRow([])] : []), ...(title === '' ? [] : [pagerRow([bold(title)])]), ...rows];
}

/** What it comes to, once all is known that can be. */
function conclusionRows(
	{ checkup }: Rollout,
	checks: readonly ShownCheck[],
	findings: readonly Finding[],
	layout: FindingLayout,
	whyKey: string,
): readonly PagerRow[] {
	if (checkup?.endedAt === undefined) return [];
	const hidden = findings.length - mostFindings;
	const why = findings.length === 0 ? [] : [bold(`   ${whyKey}`), dim(' why, and what to do')];
	return sectionRows(
		'',
		[
			pagerRow([bold('What this means'), ...why]),
			...findings.slice(0, mostFindings).flatMap((finding, at) => briefFindingRows(finding, at + 1, layout)),
			...(hidden > 0 ? [pagerRow([dim(`and ${counted(hidden, 'other finding')}`)])] : []),
			...(findings.length === 0 ? [pagerRow([segment(nothingWords(checks))])] : []),
		],
		layout,
	);
}

function nothingWords(checks: readonly ShownCheck[]): string {
	const { problem, unknown, waiting } = countChecks(checks);
	if (problem > 0) return 'Nothing has failed because of this so far.';
	return unknown + waiting > 0 ? 'No problem was found in what could be seen.' : 'No problem was found.';
}
