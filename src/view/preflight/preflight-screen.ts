import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import type { ProtectionWish } from '../../domain/protection.ts';
import { formatAge, formatTimeOfDay } from '../../lib/duration.ts';
import type { Preflight } from '../../monitor/preflight/preflight.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import type { FindingLayout } from '../finding-rows.ts';
import { rosterOf } from '../finding-words.ts';
import { keyHint } from '../keys/hint.ts';
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
} from '../line.ts';
import type { PagedScreen } from '../paged-screen.ts';
import { type PagerRow, pagerRow } from '../pager.ts';
import { overviewRows, preflightRows } from './preflight-rows.ts';
import { conclusionWords, countPreflight, countWords, type PreflightWord, selectPreflight } from './shown.ts';
import { selectProtectionWish, wishWords } from './wish.ts';

/** What would make the next deployment of the group fail or hard to undo, as far as it is known. */
export function preflightScreen(state: AppState, rollout: Rollout): PagedScreen {
	const { columns, rows } = state.ui.size;
	const { preflight } = rollout;
	const layout: FindingLayout = {
		roster: rosterOf(rollout),
		columns,
		breakCommandsAt: columns,
		airy: rows >= 20,
	};
	const checks = selectPreflight(rollout);
	const air = layout.airy ? [pagerRow([])] : [];
	return {
		heading: place => heading(preflight, checks, place, columns),
		rows: [
			progressRow(state, preflight, checks),
			...conclusionRows(state, rollout, checks, layout),
			...air,
			...checks.flatMap(check => overviewRows(check, layout)),
			...checks
				.filter(({ verdict }) => verdict === 'problem')
				.flatMap(check => [...air, ...preflightRows(check, layout)]),
		],
		opensAt: 'start',
	};
}

/** A group changes: what was found a while ago is to be looked at again. */
const staleAfterMs = 5 * 60_000;

/** How far the run is, or how old what it found. */
function progressRow(
	state: AppState,
	preflight: Preflight | undefined,
	checks: readonly PreflightCheck[],
): PagerRow {
	const again = keyHint(state, 'preflight');
	if (preflight === undefined) return pagerRow([dim(`The group has not been looked at: ${again} does.`)]);
	const { endedAt } = preflight;
	if (endedAt === undefined) {
		const known = checks.length - countPreflight(checks).running;
		return pagerRow([segment(`▸ looking, ${known} of ${checks.length} known`, 'running')]);
	}
	const ageMs = Math.max(0, state.now - endedAt);
	const isStale = ageMs > staleAfterMs;
	const age = segment(`looked at ${formatAge(ageMs)} ago`, isStale ? 'attention' : 'dim');
	if (state.ui.size.columns < 60) return pagerRow([age]);
	return pagerRow([age, dim(`, at ${formatTimeOfDay(endedAt)}   ${again} looks again`)]);
}

const verdictTones: readonly (readonly [PreflightWord, Tone])[] = [
	['problem', 'failed'],
	['warning', 'attention'],
	['unknown', 'attention'],
];

/** What it comes to, and what the key that applies a remedy would do. */
function conclusionRows(
	state: AppState,
	rollout: Rollout,
	checks: readonly PreflightCheck[],
	{ columns }: FindingLayout,
): readonly PagerRow[] {
	if (rollout.preflight?.endedAt === undefined) return [];
	const counts = countPreflight(checks);
	const [, tone] = verdictTones.find(([word]) => counts[word] > 0) ?? ['ok', 'succeeded'];
	const words = conclusionWords(checks);
	return [
		pagerRow([bold(`${words.charAt(0).toUpperCase()}${words.slice(1)}.`, tone)]),
		...applyRows(state, selectProtectionWish(state, rollout), counts.problem + counts.warning > 0, columns),
	];
}

function applyRows(
	state: AppState,
	wish: ProtectionWish | undefined,
	isAnythingWrong: boolean,
	columns: number,
): readonly PagerRow[] {
	if (wish === undefined) {
		return isAnythingWrong ? [pagerRow([dim('Nothing of it can be mended from here.')])] : [];
	}
	const key = keyHint(state, 'apply');
	if (state.session.readOnly) {
		return [pagerRow([dim(`A read-only session changes nothing; else ${key} would: ${wishWords(wish)}`)])];
	}
	const lead = columns < 60 ? ' applies: ' : ' changes the group, once you agree: ';
	return [pagerRow([bold(key, 'attention'), segment(lead, 'attention'), segment(wishWords(wish))])];
}

const told: readonly { readonly word: PreflightWord; readonly tone: Tone; readonly keep: number }[] = [
	{ word: 'problem', tone: 'failed', keep: 9 },
	{ word: 'warning', tone: 'attention', keep: 8 },
	{ word: 'unknown', tone: 'attention', keep: 5 },
	{ word: 'note', tone: 'dim', keep: 3 },
	{ word: 'ok', tone: 'succeeded', keep: 4 },
	{ word: 'running', tone: 'running', keep: 6 },
];

/** `Preflight  checkout-api / prod-blue  2 problems  1 warning  8 ok`. */
function heading(
	preflight: Preflight | undefined,
	checks: readonly PreflightCheck[],
	place: string,
	columns: number,
): Line {
	const counts = countPreflight(checks);
	const where: Part = { segments: [dim(place)], keep: 2 };
	const { application, name } = preflight?.query ?? {};
	const parts: readonly Part[] = [
		{ segments: [bold('Preflight')], keep: 10 },
		...(application === undefined || name === undefined
			? []
			: [{ segments: [segment(`${application} / ${name}`)], keep: 1 }]),
		...told
			.filter(({ word }) => counts[word] > 0)
			.map(({ word, tone, keep }) => ({ segments: [segment(countWords(word, counts[word]), tone)], keep })),
	];
	const kept = fitParts([...parts, where], columns - 2, 2);
	const left = kept.filter(part => part !== where);
	return spreadCutting(joinParts(left, 2), kept.includes(where) ? where.segments : [], columns);
}
