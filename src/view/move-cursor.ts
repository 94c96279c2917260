import type { AppEvent } from '../monitor/events.ts';
import { type AppState, watchedRollout } from '../monitor/state.ts';
import { currentScreen, listOf, type Screen } from '../monitor/ui-state.ts';
import { selectAlarms } from './alarm-strip.ts';
import { cursorIndex } from './alarms-screen.ts';
import { selectedEvent } from './event-table.ts';
import { bodyHeight, selectWatchedList } from './frame.ts';
import { moveInHistory } from './history/history-screen.ts';
import type { Intent } from './keys/intent.ts';
import { happened, type Outcome } from './outcome.ts';
import { keepInSight, selectTargets } from './target-list.ts';
import { moveInTimeline } from './timeline/move-in-timeline.ts';

/** Where a movement leads in a list of `count` rows, `page` of which are visible. */
export function destination(intent: Intent, from: number, count: number, page: number): number | undefined {
	const to = movement(intent, from, count, page);
	return to === undefined ? undefined : Math.min(Math.max(0, to), count - 1);
}

function movement(intent: Intent, from: number, count: number, page: number): number | undefined {
	switch (intent) {
		case 'cursor.down':
			return from + 1;
		case 'cursor.up':
			return from - 1;
		case 'cursor.top':
			return 0;
		case 'cursor.bottom':
			return count - 1;
		case 'page.down':
			return from + page;
		case 'page.up':
			return from - page;
		case 'half.down':
			return from + Math.ceil(page / 2);
		case 'half.up':
			return from - Math.ceil(page / 2);
		default:
			return undefined;
	}
}

/** Moves the cursor of the screen that is shown: over targets, events, alarms or lanes. */
export function moveCursor(state: AppState, intent: Intent): Outcome | undefined {
	const screen = currentScreen(state.ui);
	switch (screen.type) {
		case 'deployment':
			return moveInList(state, intent);
		case 'target':
			return moveInEvents(state, screen, intent);
		case 'alarms':
			return moveInAlarms(state, screen, intent);
		case 'history':
			return moveInHistory(state, screen, intent, bodyHeight(state.ui.size.rows));
		case 'timeline':
			return moveInTimeline(state, screen, intent);
		default:
			return undefined;
	}
}

function moveInList(state: AppState, intent: Intent): Outcome | undefined {
	const { targets, cursor, top, rows } = selectWatchedList(state);
	const to = destination(intent, cursor, targets.length, rows);
	const target = to === undefined ? undefined : targets[to];
	if (to === undefined || !target) return undefined;
	return happened(cursorMoved(target.id, keepInSight(top, to, targets.length, rows)));
}

const cursorMoved = (
	targetId: Extract<AppEvent, { type: 'cursor.moved' }>['targetId'],
	top: number,
): AppEvent => ({ type: 'cursor.moved', targetId, top });

function moveInEvents(
	state: AppState,
	screen: Extract<Screen, { type: 'target' }>,
	intent: Intent,
): Outcome | undefined {
	const target = watchedRollout(state).targets.get(screen.targetId);
	if (!target) return undefined;
	const current = selectedEvent(target, screen);
	const from = target.events.findIndex(event => event.name === current);
	const to = destination(intent, from, target.events.length, 5);
	const event = to === undefined ? undefined : target.events[to];
	return event && happened({ type: 'screen.replaced', screen: { ...screen, event: event.name } });
}

/** Eight halvings show seconds of an hour: more would only show gaps. */
const maxZoom = 8;

function moveInAlarms(
	state: AppState,
	screen: Extract<Screen, { type: 'alarms' }>,
	intent: Intent,
): Outcome | undefined {
	if (intent === 'zoom.in' || intent === 'zoom.out') {
		const zoom = Math.min(maxZoom, Math.max(0, screen.zoom + (intent === 'zoom.in' ? 1 : -1)));
		return happened({ type: 'screen.replaced', screen: { ...screen, zoom } });
	}
	const alarms = selectAlarms(watchedRollout(state));
	const to = destination(intent, cursorIndex(alarms, screen), alarms.length, 5);
	const alarm = to === undefined ? undefined : alarms[to];
	return alarm && happened({ type: 'screen.replaced', screen: { ...screen, cursor: alarm.name } });
}

/** To the next or previous failed target in the list's order, around its ends; on the target screen, that screen follows. */
export function stepFailed(state: AppState, by: 1 | -1): Outcome {
	const screen = currentScreen(state.ui);
	const rollout = watchedRollout(state);
	const list = selectWatchedList(state);
	const targets = selectTargets(rollout, listOf(state.ui, rollout.id), state.rollouts);
	const here = screen.type === 'target' ? targets.findIndex(({ id }) => id === screen.targetId) : list.cursor;
	// Until the user has moved, the cursor rests on the top row without having been put there: start with that one.
	const untouched = screen.type === 'deployment' && listOf(state.ui, rollout.id).cursor === undefined;
	const from = untouched && by > 0 ? -1 : here;
	for (let step = 1; step <= targets.length; step++) {
		const index = (from + by * step + targets.length * 2) % targets.length;
		const target = targets[index];
		if (target?.status !== 'Failed') continue;
		const top = keepInSight(list.top, index, targets.length, list.rows);
		const events = [cursorMoved(target.id, top)];
		if (screen.type === 'target') {
			events.push({ type: 'screen.replaced', screen: { type: 'target', targetId: target.id } });
		}
		return happened(...events);
	}
	return happened({ type: 'notice.shown', tone: 'info', text: 'no target has failed', at: state.now });
}
