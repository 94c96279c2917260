import type { Planner } from '../actions/planner.ts';
import type { ActionRunner } from '../actions/runner.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { selectAnnouncements } from '../view/announce.ts';
import { selectFrame } from '../view/frame.ts';
import type { Intent } from '../view/keys/intent.ts';
import { selectSpoken } from '../view/linear/spoken.ts';
import { selectOutside } from '../view/outside.ts';
import { follow } from '../view/press.ts';
import { createController, type Effects } from './controller.ts';
import { narrate } from './narrate.ts';
import { ringNews } from './ring-news.ts';
import { createShellProgram, type ShellProgram } from './run-shell.ts';
import { createShell, type ShellParts } from './shell.ts';
import type { Picture, Scene } from './stage.ts';
import type { Terminal } from './terminal.tsx';
import { type ReportParts, writeReport } from './write-report.ts';

/** What the watch of a deployment needs of the rest of the program to be looked at and acted on. */
export type WatchSceneParts = ReportParts &
	Pick<ShellParts, 'yieldInterrupts'> & {
		readonly runner: ActionRunner;
		readonly planner: Planner;
		/** Asks AWS now. */
		readonly refresh: () => void;
		/** Out of the watch, to where it was opened from. */
		readonly leave?: () => void;
		readonly shellProgram?: ShellProgram;
	};

/** A watch that another scene has opened. */
export type OpenedWatch = {
	readonly store: Store;
	readonly engine: { nudge(): void };
	readonly runner: ActionRunner;
	readonly planner: Planner;
	leave(): void;
};

/** The watch of one deployment on a terminal. */
export type WatchScene = Scene & {
	/** Does what a key would do that stands for `intent`. */
	follow(intent: Intent): void;
	/** It is not looked at any more, and never will be again. */
	end(): void;
};

export function createWatchScene(parts: WatchSceneParts, terminal: Terminal): WatchScene {
	const { store, clock, runner, planner } = parts;
	const shell = createShell({
		...parts,
		...terminal,
		run: parts.shellProgram ?? createShellProgram({ ...terminal, clock }),
	});
	const notice = (text: string, tone: 'info' | 'attention') => {
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
	};
	const effects: Effects = {
		quit: terminal.quit,
		suspend: () => void terminal.stop().then(said => said === undefined || notice(said, 'attention')),
		leave: () => parts.leave?.(),
		writeReport: deploymentId => writeReport(parts, deploymentId),
		openShell: targetId => void shell.open(targetId),
		refresh: parts.refresh,
		perform: (request, seenStatus) => void runner.perform(request, seenStatus),
		plan: request => void planner.plan(request),
		copy: (text, what) => void terminal.copy(text, what).then(({ said, tone }) => notice(said, tone)),
		browse: url => void terminal.browse(url).then(said => notice(said, 'info')),
	};
	const stopRinging = ringNews(store, selectAnnouncements, terminal.ring);
	const controller = createController(store, effects, () => shell.isOpen);
	const pictureOf = memoOne((state: AppState): Picture => {
		const { columns, rows } = state.ui.size;
		return { lines: selectFrame(state), columns, rows };
	});
	return {
		controller,
		picture: () => pictureOf(store.getSnapshot()),
		subscribe: store.subscribe,
		outside: () => selectOutside(store.getSnapshot()),
		narrate: say => narrate(store, selectSpoken, say),
		wake: parts.refresh,
		get isAway() {
			return shell.isOpen;
		},
		comeBack: () => shell.end(),
		follow: intent => controller.apply(follow(store.getSeen(), intent)),
		end: stopRinging,
	};
}
