import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test, vi } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { expectRestored, refreshUntil, type Session, TerminalLab } from './terminal-lab.ts';

type Prepared = {
	readonly session: Session;
	readonly simulator: Simulator;
	/** What is in the audit file now. */
	audited(): readonly AuditEntry[];
};

async function openHealthy(lab: TerminalLab, args: readonly string[]): Promise<Prepared> {
	const state = lab.folder();
	const file = path.join(state, 'rollcall/audit.jsonl');
	const simulator = await lab.serve('healthy', 5);
	const size = { columns: 100, rows: 30 };
	const session = await lab.open(simulator, args, { ...size, env: { XDG_STATE_HOME: state } });
	await refreshUntil(session, /InProgress/);
	return {
		session,
		simulator,
		audited: () =>
			existsSync(file)
				? readFileSync(file, 'utf8')
						.trimEnd()
						.split('\n')
						.map(line => JSON.parse(line))
				: [],
	};
}

const stopped = (simulator: Simulator) => simulator.callsTo('StopDeployment').length;

test.concurrent('a stop is on the disk before it is sent, and its outcome after', async () => {
	await using lab = new TerminalLab();
	const { session, simulator, audited } = await openHealthy(lab, ['--protect', 'none']);
	simulator.inject({ type: 'latency', latencyMs: 700, operations: ['StopDeployment'] });
	session.send('s');
	await session.waitFor(/Cancel/);
	session.send('y');
	await vi.waitFor(() => expect(stopped(simulator)).toBe(1), { interval: 5, timeout: 5_000 });
	expect(audited()).toMatchObject([
		{
			outcome: 'sending',
			deploymentId: simulator.deploymentId,
			application: 'checkout-api',
			group: 'prod-blue',
			region: 'eu-west-1',
			account: '123456789012',
			identity: expect.stringMatching(/^arn:aws:/),
		},
	]);
	await refreshUntil(session, /■ Stopped/);
	expect(audited().map(({ outcome }) => outcome)).toEqual(['sending', 'accepted']);
	session.send('q');
	expect(await session.ended()).toBe(3);
	expect(session.screen.row(simulator.deploymentId)).toMatch(/^■ .* Stopped after/);
	expect(stopped(simulator)).toBe(1);
});

test.concurrent('who stops and quits in one breath is told what became of it', async () => {
	await using lab = new TerminalLab();
	const { session, simulator, audited } = await openHealthy(lab, ['--protect', 'none']);
	simulator.inject({ type: 'latency', latencyMs: 400, operations: ['StopDeployment'] });
	session.send('s');
	await session.waitFor(/Cancel/);
	session.send('y\x03');
	expect([0, 3]).toContain(await session.ended());
	expectRestored(session);
	expect(session.screen.row(/stop, without rolling back accepted/)).toBeDefined();
	expect(audited().map(({ outcome }) => outcome)).toEqual(['sending', 'accepted']);
});

test.concurrent('who is ended by a signal in the middle of a stop leaves an outcome that is unknown', async () => {
	await using lab = new TerminalLab();
	const { session, simulator, audited } = await openHealthy(lab, ['--protect', 'none']);
	simulator.inject({ type: 'blackHole', operations: ['StopDeployment'] });
	session.send('s');
	await session.waitFor(/Cancel/);
	session.send('y');
	await vi.waitFor(() => expect(stopped(simulator)).toBe(1), { interval: 5, timeout: 5_000 });
	process.kill(session.rollcallPid(), 'SIGTERM');
	expect(await session.ended()).toBe(143);
	expectRestored(session);
	expect(audited().map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
});

test.concurrent('a protected group wants its name, and a burst of keys or a paste is no confirmation', async () => {
	await using lab = new TerminalLab();
	const { session, simulator, audited } = await openHealthy(lab, []);
	session.send('sy\r');
	await session.waitFor(/cancelled/);
	session.send('s');
	await session.waitFor(/Type its name to confirm/);
	session.send('\x1b[200~prod-blue\r\n\x1b[201~');
	await session.waitFor(/↵ +Stop/);
	expect(stopped(simulator)).toBe(0);
	session.send('\r');
	await refreshUntil(session, /■ Stopped/);
	expect(audited().map(({ outcome }) => outcome)).toEqual(['sending', 'accepted']);
});

test.concurrent('--read-only refuses, and leaves no trace', async () => {
	await using lab = new TerminalLab();
	const { session, simulator, audited } = await openHealthy(lab, ['--read-only', '--protect', 'none']);
	session.send('s');
	await session.waitFor(/read-only session/);
	session.send('yq');
	expect(await session.ended()).toBe(0);
	expect(stopped(simulator)).toBe(0);
	expect(audited()).toEqual([]);
});
