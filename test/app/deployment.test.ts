import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

test('a failing rollout shows its failures first, grouped and counted', async () => {
	await using app = await launch('hook-failures');
	await app.advanceUntil(/✗ 2×/);
	expect(app.row('rollcall')).toContain('checkout-api / prod-blue');
});
