import { deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import { emptyTally } from '../../domain/tally.ts';
import { formatDuration } from '../../lib/duration.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { rolloutBar } from '../bars.ts';
import { etaOf, etaWords } from '../eta.ts';
import { isStale } from '../freshness.ts';
import { type Mark, markOf } from '../glyphs.ts';
import { howFarOf } from '../how-far.ts';
import {
	bold,
	dim,
	fitParts,
	gap,
	greyed,
	joinParts,
	type Line,
	line,
	type Part,
	type Segment,
	segment,
	segmentsWidth,
} from '../line.ts';
import { rollbackWords } from '../outside.ts';
import { isStopping } from '../stopping.ts';
import { movedPercent, percentBar } from '../traffic-lines.ts';

/** A bar that is shorter says nothing that the count beside it does not. */
const shortestBar = 8;

/**
 * A rollout in one line of `columns` cells: `▸ InProgress ████▓▓░░ 10/24 ✗5 ▲1 1m30s   checkout-api / prod-blue d-…`.
 * What there is no room for goes: the bar, words, times, names; of all that the failures and the id stay longest.
 */
export function tickerLine(state: AppState, rollout: Rollout, columns: number): Line {
	const { data } = rollout.deployment;
	if (!data) return line(dim(`asking ${rollout.id}`));
	const isWide = columns >= 40;
	const room = isWide ? columns - 2 : columns;
	const between = columns < 80 ? 1 : 2;
	const mark = isStopping(rollout) ? markOf('Stopped') : markOf(data.status);
	const name = isStopping(rollout) ? 'Stopping' : data.status;
	const rest = [barRoom, ...progressParts(state, rollout, mark), ...nameParts(rollout)].filter(isThere);
	const word: Part = { segments: [bold(`${mark.glyph} ${name}`, mark.tone)], keep: 1 };
	const worded = fitParts([word, ...rest], room, between);
	// The glyph alone says as much, where the word would cost anything else its place.
	const glyph: Part = {
		segments: [bold(mark.glyph, mark.tone)],
		keep: failedOf(rollout) > 0 ? 8 : 14,
	};
	const kept = worded.length > rest.length ? worded : fitParts([glyph, ...rest], room, between);
	const arranged = arrange(kept, rollout, room, between);
	const told = line(...(isWide ? [gap(1)] : []), ...arranged);
	return isStale(state, rollout) || (rollout.deployment.failure && !hasEnded(data)) ? greyed(told) : told;
}

/** Keeps a place for the bar. */
const barRoom: Part = { segments: [gap(shortestBar)], keep: 4.5 };

const isThere = ({ segments }: Part): boolean => segmentsWidth(segments) > 0;

const failedOf = ({ deployment: { data } }: Rollout): number => data?.overview?.failed ?? 0;

/** How far, how bad, how long. */
function progressParts(state: AppState, rollout: Rollout, mark: Mark): readonly Part[] {
	const { data } = rollout.deployment;
	const failed = failedOf(rollout);
	const alarming = rollout.alarms.data?.filter(alarm => alarm.state === 'ALARM').length ?? 0;
	const elapsed = data && deploymentElapsedMs(data, state.now);
	const eta = etaOf(rollout, state.now);
	const undoing = rollbackWords(state, rollout);
	return [
		{ segments: countSegments(rollout, mark), keep: 9 },
		{ segments: failed > 0 ? [bold(`✗${failed}`, 'failed')] : [], keep: 12 },
		{ segments: alarming > 0 ? [bold(`▲${alarming}`, 'attention')] : [], keep: 10 },
		{ segments: undoing === '' ? [] : [segment(undoing, 'attention')], keep: 11 },
		{ segments: elapsed === undefined ? [] : [segment(formatDuration(elapsed))], keep: 4 },
		{ segments: eta === undefined ? [] : [dim(etaWords(eta))], keep: 5 },
	];
}

/** `10/24` targets, or `30 %` of the traffic. */
function countSegments(rollout: Rollout, { tone }: Mark): readonly Segment[] {
	const far = howFarOf(rollout);
	if (!far) return [];
	const [done, of] = far;
	return [movedPercent(rollout) === undefined ? bold(done) : bold(done, tone), dim(of)];
}

function nameParts({ id, deployment: { data } }: Rollout): readonly Part[] {
	const { application, group } = data ?? {};
	return [
		{ segments: application === undefined ? [] : [segment(application)], keep: 7 },
		{ segments: group === undefined ? [] : [dim(group)], keep: 3 },
		{ segments: [dim(id)], keep: 13 },
	];
}

/** Progress at the left, names at the right; the bar takes what is left between them, up to a third. */
function arrange(
	parts: readonly Part[],
	rollout: Rollout,
	columns: number,
	between: number,
): readonly Segment[] {
	const names = new Set(nameParts(rollout).map(({ keep }) => keep));
	const right = parts.filter(({ keep }) => names.has(keep));
	const left = parts.filter(({ keep }) => !names.has(keep));
	const taken = (all: readonly Part[]) => segmentsWidth(joinParts(all, between));
	const spare = columns - taken(left) - taken(right) - between;
	const width = Math.min(shortestBar + spare, Math.max(shortestBar, Math.floor(columns * 0.3)));
	const drawn = left.map(part => (part === barRoom ? { ...part, segments: barOf(rollout, width) } : part));
	return [
		...joinParts(drawn, between),
		gap(columns - taken(drawn) - taken(right)),
		...joinParts(right, between),
	];
}

function barOf(rollout: Rollout, width: number): readonly Segment[] {
	const moved = movedPercent(rollout);
	if (moved !== undefined) return percentBar(moved, width);
	return rolloutBar(rollout.deployment.data?.overview ?? emptyTally, width);
}
