import { type BlueGreenWait, blueGreenWait } from '../../domain/waits.ts';
import { formatTimeOfDay } from '../../lib/duration.ts';
import { displayWidth } from '../../lib/width.ts';
import type { AppState, Rollout } from '../../monitor/state.ts';
import { markOf } from '../glyphs.ts';
import { gap, type Segment, segment, type Tone } from '../line.ts';
import { firstFailureAt } from '../problem-lines.ts';
import { labelSegments } from '../time-labels.ts';
import { type Axis, cellInSight, cellOf, lastCellInSight } from './axis.ts';
import { lastEventEnd, rollbackStart } from './extent.ts';

/** Something that happened to the rollout as a whole. */
export type Moment = {
	readonly at: number;
	readonly glyph: string;
	readonly label: string;
	readonly tone: Tone;
};

/** The moments that matter, those that matter most first. */
export function selectMoments(state: AppState, rollout: Rollout): readonly Moment[] {
	const moment = (at: number | undefined, glyph: string, label: string, tone: Tone) =>
		at === undefined ? [] : [{ at, glyph, label, tone }];
	const deployment = rollout.deployment.data;
	const stopped = deployment?.status === 'Stopped' ? deployment.completedAt : undefined;
	return [
		...moment(firstFailureAt(rollout), '✗', 'first failure', 'failed'),
		...moment(rollbackStart(state, rollout), '↩', 'rollback starts', 'attention'),
		...moment(rollout.stopAskedAt, '■', 'stop asked for', 'attention'),
		...moment(stopped, markOf('Stopped').glyph, 'stopped', 'attention'),
	];
}

/** What the rollout as a whole waits for. */
export type Wait = {
	readonly what: BlueGreenWait;
	readonly words: readonly string[];
	readonly from: number;
};

/** The wait that goes on now. AWS does not tell since when: the last event that ended is the best guess. */
export function selectWait(rollout: Rollout): Wait | undefined {
	const deployment = rollout.deployment.data;
	const wait = deployment && blueGreenWait(deployment, rollout.targets.values());
	const from = wait && lastEventEnd(rollout.targets);
	if (!wait || from === undefined) return undefined;
	return { what: wait, words: [waitWords[wait], 'waits'], from };
}

/** What is waited for. */
export const waitWords: Readonly<Record<BlueGreenWait, string>> = {
	reroute: 'waits for you',
	terminate: 'waits to terminate',
};

/** A wait as a line from where it began up to now, with its time where there is room for it. */
export function waitSegments({ from }: Wait, axis: Axis, to: number): readonly Segment[] {
	const begin = Math.max(0, cellOf(axis, from));
	const end = Math.min(axis.columns, cellOf(axis, to) + 1);
	const room = end - begin;
	if (room <= 0) return [];
	const { glyph, tone } = markOf('Ready');
	const text = `${glyph} since ≈ ${formatTimeOfDay(from)} `;
	const shown = displayWidth(text) < room ? text : glyph;
	return [gap(begin), segment(shown + '╌'.repeat(room - displayWidth(shown)), tone)];
}

/** The moments in the window in one row, each with its time where there is room for it. */
export function momentSegments(moments: readonly Moment[], axis: Axis): readonly Segment[] {
	const labels = moments.flatMap(({ at, glyph, label, tone }) => {
		const x = lastCellInSight(axis, at) ?? cellInSight(axis, at);
		if (x === undefined) return [];
		return [{ x, texts: [`${glyph} ${label} ${formatTimeOfDay(at)}`, `${glyph} ${label}`, glyph], tone }];
	});
	return labelSegments(labels, axis.columns);
}
