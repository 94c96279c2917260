import { describe, expect, test } from 'vitest';
import type { AppState } from '../../../src/monitor/state.ts';
import { currentScreen, listOf } from '../../../src/monitor/ui-state.ts';
import { selectFrame, selectVisibleTargets } from '../../../src/view/frame.ts';
import { lineText } from '../../../src/view/line.ts';
import { layOutLane } from '../../../src/view/timeline/columns.ts';
import { host, hostId, noon } from '../support/cast.ts';
import { lastTime } from '../support/past.ts';
import { numbered, plots, rolledBack, running, tell, watchedId } from '../support/stories.ts';
import { ready } from '../support/traffic-stories.ts';
import { inSize, sitDown, type User } from '../support/user.ts';
import { terminating, unclaimed } from '../support/wait-stories.ts';

const lookAt = (state: AppState, columns = 120, rows = 36): User => {
	const user = sitDown(inSize(state, columns, rows));
	user.press('t');
	return user;
};

const cursor = ({ state }: User) => listOf(state.ui, watchedId).cursor;
const selected = ({ state }: User) =>
	selectFrame(state)
		.filter(line => line.selected)
		.map(lineText)
		.join('\n');
const lanes = ({ rows }: User) => rows.filter(row => /^ [✓✗▸·◆╌] i-/.test(row) && !/ beg[au]n/.test(row));
/** Whom a lane belongs to, by the number that ends its id. */
const order = (user: User) => lanes(user).map(row => Number(/0{4,}(\d+) /.exec(row)?.[1]));

describe('the lanes', () => {
	test('follow each other by start, by state, or by how long it took', () => {
		const user = lookAt(running(), 120, 50);
		expect(order(user)[0]).toBe(1);
		expect(order(user).at(-1)).toBe(14);
		user.press('o');
		expect(user.row('Timeline')).toContain('by state');
		expect(
			order(user)
				.slice(0, 5)
				.every(number => number <= 5),
		).toBe(true);
		user.press('o');
		expect(user.row('Timeline')).toContain('by duration');
		expect(order(user)[0]).toBe(2);
		user.press('o');
		expect(user.row('Timeline')).toContain('by start');
	});

	test('are those of the list: its filter, what it shows, and its cursor', () => {
		const user = sitDown(inSize(running(), 120, 36));
		user.press('j', 'j');
		const chosen = cursor(user);
		user.press('t');
		expect(selected(user)).toContain(chosen);
		user.press('f');
		expect(user.row('Timeline')).toContain('5 of 24 · failed only');
		expect(lanes(user)).toHaveLength(5);
		user.press('G', 'f', 'f', '/');
		const last = cursor(user);
		expect(last).not.toBe(chosen);
		user.type('00000009');
		user.press('enter');
		expect(lanes(user)).toHaveLength(1);
		user.press('/', 'ctrl-u', 'enter', 'esc');
		expect(currentScreen(user.state.ui).type).toBe('deployment');
		expect(selected(user)).toContain(last);
	});

	test('say why there are none', () => {
		const user = lookAt(running());
		user.press('/');
		user.type('nothing is called so');
		user.press('enter');
		expect(user.row('no target matches')).toContain('/ changes the filter');
		expect(sitDown(inSize(lookAt(tell()).state, 120, 36)).row('no targets are known yet')).toBeDefined();
	});

	test('of a fleet are shown around the cursor, which the engine is told', () => {
		const many = numbered(1, 300, number => host(number, 'Succeeded', { from: number }));
		const user = lookAt(tell({ targets: many, now: 600 }), 80, 24);
		user.press('G');
		expect(selected(user)).toContain(hostId(300));
		const shown = selectVisibleTargets(user.state);
		expect(shown).toHaveLength(lanes(user).length);
		expect(shown.at(-1)).toBe(hostId(300));
		expect(user.row('Timeline')).toMatch(/\d+-300 of 300$/);
		user.press('pgup', 'g');
		expect(selectVisibleTargets(user.state)[0]).toBe(hostId(1));
	});

	test('of two fleets stand apart', () => {
		const user = lookAt(ready());
		const [replacement, original] = [
			'replacement fleet (Green)  6 Ready',
			'original fleet (Blue)  5 Pending',
		];
		expect(user.rows.findIndex(row => row.includes(replacement))).toBeLessThan(
			user.rows.findIndex(row => row.includes(original)),
		);
		expect(user.row('waits for you')).toMatch(/◆ since ≈ 12:00:21 ╌+$/);
	});

	test('end where they were last read', () => {
		const user = lookAt(running({ also: [{ type: 'clock.ticked', now: noon + 120_000 }] }));
		const rule = user.row('┤');
		for (const row of lanes(user).filter(each => each.startsWith(' ▸'))) {
			expect(row.length).toBeLessThan(rule.length - 10);
			expect(row).toMatch(/╸$/);
		}
	});
});

