import type { TargetSnapshot } from '../../domain/target.ts';
import type { AppEvent } from '../../monitor/events.ts';
import { type AppState, watchedRollout } from '../../monitor/state.ts';
import { type LaneOrder, listOf } from '../../monitor/ui-state.ts';
import { bodyHeight, selectWatchedList } from '../frame.ts';
import { keyHint } from '../keys/hint.ts';
import type { Intent } from '../keys/intent.ts';
import { destination } from '../move-cursor.ts';
import { happened, type Outcome } from '../outcome.ts';
import { keepInSight } from '../target-list.ts';
import { scrolled, scrolledToEnd, scrolledToStart, type Zoom, zoomed } from './axis.ts';
import { knownUntil } from './extent.ts';
import { spanOf } from './runs.ts';
import type { Timeline, TimelineScreen } from './timeline.ts';
import { selectTimeline } from './timeline-screen.ts';

/** What keys do on the timeline beyond what they do on every screen; undefined for all others. */
export function moveInTimeline(state: AppState, screen: TimelineScreen, intent: Intent): Outcome | undefined {
	const rollout = watchedRollout(state);
	const timeline = selectTimeline(state, rollout, screen, bodyHeight(state.ui.size.rows));
	const { lanes, cursor, rows } = timeline;
	switch (intent) {
		case 'zoom.in':
		case 'zoom.out':
			return show(
				screen,
				zoomed(timeline.extent, screen, intent === 'zoom.in' ? 'in' : 'out', laneEnd(state, timeline)),
			);
		case 'scroll.left':
		case 'scroll.right':
		case 'scroll.start':
		case 'scroll.end':
			return scroll(state, screen, timeline, intent);
		case 'sort':
			return happened({ type: 'screen.replaced', screen: { ...screen, order: nextOrder(screen.order) } });
		case 'failed.next':
		case 'failed.previous':
			return stepFailed(state, screen, timeline, intent === 'failed.next' ? 1 : -1);
		default: {
			const from = cursor ? lanes.targets.indexOf(cursor) : 0;
			const to = destination(intent, from, lanes.targets.length, rows);
			const target = to === undefined ? undefined : lanes.targets[to];
			return target && happened(...moveTo(state, screen, timeline, target));
		}
	}
}

/** Where the lane under the cursor ends: zooming in shows more of what happened there. */
function laneEnd(state: AppState, { cursor, extent }: Timeline): number {
	if (!cursor) return extent.to;
	const until = knownUntil(watchedRollout(state), cursor, extent);
	return spanOf(cursor.events, until, extent)?.to ?? extent.to;
}

const show = ({ type, top, order }: TimelineScreen, zoom: Zoom): Outcome =>
	happened({ type: 'screen.replaced', screen: { type, top, order, ...zoom } });

type Scroll = Extract<Intent, `scroll.${string}`>;

function scroll(state: AppState, screen: TimelineScreen, { extent }: Timeline, intent: Scroll): Outcome {
	if (screen.spanMs === undefined) {
		const text = `all of the time is on the screen: ${keyHint(state, 'zoom.in')} zooms in`;
		return happened({ type: 'notice.shown', tone: 'info', text, at: state.now });
	}
	switch (intent) {
		case 'scroll.left':
			return show(screen, scrolled(extent, screen, -1));
		case 'scroll.right':
			return show(screen, scrolled(extent, screen, 1));
		case 'scroll.start':
			return show(screen, scrolledToStart(extent, screen));
		case 'scroll.end':
			return show(screen, scrolledToEnd(screen));
	}
}

const orders = ['start', 'state', 'duration'] as const;

const nextOrder = (order: LaneOrder): LaneOrder =>
	orders[(orders.indexOf(order) + 1) % orders.length] ?? 'start';

/** The cursor is the list's: both have it on the same target, each where it stands in its own order. */
function moveTo(
	state: AppState,
	screen: TimelineScreen,
	{ lanes, top, rows }: Timeline,
	target: TargetSnapshot,
): readonly AppEvent[] {
	const list = selectWatchedList(state);
	const listTop = keepInSight(list.top, list.targets.indexOf(target), list.targets.length, list.rows);
	const laneTop = keepInSight(top, lanes.rowOf.get(target.id) ?? 0, lanes.rows.length, rows);
	return [
		{ type: 'cursor.moved', targetId: target.id, top: listTop },
		{ type: 'screen.replaced', screen: { ...screen, top: laneTop } },
	];
}

/** To the next or previous failed target in the order of the lanes, around their ends. */
function stepFailed(state: AppState, screen: TimelineScreen, timeline: Timeline, by: 1 | -1): Outcome {
	const { targets } = timeline.lanes;
	const here = timeline.cursor ? targets.indexOf(timeline.cursor) : -1;
	// Until the user has moved, the cursor rests without having been put there: start with that one.
	const isUntouched = listOf(state.ui, watchedRollout(state).id).cursor === undefined;
	const from = isUntouched && by > 0 ? here - 1 : here;
	for (let step = 1; step <= targets.length; step++) {
		const target = targets[(from + by * step + targets.length * 2) % targets.length];
		if (target?.status === 'Failed') return happened(...moveTo(state, screen, timeline, target));
	}
	return happened({ type: 'notice.shown', tone: 'info', text: 'no target has failed', at: state.now });
}

/** Opens the timeline, from the screen of a target with the cursor on its lane. */
export function openTimeline(state: AppState, targetId: TargetSnapshot['id'] | undefined): Outcome {
	const opened: AppEvent = { type: 'screen.opened', screen: { type: 'timeline', top: 0, order: 'start' } };
	const list = selectWatchedList(state);
	const index = list.targets.findIndex(({ id }) => id === targetId);
	if (targetId === undefined || index < 0) return happened(opened);
	const top = keepInSight(list.top, index, list.targets.length, list.rows);
	return happened({ type: 'cursor.moved', targetId, top }, opened);
}
