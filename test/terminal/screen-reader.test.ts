import { expect, test } from 'vitest';
import { credentials, optionsFor } from '../cli/lab.ts';
import { TerminalLab } from './terminal-lab.ts';

/** Whatever moves the cursor, erases or changes the screen. */
const addressing = /\x1b\[[\d;]*[A-HJKSTfsu]|\x1b\[\?(?:47|1047|1049)[hl]|\x1b[78M]/;

test.each([
	['--screen-reader', ['--screen-reader'], {}],
	["Ink's switch", [], { INK_SCREEN_READER: 'true' }],
])('%s: lines are appended, and keys work', async (_name, args, env) => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('hook-failures', 1000);
	const session = lab.session(
		[simulator.deploymentId, ...optionsFor(simulator), '--protect', 'none', ...args],
		{ env: { ...credentials, ...env }, columns: 120, rows: 60 },
	);
	await session.waitFor(/^Keys: \? reads all of them/);
	session.send('d');
	await session.waitFor(/^Diagnosis/);
	session.send('\x1b');
	await session.waitFor(/^back to the deployment/);
	session.send('/check\x7f');
	await session.waitFor(/^filter: chec$/);
	session.send('\rq');
	await session.ended();
	expect(session.output()).not.toMatch(addressing);
	expect(session.screen.isBracketedPaste).toBe(false);
	expect(session.screen.row(/^exit \d, modes unchanged$/)).toBeDefined();
});
