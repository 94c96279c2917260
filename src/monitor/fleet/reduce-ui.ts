import { initialPager, type PagerState } from '../ui-state.ts';
import type { FleetUiEvent } from './events.ts';
import type { FleetList, FleetScreen, FleetUi } from './ui-state.ts';

/** Applies what the user did on the fleet screen. Pure. */
export function reduceFleetUi(ui: FleetUi, event: FleetUiEvent): FleetUi {
	const { prompt } = ui;
	switch (event.type) {
		case 'terminal.resized':
			return { ...ui, size: { columns: event.columns, rows: event.rows } };
		case 'screen.opened':
			return { ...ui, screens: [...ui.screens, event.screen] };
		case 'screen.closed': {
			const [first, ...rest] = ui.screens;
			return rest.length === 0 ? ui : { ...ui, screens: [first, ...rest.slice(0, -1)] };
		}
		case 'pager.changed':
			return changePager(ui, event.pager);
		case 'row.chosen':
			return changeList(ui, { cursor: event.row, top: event.top });
		case 'list.changed':
			return changeList(ui, event.change);
		case 'prompt.opened':
			return { ...ui, prompt: { purpose: event.purpose, text: event.text, before: event.text } };
		case 'prompt.edited':
			return prompt
				? { ...ui, prompt: { purpose: prompt.purpose, before: prompt.before, text: event.text } }
				: ui;
		case 'prompt.refused':
			return prompt ? { ...ui, prompt: { ...prompt, problem: event.problem } } : ui;
		case 'prompt.closed': {
			const { prompt: _gone, ...rest } = ui;
			return rest;
		}
		case 'notice.shown':
			return { ...ui, notice: { text: event.text, tone: event.tone, at: event.at } };
	}
}

const changeList = (ui: FleetUi, change: Partial<FleetList>): FleetUi => ({
	...ui,
	list: { ...ui.list, ...change },
});

function changePager(ui: FleetUi, change: Partial<PagerState>): FleetUi {
	const [first, ...rest] = ui.screens;
	const shown = rest.at(-1);
	if (!shown || !('pager' in shown)) return ui;
	const changed: FleetScreen = { ...shown, pager: { ...initialPager, ...shown.pager, ...change } };
	return { ...ui, screens: [first, ...rest.slice(0, -1), changed] };
}

/** The screen that is shown. */
export const currentFleetScreen = (ui: FleetUi): FleetScreen => ui.screens.at(-1) ?? ui.screens[0];
