import { expect, test } from 'vitest';
import { pictureOf } from './picture.ts';
import { TerminalLab, waitForTheEnd } from './terminal-lab.ts';

test('warnings and what libraries print become messages, and draw over nothing', async () => {
	await using lab = new TerminalLab();
	const { node, strike } = lab.sabotage(`
		process.emitWarning('This is \\x1b[31mold', 'DeprecationWarning');
		console.log('printed by a library');
		console.error('complained by a library');
	`);
	const session = await lab.open(await lab.serve('healthy', 1000), [], { node, columns: 100 });
	await waitForTheEnd(session);
	const before = pictureOf(session.screen);
	strike();
	session.send('!');
	await session.waitFor(/complained by a library/);
	expect(session.screen.row('printed by a library')).toBeDefined();
	expect(session.screen.row('DeprecationWarning: This is old')).toBeDefined();
	session.send('\x1b');
	await session.waitFor(/LIFECYCLE/);
	expect(pictureOf(session.screen)).toEqual(before);
	session.send('q');
	expect(await session.ended()).toBe(0);
	expect(session.screen.row(/library|Warning/)).toBeUndefined();
});

test('before the screen is open and without one, warnings go where they always go', async () => {
	await using lab = new TerminalLab();
	const { node, strike } = lab.sabotage(`process.emitWarning('early', 'DeprecationWarning');`);
	strike();
	const session = lab.session(['simulate'], { node });
	await session.waitFor(/DeprecationWarning: early/);
	session.send('\x03');
	expect(await session.ended()).toBe(130);
});
