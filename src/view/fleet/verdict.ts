import { formatAge } from '../../lib/duration.ts';
import { memoOne } from '../../lib/memo.ts';
import type { ContextState, FleetState } from '../../monitor/fleet/state.ts';
import { markOf } from '../glyphs.ts';
import {
	bold,
	dim,
	fitParts,
	gap,
	joinParts,
	type Line,
	line,
	type Part,
	type Segment,
	segment,
	segmentsWidth,
	type Tone,
} from '../line.ts';
import { contextProblem, contextWords } from './context-lines.ts';
import { allRows, type FleetRow, lastEnded } from './fleet-rows.ts';

/** How many rollouts are in which state: each is counted once. */
export type Verdict = { readonly rolling: number; readonly failing: number; readonly waiting: number };

const verdictOf = memoOne((contexts: FleetState['contexts']): Verdict => {
	const verdict = { rolling: 0, failing: 0, waiting: 0 };
	for (const { facts } of allRows(contexts)) {
		const { state } = facts;
		if (state === 'rolling' || state === 'failing' || state === 'waiting') verdict[state] += 1;
	}
	return verdict;
});

/** The top line: how it goes over all; on the right where, how fresh, and at what cost. */
export function verdictLine(state: FleetState): Line {
	const { columns } = state.ui.size;
	const inner = columns - 2;
	const between = 3;
	const doubt = doubtfulAge(state);
	// That it may not be true any more is a part of what is said.
	const said = verdictSegments(state, doubt ? inner - between - segmentsWidth([doubt]) : inner);
	const left: readonly Part[] = [
		{ segments: [segment(' rollcall ', 'chip')], keep: 3 },
		{ segments: said, keep: 9 },
	];
	const right: readonly Part[] = [
		{ segments: placeSegments(state), keep: 4 },
		{ segments: ageSegments(state), keep: 6 },
		{ segments: callSegments(state), keep: 2 },
	];
	const kept = fitParts([...left, ...right], inner, between);
	const leftSegments = joinParts(
		kept.filter(part => left.includes(part)),
		2,
	);
	const rightSegments = joinParts(
		kept.filter(part => right.includes(part)),
		between,
	);
	const room = Math.max(0, inner - segmentsWidth(leftSegments) - segmentsWidth(rightSegments));
	return line(gap(1), ...leftSegments, gap(room), ...rightSegments);
}

type Words = { readonly waiting: string; readonly lost: (lost: number, all: number) => string };

/** From what a person would say to what fits into a corner. */
const spellings: readonly Words[] = [
	{ waiting: 'waiting for you', lost: (lost, all) => `▲ ${lost} of ${all} contexts not told` },
	{ waiting: 'waiting', lost: lost => `▲ ${lost} not told` },
];

/**
 * `6 rolling · 1 failing · 2 waiting for you`, or in `room` cells `✗1 ◆2 ▸6`: what is not there is not named, and what
 * is wrong goes last.
 */
export function verdictSegments(state: FleetState, room: number): readonly Segment[] {
	const spelt = spellings.map(words => spelledOut(state, words));
	return spelt.find(segments => segmentsWidth(segments) <= room) ?? verdictInShort(state);
}

function spelledOut(state: FleetState, words: Words): readonly Segment[] {
	const { rolling, failing, waiting } = verdictOf(state.contexts);
	const lost = lostContexts(state).length;
	const phrases: (readonly Segment[])[] = [
		rolling > 0 ? [bold(`${rolling} rolling`, 'running')] : [],
		failing > 0 ? [bold(`${failing} failing`, 'failed')] : [],
		waiting > 0 ? [bold(`${waiting} ${words.waiting}`, 'attention')] : [],
	];
	if (rolling + failing + waiting === 0) phrases.push(quietSegments(state));
	if (lost > 0 && lost < state.contexts.size)
		phrases.push([segment(words.lost(lost, state.contexts.size), 'attention')]);
	return phrases
		.filter(phrase => phrase.length > 0)
		.flatMap((phrase, index) => (index === 0 ? phrase : [dim(' · '), ...phrase]));
}

