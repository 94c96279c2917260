import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

/** AWS refuses some calls or all, and says when to come back, or does not. */
test.each<[probability: number, retryAfterMs: number | undefined, mostCalls: number]>([
	[0.01, undefined, 55],
	[0.3, undefined, 30],
	[0.3, 3_000, 30],
	[1, undefined, 15],
	[1, 3_000, 15],
])(
	'throttled at %d, told to wait %s ms: the picture stays and is told as old, few calls are made, and it heals',
	async (probability, retryAfterMs, mostCalls) => {
		await using app = await launch('healthy', { rows: 15, columns: 120 });
		await app.advanceUntil('running');
		const before = app.simulator.calls.length;
		const heal = app.simulator.inject({
			type: 'throttle',
			probability,
			...(retryAfterMs !== undefined && { retryAfterMs }),
		});
		await app.advance(60);
		const asked = app.simulator.calls.length - before;
		expect(asked).toBeGreaterThan(2);
		expect(asked).toBeLessThanOrEqual(mostCalls);
		expect(app.row('checkout-api')).toContain(probability === 1 ? '○ 1 min' : '●');
		expect(app.shows('▸ InProgress')).toBe(true);
		heal();
		await app.advanceUntil(/● (\d s|final)/, 90);
	},
);
