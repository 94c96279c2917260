import { expect, test } from 'vitest';
import { createStore } from '../../src/monitor/store.ts';
import { createController, type Effects } from '../../src/ui/controller.ts';
import { running } from '../view/support/stories.ts';

function open(state = running({ session: { protectedPatterns: [] } })) {
	const told: string[] = [];
	const tell =
		(what: string) =>
		(...args: readonly unknown[]) => {
			told.push([what, ...args.map(arg => JSON.stringify(arg))].join(' '));
		};
	const effects: Effects = {
		quit: tell('quit'),
		suspend: tell('suspend'),
		leave: tell('leave'),
		refresh: tell('refresh'),
		copy: tell('copy'),
		browse: tell('browse'),
		writeReport: tell('writeReport'),
		openShell: tell('openShell'),
		perform: tell('perform'),
		plan: tell('plan'),
	};
	const store = createStore(state, () => {});
	let painted = 0;
	store.subscribe(() => {
		painted += 1;
	});
	return { controller: createController(store, effects), store, told, painted: () => painted };
}

test('every key of a burst acts on what the key before it has left, and one paint shows all', () => {
	const { controller, store, painted } = open();
	controller.press(['/', 'q', 'esc', 'f', 'o']);
	const list = store.getState().ui.lists.get(store.getState().scope.deploymentId);
	expect(list).toMatchObject({ filter: '', show: 'failed', sort: 'time' });
	expect(painted()).toBe(1);
});

test('Enter and q in one burst open a target, and quit', () => {
	const { controller, store, told } = open();
	controller.press(['enter', 'q']);
	expect(store.getState().ui.screens).toHaveLength(2);
	expect(told).toEqual(['quit']);
});

test('s, y, y in one burst performs once', () => {
	const { controller, told } = open();
	controller.press(['s', 'y', 'y']);
	expect(told).toEqual([
		'perform {"action":"stop","deploymentId":"d-9FG52BI40","rollBack":false} "InProgress"',
	]);
});

test('effects reach those who carry them out', () => {
	const { controller, told } = open();
	controller.press(['R', 'y', 'O']);
	expect(told[0]).toBe('refresh');
	expect(told[1]).toMatch(/^copy "i-0/);
	expect(told[2]).toMatch(/^browse "https:/);
});

test('Esc on the first screen leaves the watch, and takes nothing that is typed behind it', () => {
	const { controller, told } = open();
	controller.press(['esc']);
	expect(told).toEqual(['leave']);
	const left = () => told.length < 2;
	expect(controller.press(['i', 'esc', 'esc', 'q'], left)).toBe(3);
	expect(told).toEqual(['leave', 'leave']);
});

test('a paste enters fields only', () => {
	const { controller, store, told } = open();
	controller.paste('qsy');
	expect(store.getState().ui.screens).toHaveLength(1);
	controller.press(['/']);
	controller.paste('qsy');
	expect(store.getState().ui.prompt?.text).toBe('qsy');
	expect(told).toEqual([]);
});

test('a resize is painted at once', () => {
	const { controller, store, painted } = open();
	controller.resize(100, 30);
	expect(store.getSnapshot().ui.size).toEqual({ columns: 100, rows: 30 });
	expect(painted()).toBe(1);
});
