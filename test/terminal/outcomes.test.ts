import { expect, test, vi } from 'vitest';
import { expectRestored, refreshUntil, TerminalLab } from './terminal-lab.ts';

const size = { columns: 140, rows: 36 };

/** Opens the screen on a deployment that has failed, and moves it on to where its rollback runs; there it stays. */
async function openRollingBack(lab: TerminalLab) {
	const { simulator, clock } = await lab.serveStill('hook-failures');
	const session = await lab.open(simulator, [], size);
	await refreshUntil(session, /rolled back by d-\w+ .*InProgress/, () => {
		if (session.screen.row('rolled back by') === undefined) clock.jumpTo(clock.now() + 5_000);
	});
	return { session, simulator };
}

test.concurrent('a deployment that has been rolled back: 6, with the root failure, its hosts and its log', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('hook-failures', 60);
	const session = await lab.open(simulator, [], size);
	await session.waitFor(/rolled back by d-\w+ .*Succeeded/, 15_000);
	const rollback = /rolled back by (d-\w+)/.exec(session.screen.row(/rolled back by/) ?? '')?.[1];
	session.send('q');
	expect(await session.ended()).toBe(6);
	expectRestored(session);
	const [status, counts, error, failure, log, more, rolledBack] = session.screen.text();
	expect(status).toMatch(`✗ ${simulator.deploymentId}  checkout-api / prod-blue  Failed after`);
	expect(counts).toBe('  6/24 succeeded · 6 failed · 12 skipped');
	expect(error).toMatch(/^ {2}HEALTH_CONSTRAINTS: /);
	const rest = [failure, log, more, rolledBack].join('\n');
	expect(rest).toMatch(/✗ ApplicationStart scripts\/start_server\.sh exit 127 on 2 targets: i-\w+, i-\w+$/m);
	expect(rest).toMatch(/^ {6}pm2: command not found$/m);
	expect(session.screen.row(/^ {2}rolled back by/)).toMatch(`rolled back by ${rollback}  Succeeded after`);
});

test.concurrent('a deployment that has failed, left while its rollback runs: 1', async () => {
	await using lab = new TerminalLab();
	const { session } = await openRollingBack(lab);
	session.send('q');
	expect(await session.ended()).toBe(1);
	expect(session.screen.row(/^✗ d-\w+ .* Failed after/)).toBeDefined();
});

test.concurrent('a deployment that has succeeded: 0', async () => {
	await using lab = new TerminalLab();
	const session = await lab.open(await lab.serve('healthy', 1000), [], size);
	await session.waitFor(/final/);
	session.send('q');
	expect(await session.ended()).toBe(0);
	expect(session.screen.row(/^✓ d-\w+ .* Succeeded after/)).toBeDefined();
	expect(session.screen.row(/^ {2}60\/60 succeeded$/)).toBeDefined();
});

test.concurrent('a deployment that nobody could read any more: 5', async () => {
	await using lab = new TerminalLab();
	const simulator = await lab.serve('release');
	const session = await lab.open(simulator, [], size);
	simulator.inject({ type: 'expiredCredentials' });
	const asked = () => simulator.callsTo('GetDeployment').length;
	const before = asked();
	session.send('R');
	await session.waitFor(/credentials expired: run aws sso login/, 10_000);
	// That may have come of another call: what is asked once more has been answered before.
	await vi.waitFor(
		() => {
			session.send('R');
			expect(asked()).toBeGreaterThan(before + 2);
		},
		{ interval: 250, timeout: 10_000 },
	);
	session.send('q');
	expect(await session.ended()).toBe(5);
});

test.concurrent('who has gone elsewhere is told how the deployment stands that they came for', async () => {
	await using lab = new TerminalLab();
	const { session, simulator } = await openRollingBack(lab);
	session.send('\t');
	await session.waitFor(/rolls back d-\w+/);
	session.send('q');
	expect(await session.ended()).toBe(1);
	expect(session.screen.text()[0]).toMatch(`✗ ${simulator.deploymentId}  checkout-api / prod-blue  Failed`);
	expect(session.screen.row(/^ {2}rolled back by d-/)).toBeDefined();
});
