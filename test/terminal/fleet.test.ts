import { expect, test } from 'vitest';
import { entitle, expectRestored, TerminalLab } from './terminal-lab.ts';

test.concurrent('rollcall demo fleet opens a deployment, goes back, and leaves a line for each in flight', async () => {
	await using lab = new TerminalLab();
	const session = lab.session(['demo', 'fleet'], { columns: 140, rows: 40, before: entitle });
	await session.waitFor(/rollcall +\d+ rolling · 1 waiting for you .*6 contexts/);
	await session.waitFor(/storefront \/ prod .*12\/24 .*c continues/);
	session.send('\r');
	await session.waitFor('esc fleet');
	expect(session.screen.text()[0]).toContain('storefront / prod');
	session.send('\x1b[27u');
	await session.waitFor(/rollcall +\d+ rolling/);
	session.send('q');
	expect(await session.ended()).toBe(0);
	expectRestored(session);
	expect(session.screen.row('◆ storefront / prod')).toMatch(/prod eu-west-1 +d-\w{9} {2}Ready 12\/24$/);
});
