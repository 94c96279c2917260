import { describe, expect, test } from 'vitest';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { selectOutside } from '../../src/view/outside.ts';
import { type App, launch } from '../support/app.ts';
import type { LaunchOptions } from '../support/launch-options.ts';

/** In this story the logs of the first five hosts are huge, empty, late, binary and hostile. */
const hostNumbers = { huge: 0, empty: 1, late: 2, binary: 3, hostile: 4 } as const;

/** CloudWatch Logs may not be asked: then the logs are read on the host. */
const onHosts: LaunchOptions = {
	columns: 120,
	prepare: simulator => simulator.inject({ type: 'deny', operations: ['DescribeLogStreams'] }),
};

async function launchAwkward(options: LaunchOptions = { columns: 120 }): Promise<App> {
	const app = await launch('awkward-logs', options);
	await app.advanceUntil(/^ ✗ (i-|checkout)/, 200);
	await app.advance(20);
	return app;
}

/** Opens the log tail of the host with one of these troubles. */
async function openHost(app: App, trouble: keyof typeof hostNumbers): Promise<void> {
	const [rollout] = app.state.rollouts.values();
	const id = rollout?.targetIds[hostNumbers[trouble]] ?? '';
	await app.press('/');
	await app.type(id);
	await app.press('Enter', 'l');
}

/** What the view meant is what a person sees, and nothing has reached the terminal beyond that. */
function expectFrameAsMeant(app: App): void {
	expect(app.rows).toEqual(selectFrame(app.state).map(line => lineText(line).trimEnd()));
	expect(app.terminal.screen.isAlternate).toBe(true);
	expect(app.terminal.screen.title).toBe(selectOutside(app.state).title);
	expect(app.terminal.screen.clipboard).toBeUndefined();
}

describe('a log of 50 MB', () => {
	test('is read to its end in CloudWatch Logs while the rollout goes on', async () => {
		await using app = await launchAwkward();
		await openHost(app, 'huge');
		await app.press('Tab');
		await app.advance(4);
		expect(app.row('scripts.log · ')).toContain('reading on');
		await app.advance(200);
		expect(app.row('scripts.log · ')).not.toContain('reading on');
		await app.press('g');
		expect(app.row('The start is cut')).toContain('only the last 10,000 lines, or 1 MB, are kept here');
		await app.press('[', ']', 'G');
		expect(app.rows.findLast(row => /^ *\d+ /.test(row))).toMatch(/^ *10000 |^ *999\d /);
		expectFrameAsMeant(app);
	}, 60_000);

	test('is cut to its end on the host', async () => {
		await using app = await launchAwkward(onHosts);
		await openHost(app, 'huge');
		await app.press('Tab', 'Enter');
		await app.advance(3);
		await app.press('Enter');
		await app.advance(10);
		expect(app.row('scripts.log · ')).toContain('on the host');
		expect(app.row("unknown queue 'mailers_low'")).toContain('▌');
		await app.press('g');
		expect(app.row('The start is cut')).toContain('only the last 20 KB are read from a host');
	});
});

describe('a log that is', () => {
	test('empty is said to be', async () => {
		await using app = await launchAwkward();
		await openHost(app, 'empty');
		await app.press('Tab', 'Tab');
		await app.advance(4);
		expect(app.row('CloudWatch Logs  ')).toContain('nothing of this host in codedeploy-agent-log yet');
		await app.press('Enter');
		await app.advance(8);
		expect(app.row('There is nothing in the agent log on i-')).toBeDefined();
	});

	test('late is waited for, and shown when it comes', async () => {
		await using app = await launchAwkward();
		await openHost(app, 'late');
		await app.press('Tab');
		await app.advance(3);
		expect(app.row('It may still arrive there')).toBeDefined();
		await app.advance(60);
		expect(app.row('scripts.log · ')).toContain('CloudWatch Logs');
		expect(app.simulator.callsTo('SendCommand')).toEqual([]);
	});

	test('partly binary says so', async () => {
		await using app = await launchAwkward(onHosts);
		await openHost(app, 'binary');
		await app.press('Tab');
		await app.advance(3);
		await app.press('Enter');
		await app.advance(8);
		await app.press('g');
		expect(app.row('Some of it is no text')).toBeDefined();
		expectFrameAsMeant(app);
	});
});

describe('a hostile log draws nothing but text', () => {
	const walk = async (app: App) => {
		for (const key of ['g', 'PgDn', 'PgDn', 'w', 'g', 'G', 'y']) {
			await app.press(key);
			expectFrameAsMeant(app);
		}
	};

	test.each<[where: string, options: LaunchOptions]>([
		['in CloudWatch Logs', { columns: 100, rows: 30 }],
		['on the host', { ...onHosts, columns: 100, rows: 30 }],
	])('%s, through every source', async (_where, options) => {
		await using app = await launchAwkward(options);
		await openHost(app, 'hostile');
		await walk(app);
		for (const name of ['scripts.log', 'agent log', 'deployments log']) {
			await app.press('Tab');
			await app.advance(4);
			await app.press('Enter');
			await app.advance(8);
			expect(app.row(`${name} · `)).toMatch(/CloudWatch Logs|on the host/);
			await app.press('/');
			await app.type('ALL GOOD');
			await app.press('Enter');
			expect(app.row('ALL GOOD')).toBeDefined();
			await walk(app);
		}
	});
});
