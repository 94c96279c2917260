import { describe, expect, test, vi } from 'vitest';
import { type AppState, initialState } from '../../src/monitor/state.ts';
import { createStore } from '../../src/monitor/store.ts';
import { currentScreen, initialPager } from '../../src/monitor/ui-state.ts';
import { deployment, noon, rollbackId, session, watchedId } from './support/snapshots.ts';

/** A store whose frames come when they are told to. */
function createHandCranked() {
	const frames: (() => void)[] = [];
	const store = createStore(initialState(watchedId, session), flush => frames.push(flush));
	const listener = vi.fn();
	const unsubscribe = store.subscribe(listener);
	const frame = () => {
		for (const flush of frames.splice(0)) flush();
	};
	const tick = (seconds: number) => store.dispatch({ type: 'clock.ticked', now: noon + seconds * 1000 });
	return { store, frames, frame, listener, tick, unsubscribe };
}

test('a hundred events in one frame are one notification', () => {
	const { store, frames, frame, listener, tick } = createHandCranked();
	for (let second = 1; second <= 100; second += 1) tick(second);
	expect(frames).toHaveLength(1);
	expect(listener).not.toHaveBeenCalled();
	expect(store.getState().now).toBe(noon + 100_000);
	expect(store.getSnapshot().now).toBe(noon);
	frame();
	expect(listener).toHaveBeenCalledOnce();
	expect(store.getSnapshot()).toBe(store.getState());
});

test('what changes nothing asks for no frame', () => {
	const { store, frames, tick } = createHandCranked();
	tick(0);
	store.dispatch({ type: 'screen.closed' });
	expect(frames).toHaveLength(0);
});

test('a key does not wait for the frame, and the frame then has nothing to tell', () => {
	const { store, frame, listener, tick } = createHandCranked();
	tick(1);
	store.flush();
	expect(listener).toHaveBeenCalledOnce();
	frame();
	expect(listener).toHaveBeenCalledOnce();
	tick(2);
	frame();
	expect(listener).toHaveBeenCalledTimes(2);
});

test('an answer to a question of another scope is dropped', () => {
	const { store } = createHandCranked();
	const asked = store.getState().scope;
	store.dispatch({ type: 'scope.moved', deploymentId: rollbackId, way: 'goto' });
	store.dispatch({ type: 'scope.moved', deploymentId: watchedId, way: 'goto' });
	store.dispatch({ type: 'clock.ticked', now: noon + 1000 }, asked);
	expect(store.getState().now).toBe(noon);
	store.dispatch({ type: 'clock.ticked', now: noon + 1000 }, store.getState().scope);
	expect(store.getState().now).toBe(noon + 1000);
});

test('a listener may leave while it is being told', () => {
	const { store, frame, listener, tick } = createHandCranked();
	const leave = store.subscribe(() => leave());
	tick(1);
	frame();
	tick(2);
	frame();
	expect(listener).toHaveBeenCalledTimes(2);
});

test('a listener that dispatches gets another frame', () => {
	const { store, frame, tick } = createHandCranked();
	const leave = store.subscribe(() => {
		leave();
		tick(2);
	});
	tick(1);
	frame();
	expect(store.getSnapshot().now).toBe(noon + 1000);
	frame();
	expect(store.getSnapshot().now).toBe(noon + 2000);
});

test('after unsubscribing nothing is told', () => {
	const { frame, listener, tick, unsubscribe } = createHandCranked();
	unsubscribe();
	tick(1);
	frame();
	expect(listener).not.toHaveBeenCalled();
});

describe('where a frame of data is dear', () => {
	const createDear = () => {
		const frames: (() => void)[] = [];
		const paintedData: number[] = [];
		let isDear = true;
		const pace = {
			isDear: () => isDear,
			paint(work: () => void) {
				paintedData.push(frames.length);
				work();
			},
		};
		const store = createStore(initialState(watchedId, session), flush => frames.push(flush), pace);
		const learn = (application: string) =>
			store.dispatch({
				type: 'deployment.received',
				id: watchedId,
				deployment: deployment({ application }),
				at: noon,
			});
		const known = ({ rollouts }: AppState) => rollouts.get(watchedId)?.deployment.data?.application;
		return {
			store,
			learn,
			frame: () => {
				for (const flush of frames.splice(0)) flush();
			},
			painted: () => known(store.getSnapshot()),
			seen: () => known(store.getSeen()),
			cheapen: () => {
				isDear = false;
			},
			paintedData,
		};
	};
	const help = { type: 'screen.opened', screen: { type: 'help', pager: initialPager } } as const;

	test('a key is painted over what was there, and acts on it; the next frame brings what has come since', () => {
		const { store, learn, frame, painted, seen } = createDear();
		learn('before');
		frame();
		learn('after');
		store.dispatch(help);
		expect(seen()).toBe('before');
		store.flush();
		expect(painted()).toBe('before');
		expect(currentScreen(store.getSnapshot().ui).type).toBe('help');
		frame();
		expect(painted()).toBe('after');
		expect(store.getSnapshot()).toBe(store.getState());
	});

	test('a frame that has become cheap again is painted with all of it', () => {
		const { store, learn, frame, painted, cheapen } = createDear();
		learn('before');
		frame();
		learn('after');
		cheapen();
		store.flush();
		expect(painted()).toBe('after');
	});

	test('keys that change nothing paint nothing', () => {
		const { store, learn, frame } = createDear();
		learn('before');
		frame();
		learn('after');
		store.dispatch(help);
		store.flush();
		const listener = vi.fn();
		store.subscribe(listener);
		const seen = store.getSeen();
		store.flush();
		expect(store.getSeen()).toBe(seen);
		expect(listener).not.toHaveBeenCalled();
	});

	test('only new data tells what it takes, whether a frame or a key paints it', () => {
		const { store, learn, frame, cheapen, paintedData } = createDear();
		store.dispatch(help);
		store.flush();
		frame();
		expect(paintedData).toHaveLength(0);
		learn('by a frame');
		frame();
		expect(paintedData).toHaveLength(1);
		cheapen();
		learn('by a key');
		store.flush();
		expect(paintedData).toHaveLength(2);
		frame();
		expect(paintedData).toHaveLength(2);
	});

	test('who goes elsewhere sees what is known there', () => {
		const { store } = createDear();
		store.dispatch({ type: 'scope.moved', deploymentId: rollbackId, way: 'goto' });
		store.flush();
		expect(store.getSnapshot()).toBe(store.getState());
	});
});
