import { describe, expect, test, vi } from 'vitest';
import { credentials, optionsFor } from '../cli/lab.ts';
import { expectRestored, type Session, TerminalLab } from './terminal-lab.ts';

describe.concurrent('the screen is drawn', () => {
	test.each([
		['where CI is set', { env: { CI: '1', CONTINUOUS_INTEGRATION: 'true' } }],
		['without TERM', { before: 'unset TERM' }],
		['on a terminal that does not know its size', { before: 'stty rows 0 cols 0' }],
		['without a home', { env: { HOME: '/nonexistent' } }],
		['in a home where nothing can be made', { env: { HOME: '/proc', TMPDIR: '/proc' } }],
		['without a home that is named', { before: 'unset HOME XDG_CACHE_HOME' }],
		['with a home that is named as nothing', { env: { HOME: '' } }],
		['in the plainest language', { env: { LANG: 'C', LC_ALL: 'C' } }],
	])('%s', async (_name, options) => {
		await using lab = new TerminalLab();
		const simulator = await lab.serve('healthy', 1000);
		const session = await lab.open(simulator, [], options);
		await session.waitFor(/final/);
		expect(session.screen.text()[0]).toContain(simulator.deploymentId);
		expect(session.screen.text()[23]).toContain('? help');
		session.send('q');
		expect(await session.ended()).toBe(0);
		expectRestored(session);
	});

	test('without a colour for who wants none, and in ASCII for who has no more', async () => {
		await using lab = new TerminalLab();
		const simulator = await lab.serve('hook-failures', 1000);
		const session = await lab.open(simulator, ['--ascii'], { env: { NO_COLOR: '1' } });
		await session.waitFor(/final/);
		const { screen } = session;
		for (const row of screen.text()) expect(row).toMatch(/^[\x20-\x7e]*$/);
		const cells = screen.text().flatMap((_, y) => Array.from({ length: 80 }, (_, x) => screen.cell(x, y)));
		expect(cells.filter(cell => cell.foreground !== undefined || cell.background !== undefined)).toEqual([]);
	});
});

describe('lines are printed', () => {
	test.concurrent.for<readonly [name: string, before: string]>([
		['on a dumb terminal', 'export TERM=dumb'],
		['without a terminal to type on', 'exec </dev/null'],
	])('%s', async ([_name, before]) => {
		await using lab = new TerminalLab();
		const simulator = await lab.serve('hook-failures', 1000);
		const session = lab.session([simulator.deploymentId, ...optionsFor(simulator)], {
			before,
			env: credentials,
			columns: 160,
			rows: 40,
		});
		expect(await session.ended()).toBe(6);
		expectUntouched(session);
		expect(session.output()).toMatch(/rolled back by d-\w+ {2}Succeeded/);
	});
});

/** Nothing but plain lines has been sent. */
function expectUntouched(session: Session): void {
	expect(session.output()).not.toContain('\x1b');
}

describe.concurrent('the terminal stays untouched', () => {
	const id = 'd-ABC123DEF';
	const noRegion = { AWS_REGION: '', AWS_DEFAULT_REGION: '' };

	test.each([
		['an unknown option', [id, '--bogus'], {}, 2],
		['a malformed id', ['d-123'], {}, 2],
		['no region', [id], noRegion, 2],
		['a profile that nobody knows', [id, '--profile', 'nope'], {}, 2],
		['a scenario that nobody knows', ['demo', 'nope'], {}, 2],
		['no credentials', [id, '--region', 'eu-west-1'], { AWS_EC2_METADATA_DISABLED: 'true' }, 5],
	])('by %s', async (_name, args, env, exitCode) => {
		await using lab = new TerminalLab();
		const session = lab.session(args, { env, columns: 200 });
		expect(await session.ended()).toBe(exitCode);
		expectUntouched(session);
		expect(session.output()).toMatch(/^rollcall: [^\n]+\r\nexit \d/);
	});

	test.each([
		['a deployment that does not exist', 'd-NOSUCHONE', 2],
		['a refusal of AWS', undefined, 5],
	])('by %s', async (_name, asked, exitCode) => {
		await using lab = new TerminalLab();
		const simulator = await lab.serve('release');
		if (asked === undefined) simulator.inject({ type: 'deny' });
		const args = [asked ?? simulator.deploymentId, ...optionsFor(simulator)];
		const session = lab.session(args, { env: credentials, columns: 200 });
		expect(await session.ended()).toBe(exitCode);
		expectUntouched(session);
	});

	test('by an interrupt before the first answer', async () => {
		await using lab = new TerminalLab();
		const simulator = await lab.serve('release');
		simulator.inject({ type: 'blackHole' });
		const args = [simulator.deploymentId, ...optionsFor(simulator)];
		const session = lab.session(args, { env: credentials });
		await vi.waitFor(() => expect(simulator.callsTo('GetDeployment').length).toBeGreaterThan(0), {
			timeout: 10_000,
		});
		session.send('\x03');
		expect(await session.ended()).toBe(130);
		expectUntouched(session);
	});
});
