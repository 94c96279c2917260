import { expect, test } from 'vitest';
import { expectRestored, TerminalLab } from './terminal-lab.ts';

/** What every frame needs fails, but only when a frame needs it. */
const breakWhileDrawing = `
	const { map } = Array.prototype;
	Array.prototype.map = function (...args) {
		if (new Error().stack.includes('selectFrame')) throw new TypeError('boom');
		return map.apply(this, args);
	};
`;

/** Ink asks how wide the terminal is whenever it lays out, the last time when it closes. */
const breakTheTerminal = `
	Object.defineProperty(process.stdout, 'columns', { get() { throw new TypeError('boom'); } });
`;

test.concurrent.each([
	['q', 'q'],
	['ctrl-c', '\x03'],
	['Enter and q in one burst', '\rq'],
	['? and q in one burst', '?q'],
	['j, j, j, l, q in one burst', 'jjjlq'],
])('%s: the terminal is restored, then the summary is printed', async (_name, keys) => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('release');
	const session = await lab.open(simulator);
	session.send(keys);
	expect(await session.ended()).toBe(0);
	expectRestored(session);
	const { screen } = session;
	expect(screen.row(simulator.deploymentId)).toMatch(/checkout-api \/ prod-blue {2}(Created|InProgress) for/);
	expect(screen.text().findIndex(row => row.includes(simulator.deploymentId))).toBe(0);
});

test.concurrent.each([
	['SIGTERM', 143],
	['SIGINT', 130],
	['SIGHUP', 129],
	['SIGQUIT', 131],
] as const)('%s: the terminal is restored, and the exit code is %i', async (signal, exitCode) => {
	await using lab = new TerminalLab();
	const session = await lab.open(await lab.serve('release'));
	process.kill(session.rollcallPid(), signal);
	expect(await session.ended()).toBe(exitCode);
	expectRestored(session);
});

test.concurrent.each([
	['an exception that nobody caught', 'throw new TypeError("boom")'],
	['a rejection that nobody handled', 'Promise.reject(new TypeError("boom"))'],
	['an exception while drawing', breakWhileDrawing],
	['an exception while drawing, and closing too', breakTheTerminal],
])('%s: the terminal is restored, then the defect is reported', async (_name, code) => {
	await using lab = new TerminalLab();
	const sabotage = lab.sabotage(code);
	const session = await lab.open(await lab.serve('release'), [], {
		node: sabotage.node,
		rows: 36,
		columns: 160,
	});
	sabotage.strike();
	expect(await session.ended()).toBe(70);
	expectRestored(session);
	const rows = session.screen.text();
	const first = rows.findIndex(row => row.startsWith('rollcall: '));
	expect(rows[first]).toBe('rollcall: this is a defect of rollcall, not of your deployment: TypeError: boom');
	expect(rows[first + 1]).toMatch(/^ {4}at /);
});