describe('keys', () => {
	test('open the target under the cursor and lead back', () => {
		const user = lookAt(running());
		user.press('j', 'j');
		const id = cursor(user);
		user.press('enter');
		expect(currentScreen(user.state.ui)).toMatchObject({ type: 'target', targetId: id });
		user.press('esc', 'l');
		expect(currentScreen(user.state.ui)).toMatchObject({ type: 'logs', targetId: id });
		user.press('esc', 'y');
		expect(user.effects.at(-1)).toMatchObject({ type: 'copy', text: id });
		user.press('enter', 't');
		expect(selected(user)).toContain(id);
	});

	test('go from one failed target to the next in the order of the lanes', () => {
		const user = lookAt(running(), 120, 50);
		const failed = order(user).filter(number => number <= 5);
		const gone = failed.map(() => {
			user.press('n');
			return cursor(user);
		});
		expect(gone).toEqual(failed.map(hostId));
		user.press('n');
		expect(cursor(user)).toBe(hostId(failed[0] ?? 0));
		user.press('N');
		expect(cursor(user)).toBe(hostId(failed.at(-1) ?? 0));
	});

	test('zoom in about where the lane ends, scroll, and follow the end again', () => {
		const user = lookAt(running());
		const whole = user.row('Timeline');
		user.press('left');
		expect(user.row('+ zooms in')).toBeDefined();
		user.press('+');
		expect(user.row('Timeline')).toContain('45s of it');
		expect(currentScreen(user.state.ui)).toMatchObject({ spanMs: 45_000, endAt: noon + 55_500 });
		user.press('left', 'left', 'left', 'left');
		expect(currentScreen(user.state.ui)).toMatchObject({ endAt: noon + 45_000 });
		expect(user.row('start')).toBeDefined();
		user.press('$');
		expect(currentScreen(user.state.ui)).not.toHaveProperty('endAt');
		expect(user.row('now')).toBeDefined();
		user.press('0');
		expect(currentScreen(user.state.ui)).toMatchObject({ endAt: noon + 45_000 });
		user.press('-');
		expect(user.row('Timeline')).toBe(whole);
	});
});

describe('around the lanes', () => {
	test('the moments that matter are marked: failure, alarm, rollback', () => {
		const user = lookAt(running());
		expect(user.row('checkout-5xx')).toMatch(/─▲━+$/);
		expect(user.row('first failure')).toContain('✗ first failure 12:00:21');
		expect(lookAt(rolledBack()).row('rollback starts')).toContain('↩ rollback starts 12:01:35');
	});

	test('of an alarm without a history its latest change is still known', () => {
		const user = lookAt(running({ also: [] }));
		expect(user.row('checkout-5xx')).toMatch(/ {9}▲━+$/);
		expect(user.screen).not.toContain('checkout-p99');
	});

	test('what the host under the cursor took stands beside its peers and last time', () => {
		const user = lookAt(running({ also: [...plots, lastTime] }));
		expect(user.row('last time ')).toMatch(/last time +━+┿/);
		user.press('n', 'n');
		expect(user.row('ValidateService')).toContain('timed out');
		expect(user.row('ValidateService ')).toBeDefined();
		expect(user.row(', last time')).toMatch(
			/ValidateService \d:\d\d, peers 0:06, last time 0:06, \d+(\.\d)?×/,
		);
	});

	test('a stop by hand and what it cut short', () => {
		const stopped = running({
			deployment: { status: 'Stopped', completedAt: noon + 80_000 },
			now: 100,
		});
		const user = lookAt(stopped);
		expect(user.row('stopped')).toContain('■ stopped 12:01:20');
		expect(user.row('end')).toBeDefined();
		expect(lanes(user).some(row => row.endsWith('×■') || row.endsWith('■'))).toBe(true);
		expect(user.row('Timeline')).toContain('×■ cut short');
		expect(lookAt(running()).screen).not.toContain('cut short');
	});
});

