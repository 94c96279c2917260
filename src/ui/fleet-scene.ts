import type { DeploymentId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import { memoOne } from '../lib/memo.ts';
import type { FleetEvent } from '../monitor/fleet/events.ts';
import type { ContextLabel, FleetState } from '../monitor/fleet/state.ts';
import type { FleetStore } from '../monitor/fleet/store.ts';
import { selectFleetAnnouncements } from '../view/fleet/fleet-announce.ts';
import { selectFleetFrame } from '../view/fleet/fleet-frame.ts';
import type { FleetEffect } from '../view/fleet/fleet-outcome.ts';
import { selectFleetOutside } from '../view/fleet/fleet-outside.ts';
import { pasteFleet, pressFleet } from '../view/fleet/fleet-press.ts';
import { selectFleetSpoken } from '../view/fleet/fleet-spoken.ts';
import { attachKeyboard } from './controller.ts';
import { narrate } from './narrate.ts';
import { ringNews } from './ring-news.ts';
import { createStage, type Picture, type Scene, type Stage } from './stage.ts';
import type { Terminal } from './terminal.tsx';
import { createWatchScene, type OpenedWatch, type WatchSceneParts } from './watch-scene.ts';

/** What the fleet needs of the rest of the program to be looked at, and to open what is in it. */
export type FleetSceneParts = Omit<WatchSceneParts, 'store' | 'runner' | 'planner' | 'refresh' | 'leave'> & {
	readonly store: FleetStore;
	readonly clock: Clock;
	/** Asks AWS now. */
	refresh(): void;
	open(context: ContextLabel, id: DeploymentId): OpenedWatch;
};

/** The fleet, and the watch of one of its deployments while that is open: the fleet goes on behind it. */
export function createFleetStage(parts: FleetSceneParts, terminal: Terminal): Stage {
	const { store } = parts;
	ringNews(store, selectFleetAnnouncements, terminal.ring);
	const fleet = createFleetScene(parts, terminal, effect => open(effect));
	const stage = createStage(fleet);

	const open = ({ context, deploymentId, intent }: Extract<FleetEffect, { type: 'open' }>) => {
		const opened = parts.open(context, deploymentId);
		const refresh = () => opened.engine.nudge();
		const leave = () => {
			scene.end();
			opened.leave();
			stage.show(fleet);
		};
		const scene = createWatchScene({ ...parts, ...opened, refresh, leave }, terminal);
		stage.show(scene);
		if (intent) scene.follow(intent);
	};
	return stage;
}

function createFleetScene(
	{ store, clock, refresh }: FleetSceneParts,
	terminal: Terminal,
	open: (effect: Extract<FleetEffect, { type: 'open' }>) => void,
): Scene {
	const notice = (text: string, tone: 'info' | 'attention') => {
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
	};
	const pictureOf = memoOne((state: FleetState): Picture => {
		const { columns, rows } = state.ui.size;
		return { lines: selectFleetFrame(state), columns, rows };
	});
	return {
		controller: attachKeyboard({
			store,
			press: pressFleet,
			paste: pasteFleet,
			carryOut: effect => {
				switch (effect.type) {
					case 'quit':
						return terminal.quit();
					case 'suspend':
						return void terminal.stop().then(said => said === undefined || notice(said, 'attention'));
					case 'refresh':
						return refresh();
					case 'copy':
						return void terminal.copy(effect.text, effect.what).then(({ said, tone }) => notice(said, tone));
					case 'browse':
						return void terminal.browse(effect.url).then(said => notice(said, 'info'));
					case 'open':
						return open(effect);
				}
			},
			resized: (columns, rows): FleetEvent => ({ type: 'terminal.resized', columns, rows }),
		}),
		picture: () => pictureOf(store.getSnapshot()),
		subscribe: store.subscribe,
		outside: () => selectFleetOutside(store.getSnapshot()),
		narrate: say => narrate(store, selectFleetSpoken, say),
		wake: refresh,
		isAway: false,
		comeBack: () => Promise.resolve(),
	};
}
