import { expect, test } from 'vitest';
import { launch } from '../support/app.ts';

test('look', async () => {
	await using app = await launch('unprotected', { common: { protect: [] } });
	await app.advance(5);
	await app.press('p');
	await app.advance(30);
	console.log(app.text ?? '');
	await app.press('A');
	console.log(app.text ?? '');
	expect(1).toBe(1);
	for (const [c, r] of [
		[120, 36],
		[80, 24],
		[60, 15],
		[40, 10],
	] as const) {
		await app.resize(c, r);
		console.log(`--- ${c}x${r}\n${app.text}`);
	}
	await app.resize(120, 36);
	await app.press('y');
	await app.advance(30);
	console.log(app.text ?? '');
	console.log(JSON.stringify(app.audited, null, 1));
});
