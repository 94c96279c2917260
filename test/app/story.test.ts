import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

const wide = { columns: 150 };
const unprotected = { ...wide, common: { protect: [] } };

const shownId = (app: App) => /d-[A-Z0-9]{9}/.exec(app.row('rollcall'))?.[0];

describe('a rollout during which machines are launched', () => {
	test('is told with them, and with the update that follows; Tab goes through it', async () => {
		await using app = await launch('auto-scaling', wide);
		await app.advanceUntil('launched meanwhile', 90);
		expect(app.row('launched meanwhile')).toMatch(
			/\+ \d hosts? launched meanwhile (get|gets|got) build-4699/,
		);
		await app.advanceUntil(/3 hosts launched meanwhile got build-4699/, 120);
		await app.advanceUntil(/got build-4699 · updated by d-[A-Z0-9]{9} ▸/, 120);
		const seen = new Set([shownId(app)]);
		for (let chapter = 1; chapter < 4; chapter += 1) {
			await app.press('Tab');
			seen.add(shownId(app));
		}
		expect(seen.size).toBe(4);
		expect(app.row('build-4711')).toBeDefined();
		await app.press('Tab');
		expect(shownId(app)).toBe(app.simulator.deploymentId);
		await app.advanceUntil(/updated by d-[A-Z0-9]{9} ✓/, 200);
		await app.advance(60);
		expect(app.shows('revision now')).toBe(false);
	});

	test('costs a list each half minute while it runs, and nothing when all is over', async () => {
		await using app = await launch('auto-scaling', wide);
		await app.advance(65);
		const launches = app.simulator
			.callsTo('ListDeployments')
			.filter(({ input }) => !('includeOnlyStatuses' in (input as object)));
		expect(launches).toHaveLength(3);
		await app.advanceUntil(/updated by d-[A-Z0-9]{9} ✓/, 300);
		await app.advance(60);
		const before = app.simulator.calls.length;
		await app.advance(300);
		expect(app.simulator.calls.slice(before).map(({ operation }) => operation)).toEqual([]);
	});
});

describe('a rollout that is stopped in the middle', () => {
	test('leaves a mixed fleet: it is counted, and each host says what is on it', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil(/ 2\d\/60/, 200);
		await app.press('s');
		expect(app.row('The fleet stays mixed')).toMatch(/its revision is now \d+ new, \d+ old/);
		await app.press('y');
		await app.advanceUntil('▲ revision now', 120);
		const [, fresh, old] = /revision now: (\d+) new · (\d+) old/.exec(app.row('▲ revision now')) ?? [];
		expect(Number(fresh) + Number(old)).toBeLessThanOrEqual(60);
		expect(Number(old)).toBeGreaterThan(20);
		await app.press('/');
		await app.type('revision:old');
		await app.press('Enter');
		expect(app.row('filter revision:old')).toContain(`${old} of 60`);
		await app.press('Enter');
		expect(app.row('revision build-4699 (old)')).toBeDefined();
		await app.press('Esc', '/', 'ctrl-u');
		await app.type('revision:new');
		await app.press('Enter', 'Enter');
		expect(app.row('revision build-4711 (new)')).toBeDefined();
	});

	test('and rolled back is on one revision again', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil(/ 2\d\/60/, 200);
		await app.press('b', 'y');
		await app.advanceUntil(/rolled back by d-[A-Z0-9]{9} {2}✓/, 300);
		await app.advance(30);
		expect(app.shows('revision now')).toBe(false);
		await app.press('Enter');
		expect(app.row('revision build-4699 (old)')).toMatch(/by d-[A-Z0-9]{9}/);
	});
});
