import { eventDurationMs, type LifecycleEvent } from '../domain/lifecycle-event.ts';
import { medianEventDurations } from '../domain/peers.ts';
import { currentEvent, type TargetSnapshot } from '../domain/target.ts';
import { formatClock, formatTimeOfDay } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import { fitEnd, fitStart } from '../lib/width.ts';
import type { AppState, Rollout, Targets } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { markOf } from './glyphs.ts';
import { cell, dim, gap, type Line, line, segment, spread } from './line.ts';
import { keepInSight } from './target-list.ts';

type TargetScreen = Extract<Screen, { type: 'target' }>;

const selectMedians = memoOne((targets: Targets) => medianEventDurations(targets.values()));

/** The event under the cursor: the one chosen, else the one worth looking at. */
export const selectedEvent = (target: TargetSnapshot, screen: TargetScreen): string | undefined =>
	screen.event ?? currentEvent(target)?.name ?? target.events[0]?.name;

/** The lifecycle events of a target beside what they took on its peers; where not all fit, those around the cursor. */
export function eventTable(
	state: AppState,
	rollout: Rollout,
	target: TargetSnapshot,
	screen: TargetScreen,
	rows: number,
): readonly Line[] {
	const history = rollout.history.data;
	const columns = columnsFor(state.ui.size.columns, (history?.events.size ?? 0) > 0);
	// Alone it has no peers: its own times beside its own times would say nothing.
	const medians = rollout.targets.size > 1 ? selectMedians(rollout.targets) : undefined;
	const selected = selectedEvent(target, screen);
	const { events } = target;
	const cursor = Math.max(
		0,
		events.findIndex(({ name }) => name === selected),
	);
	// A row of what comes after the cursor says more than one more of what went well before it.
	const top = keepInSight(0, Math.min(cursor + 1, events.length - 1), events.length, rows);
	const shown = events.slice(top, top + rows);
	const isCut = shown.length > 0 && shown.length < events.length;
	const place = isCut ? `${top + 1}-${top + shown.length} of ${events.length}` : '';
	return [
		headLine(columns, place, state.ui.size.columns),
		...shown.map(event =>
			eventLine(event, {
				columns,
				now: state.now,
				peers: medians?.get(event.name),
				last: history?.perTarget.get(target.id)?.get(event.name) ?? history?.events.get(event.name)?.medianMs,
				selected: event.name === selected,
			}),
		),
	];
}

/** Widths in cells, air included; 0: the column is left out. */
type Columns = {
	readonly name: number;
	readonly status: number;
	readonly started: number;
	readonly took: number;
	readonly peers: number;
	/** What it took last time. */
	readonly last: number;
};

function columnsFor(width: number, hasHistory: boolean): Columns {
	return {
		name: width < 70 ? 19 : 24,
		status: 11,
		started: width < 50 ? 0 : 10,
		took: width < 50 ? 6 : 7,
		peers: width < 60 ? 0 : 8,
		last: hasHistory && width >= 68 ? 8 : 0,
	};
}

function headLine({ name, status, started, took, peers, last }: Columns, place: string, width: number): Line {
	const heads = [
		gap(2),
		dim(fitEnd('EVENT', name)),
		dim(fitEnd('STATUS', status)),
		dim(fitEnd('STARTED', started)),
		dim(fitStart('TOOK', took)),
		dim(fitStart('PEERS', peers)),
		dim(fitStart('LAST', last)),
	];
	return spread(heads, place === '' ? [] : [dim(place)], width);
}

type EventLook = {
	readonly columns: Columns;
	readonly now: number;
	readonly peers: number | undefined;
	readonly last: number | undefined;
	readonly selected: boolean;
};

function eventLine(event: LifecycleEvent, { columns, now, peers, last, selected }: EventLook): Line {
	const mark = markOf(event.status);
	const took = eventDurationMs(event, now);
	const quiet = event.status === 'Pending' || event.status === 'Skipped';
	const started = event.startedAt === undefined ? '' : formatTimeOfDay(event.startedAt);
	const built = line(
		gap(1),
		segment(`${mark.glyph} `, mark.tone),
		cell(event.name, columns.name - 1, quiet ? 'dim' : 'plain', event.status === 'Failed'),
		gap(1),
		cell(event.status, columns.status, mark.tone),
		dim(fitEnd(started, columns.started)),
		segment(fitStart(took === undefined ? '' : formatClock(took), columns.took)),
		dim(fitStart(peers === undefined ? '' : formatClock(peers), columns.peers)),
		dim(fitStart(last === undefined ? '' : formatClock(last), columns.last)),
	);
	return { ...built, selected };
}
