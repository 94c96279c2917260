import type { AlarmSnapshot, AlarmState, AlarmTransition } from '../../domain/alarm.ts';
import { lookup } from '../../lib/lookup.ts';
import type { Rollout } from '../../monitor/state.ts';
import { type RolloutAlarm, selectAlarms } from '../alarm-strip.ts';
import { markOf } from '../glyphs.ts';
import { joinRuns, type Segment, segment } from '../line.ts';
import { type Axis, cellOf, type Extent } from './axis.ts';

/** The states of the alarms over time, each change marked where it happened. */

export type AlarmLane = {
	readonly name: string;
	readonly alarm: AlarmSnapshot;
	/** What is known to have changed, the oldest first. */
	readonly transitions: readonly AlarmTransition[];
};

/** The alarms that fire or have changed their state since the rollout began, those that fire first. */
export function selectAlarmLanes(rollout: Rollout, { from }: Extent): readonly AlarmLane[] {
	return selectAlarms(rollout)
		.flatMap(entry => laneOf(rollout, entry))
		.filter(({ alarm, transitions }) => alarm.state === 'ALARM' || transitions.some(({ at }) => at >= from));
}

/** Where the history of an alarm is not known, its latest change still is, though not what it changed from. */
function laneOf(rollout: Rollout, { name, alarm }: RolloutAlarm): readonly AlarmLane[] {
	if (!alarm) return [];
	const told = rollout.plots.get(name)?.data?.transitions ?? [];
	const transitions = told.toSorted((a, b) => a.at - b.at);
	const last = transitions.at(-1);
	const latest = alarm.stateChangedAt;
	if (latest !== undefined && latest > (last?.at ?? -Infinity) && last?.to !== alarm.state) {
		transitions.push({ at: latest, from: last?.to ?? unknownState, to: alarm.state });
	}
	return [{ name, alarm, transitions }];
}

const unknownState: AlarmState = 'unknown';

const bodies: Readonly<Record<string, string>> = { OK: '─', ALARM: '━', INSUFFICIENT_DATA: '╌' };

/** The lane of one alarm up to `until`: its states as lines, its changes as marks. */
export function alarmSegments(
	{ transitions, alarm }: AlarmLane,
	axis: Axis,
	until: number,
): readonly Segment[] {
	const marked = new Map<number, AlarmState>();
	const stateFrom = new Map<number, AlarmState>();
	for (const { at, to } of transitions) {
		const cell = cellOf(axis, at);
		stateFrom.set(cell, to);
		// Of several changes in one cell that to ALARM is told.
		if (marked.get(cell) !== 'ALARM') marked.set(cell, to);
	}
	const before = transitions.findLast(({ at }) => at < axis.from);
	let state: AlarmState = before?.to ?? transitions[0]?.from ?? alarm.state;
	const end = Math.max(0, Math.min(axis.columns, cellOf(axis, until) + 1));
	const cells = Array.from({ length: end }, (_, cell): Segment => {
		state = stateFrom.get(cell) ?? state;
		const change = marked.get(cell);
		if (change !== undefined) return segment(markOf(change).glyph, markOf(change).tone);
		return segment(lookup(bodies, state) ?? ' ', state === 'ALARM' ? 'attention' : 'dim');
	});
	return joinRuns(cells);
}
