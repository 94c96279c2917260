import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

/** Seconds that are said to be left; undefined while nothing is said. */
function left(app: App): number | undefined {
	const row = app.rows.find(each => each.startsWith(' ▸ InProgress')) ?? '';
	const { minutes, seconds } = /≈ (?:(?<minutes>\d+)m)?(?:(?<seconds>\d+)s)? left/.exec(row)?.groups ?? {};
	if (minutes === undefined && seconds === undefined) return undefined;
	return Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
}

const secondsSinceStart = (app: App) =>
	(app.clock.now() - (app.state.rollouts.values().next().value?.deployment.data?.startedAt ?? 0)) / 1000;

describe('how long it still takes', () => {
	test('is told from earlier deployments, shrinks, and comes true', async () => {
		await using app = await launch('healthy');
		expect(left(app)).toBeUndefined();
		await app.advanceUntil(/≈ .* left/, 40);
		const guesses: { readonly at: number; readonly left: number }[] = [];
		while (app.shows('▸ InProgress')) {
			const said = left(app);
			if (said !== undefined) guesses.push({ at: secondsSinceStart(app), left: said });
			await app.advance(5);
		}
		const took = secondsSinceStart(app);
		expect(guesses.length).toBeGreaterThan(15);
		for (const { at, left } of guesses) expect(Math.abs(at + left - took)).toBeLessThan(0.35 * took);
		const [first, middle] = [guesses[0], guesses[Math.floor(guesses.length / 2)]];
		expect(middle?.left).toBeLessThan(first?.left ?? 0);
		// Nothing jumps: what is left grows seldom, and never by much.
		const jumps = guesses.slice(1).map((guess, index) => guess.left - (guesses[index]?.left ?? 0));
		expect(Math.max(...jumps)).toBeLessThanOrEqual(20);
	});

	test('is learned from its own hosts where earlier deployments may not be read', async () => {
		await using app = await launch('healthy', {
			prepare: simulator => simulator.inject({ type: 'deny', operations: ['ListDeployments'] }),
		});
		await app.advance(20);
		expect(left(app)).toBeUndefined();
		await app.advanceUntil(/≈ .* left/, 60);
		expect(app.row('▸ InProgress')).toMatch(/[1-9]\d*\/60/);
		await app.press('i');
		await app.press('G');
		for (let page = 0; page < 3 && !app.shows('earlier deployments'); page += 1) await app.press('PgUp');
		expect(app.row('earlier deployments')).toContain('not allowed: codedeploy:ListDeployments');
	});
});

test('a slow host is named before it fails', async () => {
	await using app = await launch('release', { columns: 160 });
	await app.advanceUntil(/ValidateService.*slower than its peers/, 120);
	const [id = ''] = /i-[0-9a-f]+/.exec(app.row(/ValidateService.*slower than its peers$/)) ?? [];
	expect(app.row(id)).toMatch(/InProgress +0:\d\d +\d\.\d× slower than its peers$/);
	await app.press('/');
	await app.type(`is:slow ${id}`);
	await app.press('Enter', 'Enter');
	expect(app.row('▲ ')).toMatch(/slower than its peers {2}ValidateService takes 0:0\d there$/);
	expect(app.row('EVENT')).toMatch(/TOOK +PEERS +LAST$/);
	await app.advanceUntil('ScriptTimedOut  timed out after 20 s', 60);
	expect(app.shows('slower than')).toBe(false);
});

test('hosts that do not answer say when CodeDeploy gives them up, and that comes true', async () => {
	await using app = await launch('agent-silent', { columns: 160 });
	await app.advanceUntil(/fails in ≈ \dm\d\ds if nobody picks it up/, 60);
	const [, minutes = '', seconds = ''] = /fails in ≈ (\d)m(\d\d)s/.exec(app.row('fails in')) ?? [];
	const announced = app.clock.now() + (Number(minutes) * 60 + Number(seconds)) * 1000;
	await app.advanceUntil(/^ ✗ 1× |^ ✗ 2× |^ ✗ 3× /, 360);
	expect(Math.abs(app.clock.now() - announced)).toBeLessThan(12_000);
});

describe('what CodeDeploy waits for', () => {
	test('counts down on a blue/green deployment: to Ready, to its stop, and to the end of the original', async () => {
		await using app = await launch('blue-green');
		await app.advanceUntil(/≈ \S+ to Ready/, 90);
		await app.advanceUntil('waiting for you to reroute traffic', 120);
		expect(app.row('◆ Ready')).not.toContain('≈');
		expect(app.row('waiting for you')).toMatch(/stops by itself in ≈ 1m\d\ds/);
		await app.press('c');
		await app.type('prod');
		await app.press('Enter');
		await app.advanceUntil('waiting to terminate the original', 90);
		expect(app.row('waiting to')).toMatch(/does so in ≈ \d+s/);
		expect(app.row('▸ InProgress')).toMatch(/≈ (1m|\d+s) left|any moment/);
	});

	test('counts down to the next step of a shift', async () => {
		await using app = await launch('ecs-linear');
		await app.advanceUntil(/next shift to 68 % in ≈ \d+s/, 120);
		expect(app.row('▸ InProgress')).toMatch(/≈ \S+ left$/);
		await app.advanceUntil(/next shift to 100 % in ≈ \d+s/, 90);
	});
});
