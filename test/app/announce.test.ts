import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

test('the terminal is told how it goes: title, and a bell for the first failure, the end, and the end of the rollback', async () => {
	await using app = await launch('hook-failures', { env: { TERM_PROGRAM: 'ghostty' } });
	const { screen } = app.terminal;
	expect([screen.title, screen.bells]).toEqual(['· Created checkout-api', 0]);
	await app.advanceUntil(/\d failed/);
	expect(screen.title).toMatch(/^✗\d 0\/24 checkout-api$/);
	expect(screen.bells).toBe(1);
	expect(screen.notifications).toEqual([expect.stringMatching(/^✗ checkout-api \/ prod-blue: \d failed/)]);
	expect(screen.progress).toMatch(/^2;\d/);
	await app.advanceUntil(/✗ Failed/);
	expect(screen.bells).toBe(2);
	await app.advanceUntil(/rolled back by .* InProgress/);
	await app.advance(15);
	expect(screen.title).toMatch(/^✗ ↩ \d+\/24 checkout-api$/);
	await app.advanceUntil(/rolled back by .* Succeeded/);
	expect([screen.title, screen.bells, screen.progress]).toEqual(['✗ ↩✓ checkout-api', 3, '0']);
	expect(screen.notifications.slice(1)).toEqual([
		expect.stringMatching(/^✗ checkout-api \/ prod-blue Failed after /),
		expect.stringMatching(/^✓ checkout-api \/ prod-blue \(rollback\) Succeeded after /),
	]);
	// There and back, and drawn anew: nothing of it is news.
	await app.press('Tab', 'Tab');
	await app.resize(60, 15);
	expect(screen.bells).toBe(3);
	await app.quit();
	await app.terminal.idle();
	expect([screen.title, screen.progress]).toEqual(['', '0']);
});

test('ctrl-z where there is no job control says so', async () => {
	await using app = await launch('healthy');
	await app.press('ctrl-z');
	expect(app.row('not suspended')).toContain('this system has no job control');
});
