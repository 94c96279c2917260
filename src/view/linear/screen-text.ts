import { type AppState, watchedRollout } from '../../monitor/state.ts';
import { currentScreen } from '../../monitor/ui-state.ts';
import { selectAlarms } from '../alarm-strip.ts';
import { selectBody, selectPaged } from '../frame.ts';
import { markOf } from '../glyphs.ts';
import { keyHint } from '../keys/hint.ts';
import { plainLines } from './plain-lines.ts';

/** Lines of a screen that are read out at a time; keys page on. */
const readRows = 40;

/** The words of the screen that is open, as far as it is in sight. */
export function screenText(state: AppState): readonly string[] {
	const rollout = watchedRollout(state);
	switch (currentScreen(state.ui).type) {
		case 'timeline':
			return [
				`Timeline: a picture without words. ${keyHint(state, 'logs')} reads logs, ${keyHint(state, 'diagnosis')} why it failed, ${keyHint(state, 'back')} goes back.`,
			];
		case 'alarms':
			return ['Alarms', ...alarmWords(state)];
		default: {
			const { confirmation: _asked, ...ui } = state.ui;
			return plainLines(selectBody({ ...state, ui }, rollout, Math.min(readRows, state.ui.size.rows)));
		}
	}
}

/** What has come into sight by paging through a text; undefined when it stands where it stood, or is no text. */
export function pagedText(before: AppState, after: AppState): readonly string[] | undefined {
	const was = selectPaged(before);
	const is = selectPaged(after);
	if (!was || !is || was.top === is.top) return undefined;
	if (was.layout.lines.length !== is.layout.lines.length) return undefined;
	const [from, to] = [is.top, is.top + is.window];
	const seen = [was.top, was.top + was.window] as const;
	return plainLines(is.layout.lines.slice(from, to).filter((_, index) => !isWithin(from + index, seen)));
}

const isWithin = (index: number, [from, to]: readonly [number, number]): boolean =>
	index >= from && index < to;

function alarmWords(state: AppState): readonly string[] {
	const alarms = selectAlarms(watchedRollout(state));
	if (alarms.length === 0) return ['no alarm can stop this rollout'];
	return alarms.map(({ name, alarm }) =>
		alarm ? `${markOf(alarm.state).glyph} ${alarm.state} ${name}: ${alarm.reason}` : `? ${name}`,
	);
}
