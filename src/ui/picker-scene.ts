import { memoOne } from '../lib/memo.ts';
import type { GroupName } from '../monitor/find-deployment.ts';
import type { PickerStore } from '../monitor/picker/engine.ts';
import type { PickerEvent, PickerState } from '../monitor/picker/state.ts';
import { selectPickerFrame } from '../view/picker/picker-frame.ts';
import { type PickerEffect, pastePicker, pressPicker } from '../view/picker/picker-keys.ts';
import { attachKeyboard } from './controller.ts';
import { createStage, type Picture, type Scene, type Stage } from './stage.ts';
import type { Terminal } from './terminal.tsx';
import { createWatchScene, type OpenedWatch, type WatchSceneParts } from './watch-scene.ts';

/** What the picker needs of the rest of the program to be looked at, and to watch what is chosen. */
export type PickerSceneParts = Omit<WatchSceneParts, 'store' | 'runner' | 'planner' | 'refresh' | 'leave'> & {
	readonly store: PickerStore;
	/** Asks AWS now. */
	refresh(): void;
	/** Begins to watch what a group does; undefined when it does nothing, or is not wanted any more. */
	open(group: GroupName): Promise<OpenedWatch | undefined>;
};

/** The picker, and the watch of what is chosen while that is open. */
export function createPickerStage(parts: PickerSceneParts, terminal: Terminal): Stage {
	const open = async (group: GroupName): Promise<void> => {
		const opened = await parts.open(group);
		if (!opened) return;
		const refresh = () => opened.engine.nudge();
		const leave = () => {
			scene.end();
			opened.leave();
			// What was chosen from is what it was when one left it.
			parts.refresh();
			stage.show(picker);
		};
		const scene = createWatchScene({ ...parts, ...opened, refresh, leave }, terminal);
		stage.show(scene);
	};
	const picker = createPickerScene(parts, terminal, group => void open(group));
	const stage = createStage(picker);
	return stage;
}

function createPickerScene(
	{ store, clock, refresh }: PickerSceneParts,
	terminal: Terminal,
	open: (group: GroupName) => void,
): Scene {
	const pictureOf = memoOne(
		(state: PickerState): Picture => ({
			lines: selectPickerFrame(state),
			...state.size,
		}),
	);
	const stopped = (said: string | undefined) => {
		if (said === undefined) return;
		store.dispatch({ type: 'notice.shown', tone: 'attention', text: said, at: clock.now() });
	};
	const carryOut = (effect: PickerEffect) => {
		switch (effect.type) {
			case 'quit':
				return terminal.quit();
			case 'suspend':
				return void terminal.stop().then(stopped);
			case 'refresh':
				return refresh();
			case 'open':
				return open(effect.group);
		}
	};
	return {
		controller: attachKeyboard({
			store,
			press: pressPicker,
			paste: pastePicker,
			carryOut,
			resized: (columns, rows): PickerEvent => ({ type: 'terminal.resized', columns, rows }),
		}),
		picture: () => pictureOf(store.getSnapshot()),
		subscribe: store.subscribe,
		wake: refresh,
		isAway: false,
		comeBack: () => Promise.resolve(),
	};
}
