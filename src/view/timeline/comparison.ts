import type { GroupHistory } from '../../domain/history.ts';
import { factorOf, isSlow, lastTimeMs, type Usual, usualOf } from '../../domain/laggard.ts';
import { eventDurationMs, type LifecycleEvent } from '../../domain/lifecycle-event.ts';
import type { EventTimes } from '../../domain/peers.ts';
import type { TargetSnapshot } from '../../domain/target.ts';
import { formatClock } from '../../lib/duration.ts';
import { dim, type Part, type Segment, segment, type Tone } from '../line.ts';
import type { Interval } from './runs.ts';

/** What events took, beside what they took on the other hosts and last time. */

export type Measures = {
	/** What each event took on the targets of this rollout; unset where there is only one. */
	readonly peers?: EventTimes | undefined;
	readonly history?: GroupHistory | undefined;
};

/**
 * One typical host of last time, laid beside a target from when that began: each event as long as it usually took, with
 * the usual pause in between.
 */
export function referenceIntervals(
	history: GroupHistory,
	target: TargetSnapshot,
	from: number,
): readonly Interval[] {
	let at = from;
	return target.events.flatMap(({ name }): Interval[] => {
		const took = history.events.get(name)?.medianMs;
		if (took === undefined) return [];
		const begin = at;
		const end = begin + took;
		at = end + (history.pauseMs ?? 0);
		return [{ event: { name, status: 'Succeeded', startedAt: begin, endedAt: end }, from: begin, to: end }];
	});
}

const noPeers: EventTimes = new Map();

type Comparison = {
	readonly event: LifecycleEvent;
	readonly tookMs: number;
	readonly peersMs: number | undefined;
	readonly lastMs: number | undefined;
	/** What it is measured by; undefined: nothing tells. */
	readonly usual: Usual | undefined;
	/** How many times what is usual. */
	readonly ratio: number | undefined;
	readonly isSlow: boolean;
};

/** The events that have begun on a target, in their order. `until`: up to when it is known. */
export function compareEvents(
	target: TargetSnapshot,
	{ peers, history }: Measures,
	until: number,
): readonly Comparison[] {
	return target.events.flatMap(event => {
		const tookMs = eventDurationMs(event, until);
		if (tookMs === undefined) return [];
		const peersMs = peers?.get(event.name)?.medianMs;
		const lastMs = lastTimeMs(history, target, event.name);
		const usual = usualOf(target, event, { peers: peers ?? noPeers, history });
		const ratio = usual && factorOf(tookMs, usual);
		const slow = usual !== undefined && isSlow(tookMs, usual);
		return [{ event, tookMs, peersMs, lastMs, usual, ratio, isSlow: slow }];
	});
}

/** Each event as a part of a line, those that say most kept longest: what failed or runs, what is slow, what takes long. */
export function comparisonParts(comparisons: readonly Comparison[], isNarrow: boolean): readonly Part[] {
	const longest = Math.max(1, ...comparisons.map(({ tookMs }) => tookMs));
	return comparisons.map(comparison => ({
		segments: isNarrow ? briefSegments(comparison) : comparisonSegments(comparison),
		keep: weightOf(comparison) + comparison.tookMs / longest,
	}));
}

const weightOf = ({ event: { status }, isSlow }: Comparison): number =>
	(status === 'Failed' ? 8 : status === 'InProgress' ? 4 : 0) + (isSlow ? 2 : 0);

/** `Install 0:42, peers 0:21, last time 0:20, 2.1×`. */
function comparisonSegments({
	event,
	tookMs,
	peersMs,
	lastMs,
	ratio,
	isSlow,
}: Comparison): readonly Segment[] {
	const measures = [
		peersMs === undefined ? '' : `, peers ${formatClock(peersMs)}`,
		lastMs === undefined ? '' : `, last time ${formatClock(lastMs)}`,
	].join('');
	const times =
		isSlow && ratio !== undefined ? [dim(', '), segment(`${formatRatio(ratio)}×`, 'attention')] : [];
	return [segment(event.name, toneOf(event)), segment(` ${formatClock(tookMs)}`), dim(measures), ...times];
}

/** Where there is no room for all of it, what is slow comes first: `Install 0:42, 2.1×, peers 0:20`. */
function briefSegments(comparison: Comparison): readonly Segment[] {
	const { event, tookMs, peersMs, lastMs, usual, ratio, isSlow } = comparison;
	const times =
		isSlow && ratio !== undefined ? [dim(', '), segment(`${formatRatio(ratio)}×`, 'attention')] : [];
	const peers = peersMs === undefined ? '' : `, peers ${formatClock(peersMs)}`;
	const last = lastMs === undefined ? '' : `, last time ${formatClock(lastMs)}`;
	const measure = usual?.than === 'peers' || last === '' ? peers : last;
	return [segment(event.name, toneOf(event)), segment(` ${formatClock(tookMs)}`), ...times, dim(measure)];
}

const toneOf = ({ status }: LifecycleEvent): Tone =>
	status === 'Failed' ? 'failed' : status === 'InProgress' ? 'running' : 'plain';

/** `2.1`, and `12` from ten on. */
const formatRatio = (ratio: number): string => (ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0));