describe('a wait', () => {
	const laneOf = (user: User, id: string) => lanes(user).find(row => row.includes(id)) ?? '';

	test('for an agent is drawn, and what comes of it said when it lasts', () => {
		const user = lookAt(unclaimed());
		expect(user.row('Timeline')).toContain('┄┄ waits');
		expect(laneOf(user, hostId(4))).toMatch(/4 {20,}┄+$/);
		expect(laneOf(user, hostId(5))).toMatch(/5 {60,}┄+$/);
		expect(laneOf(user, hostId(6))).toMatch(/━┄+$/);
		expect(laneOf(user, hostId(7))).not.toContain('┄');
		expect(user.row(/nobody picks it up/)).toMatch(/nobody picks it up {2}fails in ≈ 3m52s/);
		user.press('j');
		expect(user.row('waits for its agent')).not.toContain('fails');
	});

	test('for the end of the original is drawn where it waits, and said with its time', () => {
		const user = lookAt(terminating());
		expect(user.row(/prod:payments +\d:\d\d/)).toMatch(/━┄+$/);
		expect(user.row('terminates the original')).toContain(
			'waits to terminate since ≈ 12:00:22  terminates the original in ≈ 58m',
		);
		const over = terminating({ deployment: { status: 'Succeeded', completedAt: noon + 80_000 } });
		const ended = lookAt(over);
		expect(ended.row(/prod:payments +\d:\d\d/)).toMatch(/━┄+$/);
		expect(ended.screen).not.toMatch('to terminate');
		const kept = { onSuccess: 'KEEP_ALIVE' };
		const unkept = { status: 'Succeeded', completedAt: noon + 80_000, blueGreen: kept };
		expect(lookAt(terminating({ deployment: unkept })).screen).not.toContain('┄');
	});

	test('of a fleet is that of its original hosts', () => {
		const fleetOf = (label: string, number: number, events: readonly string[]) =>
			host(number, 'Succeeded', { label, names: events, from: number });
		const targets = [fleetOf('Green', 1, ['Install']), fleetOf('Blue', 2, ['BlockTraffic'])];
		const user = lookAt(
			ready({ targets, deployment: { status: 'InProgress', terminationWaitStarted: true } }),
		);
		expect(laneOf(user, hostId(1))).not.toContain('┄');
		expect(laneOf(user, hostId(2))).toMatch(/━┄+$/);
	});
});

describe('the columns', () => {
	const own = { idWidth: 19, nameWidth: 16, areNamesOwn: true };
	test.each([
		[40, { name: 12, target: 0, time: 0, axis: 23 }],
		[60, { name: 16, target: 0, time: 6, axis: 32 }],
		[80, { name: 16, target: 0, time: 6, axis: 52 }],
		[160, { name: 16, target: 19, time: 6, axis: 112 }],
	])('of %d cells', (width, columns) => {
		expect(layOutLane(width, own)).toEqual(columns);
	});

	test('leave the axis twenty cells, and fill the width', () => {
		for (let width = 40; width <= 240; width++) {
			for (const areNamesOwn of [true, false]) {
				const { name, target, time, axis } = layOutLane(width, { idWidth: 44, nameWidth: 30, areNamesOwn });
				expect(axis).toBeGreaterThanOrEqual(20);
				const labels = [name, target, time].filter(cells => cells > 0);
				expect(4 + labels.reduce((sum, cells) => sum + cells + 1, 0) + axis).toBe(width);
			}
		}
	});
});
