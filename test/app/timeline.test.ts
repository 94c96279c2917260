import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

test('a release goes wrong along the time axis: its waves, the first failure, the alarm, the rollback', async () => {
	await using app = await launch('release');
	await app.advanceUntil(/^ ✗ i-.*exit 127/, 200);
	await app.press('t');
	expect(app.row('first failure')).toMatch(/✗ first failure 12:00:\d\d/);
	expect(app.row('┤')).toMatch(/NAME +TIME ├─.*┃.*┤$/);
	expect(app.row(/running, up to/)).toMatch(/ [▁-█]+█/);
	expect(app.row(/^ ✗ checkout-api-\d+ .*━┿━.*×✗/)).toBeDefined();
	await app.advanceUntil(/^ ▲ checkout-5xx/, 300);
	await app.advance(20);
	expect(app.row('▲ checkout-5xx')).toMatch(/─▲━+$/);
	await app.advanceUntil('rollback starts', 300);
	expect(app.row(/start .* end$/)).toContain('✗');
	expect(app.row(/^ ✗ checkout-api-\d+ .*■$/)).toBeDefined();

	// The second wave begins where hosts of the first one have ended.
	const lanes = app.rows.filter(row => /^ [✓✗] checkout-api-\d+ .*━/.test(row));
	const starts = lanes.map(row => row.search(/[━×]/));
	expect(starts).toEqual(starts.toSorted((a, b) => a - b));
	expect((starts.at(-1) ?? 0) - (starts[0] ?? 0)).toBeGreaterThan(10);

	const whole = app.row('Timeline');
	await app.press('+', '+');
	expect(app.row('Timeline')).toMatch(/\d+s of it/);
	await app.press('$', 'Left');
	expect(app.row('Timeline')).not.toBe(whole);
	expect(app.shows(' end')).toBe(false);
	await app.press('-', '-');
	expect(app.row('Timeline')).toBe(whole);

	await app.press('n', 'n');
	const name = /checkout-api-\d+/.exec(app.selectedRow ?? '')?.[0] ?? '?';
	await app.press('Enter');
	expect(app.row(/^ ✗ .*Failed/)).toBeDefined();
	expect(app.shows(name)).toBe(true);
	await app.press('Esc');
	expect(app.row('Timeline')).toBe(whole);
	expect(app.selectedRow).toContain(name);
});

test('traffic is drawn as it was seen to move', async () => {
	await using app = await launch('ecs-canary');
	await app.advance(5);
	await app.press('t');
	await app.advanceUntil(/traffic 10 %.*▂10 % ▂▂▂▂▂/, 120);
	expect(app.row('traffic 10 %')).toMatch(/traffic 10 % +▁+▂10 % ▂+$/);
	await app.advanceUntil('waits to terminate', 200);
	expect(app.row('traffic 100 %')).toMatch(/▂+█/);
	expect(app.row(/^ ✓ AllowTraffic/)).toMatch(/ ━+$/);
});