/** `✗1 ◆2 ▸6`: the worst first, for a corner. */
export function verdictInShort(state: FleetState): readonly Segment[] {
	const { rolling, failing, waiting } = verdictOf(state.contexts);
	const counts: readonly (readonly [string, number, Tone])[] = [
		['✗', failing, 'failed'],
		['◆', waiting, 'attention'],
		['▸', rolling, 'running'],
		['▲', lostContexts(state).length, 'attention'],
	];
	const shown = counts.filter(([, count]) => count > 0);
	if (rolling + failing + waiting === 0) return quietSegments(state);
	return shown.map(([glyph, count, tone], index) => bold(`${index > 0 ? ' ' : ''}${glyph}${count}`, tone));
}

const lostContexts = ({ contexts }: FleetState): readonly ContextState[] =>
	[...contexts.values()].filter(context => contextProblem(context) !== undefined);

/** Nothing is in flight, as far as is known. */
function quietSegments(state: FleetState): readonly Segment[] {
	const unreached = [...state.contexts.values()].filter(({ active }) => active.data === undefined);
	if (unreached.length === state.contexts.size) {
		if (unreached.every(({ active }) => active.failure !== undefined))
			return [bold('nothing can be told', 'attention')];
		const what = unreached.length === 1 ? 'AWS' : `${unreached.length} contexts`;
		return [dim(`asking ${what} · ${formatAge(state.now - state.startedAt)}`)];
	}
	const told = state.contexts.size - unreached.length;
	if (unreached.length > 0)
		return [bold('nothing is rolling out'), dim(` in ${told} of ${state.contexts.size} contexts`)];
	const last = lastEnded(state.contexts);
	return [bold('nothing is rolling out'), ...(last ? lastSegments(last, state.now) : [])];
}

function lastSegments({ deployment, rollout }: FleetRow, now: number): readonly Segment[] {
	const mark = markOf(deployment.status);
	const endedAt = deployment.completedAt ?? rollout.endSeenAt;
	return [
		dim(` · last: ${deployment.application ?? rollout.id} `),
		segment(mark.glyph, mark.tone),
		dim(endedAt === undefined ? '' : ` ${formatAge(now - endedAt)} ago`),
	];
}

/** With one context what that is; else how many there are. */
function placeSegments({ contexts }: FleetState): readonly Segment[] {
	const all = [...contexts.values()];
	const [only] = all;
	if (only && all.length === 1) return [dim(contextWords(only).join(' · '))];
	const regions = new Set(all.map(({ context }) => context.session.region)).size;
	return [dim(`${all.length} contexts · ${regions} ${regions === 1 ? 'region' : 'regions'}`)];
}

/** How old the oldest picture is. */
function ageSegments(state: FleetState): readonly Segment[] {
	const { contexts, now } = state;
	const ages = [...contexts.values()].flatMap(({ active }) =>
		active.dataAt === undefined ? [] : [Math.max(0, now - active.dataAt)],
	);
	if (ages.length === 0) return [dim('○ asking')];
	const isDoubtful = lostContexts(state).length > 0;
	const age = formatAge(isDoubtful ? Math.min(...ages) : Math.max(...ages));
	return isDoubtful ? [segment(`○ ${age}`, 'attention')] : [dim(`● ${age}`)];
}

/** `○ 20 s`: the age of the picture, where AWS does not answer for all of it. */
export function doubtfulAge(state: FleetState): Segment | undefined {
	const hasPicture = [...state.contexts.values()].some(({ active }) => active.dataAt !== undefined);
	return hasPicture && lostContexts(state).length > 0 ? ageSegments(state)[0] : undefined;
}

/** A throttle colours the line for this long. */
const throttleShownMs = 60_000;

/** Limits hold for each account and region, so the sum over several of them would say nothing: the most of any is told. */
function callSegments({ contexts, now }: FleetState): readonly Segment[] {
	const health = [...contexts.values()].map(({ api }) => api);
	const most = Math.max(0, ...health.map(({ callsPerMinute }) => callsPerMinute));
	const calls = health.length === 1 ? `${most} calls/min` : `≤ ${most} calls/min each`;
	const isThrottled = health.some(
		({ throttledAt }) => throttledAt !== undefined && now - throttledAt <= throttleShownMs,
	);
	return isThrottled ? [segment(`throttled · ${calls}`, 'attention')] : [dim(calls)];
}
