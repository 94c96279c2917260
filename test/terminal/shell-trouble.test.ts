import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { isAlive, prepare, remoteShell, waitForKeys } from './shell-lab.ts';
import { expectRestored, TerminalLab } from './terminal-lab.ts';

describe.concurrent('a shell that is open when rollcall has to end', () => {
	test.each([
		['SIGTERM', 143],
		['SIGHUP', 129],
	] as const)(
		'by %s ends too, with what it has started, and the terminal is restored',
		async (signal, exitCode) => {
			await using lab = new TerminalLab();
			const plugin = path.join(lab.folder(), 'plugin');
			const script = `stty -echo -icanon; sh -c 'echo $$ >${plugin}; sleep 600' & printf 'host$ '; wait`;
			const { session, pid, audited } = await prepare(lab, script);
			session.send('x');
			await session.waitFor(/^host\$/);
			await vi.waitFor(
				() => expect(existsSync(plugin) && readFileSync(plugin, 'utf8')).toMatch(/\d\n/),
				5_000,
			);
			process.kill(session.rollcallPid(), signal);
			expect(await session.ended()).toBe(exitCode);
			expectRestored(session);
			expect([pid(), Number(readFileSync(plugin, 'utf8'))].map(isAlive)).toEqual([false, false]);
			expect(audited().map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
		},
	);

	test('and will not hear of it is killed', async () => {
		await using lab = new TerminalLab();
		const { session, pid } = await prepare(
			lab,
			`trap '' TERM HUP INT; printf 'host$ '; while :; do sleep 1; done`,
		);
		session.send('x');
		await session.waitFor(/^host\$/);
		process.kill(session.rollcallPid(), 'SIGTERM');
		expect(await session.ended()).toBe(143);
		expectRestored(session);
		expect(isAlive(pid())).toBe(false);
	});
});

/** One of each way to end; what is made of their words stands in a table of its own (test/actions/shell.test.ts). */
describe.concurrent('no shell', () => {
	const complain = (text: string, exitCode: number) => `cat >&2 <<'END'\n\n${text}\nEND\nexit ${exitCode}`;

	test.each([
		[
			'without the AWS CLI',
			undefined,
			'no shell: the AWS CLI is not installed (no aws on the PATH): https://docs.aws',
		],
		[
			'without permission',
			complain(
				'An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-1:123456789012:instance/i-0db27af8628206ab0',
				254,
			),
			'no shell: not allowed: ssm:StartSession',
		],
		['that a signal has ended', 'kill -9 $$', 'no shell: aws was ended by a signal'],
	])('%s: the screen is back and says why', async (_name, script, notice) => {
		await using lab = new TerminalLab();
		const { session, audited } = await prepare(lab, script, {
			columns: 160,
		});
		session.send('x');
		await session.waitFor(screen => screen.isAlternate && screen.row(/no shell: /) !== undefined);
		expect(session.screen.row(/no shell: /)).toContain(notice);
		expect(audited().map(({ outcome }) => outcome)).toEqual(['sending', 'failed']);
		await waitForKeys(session);
		session.send('q');
		expect(await session.ended()).toBe(6);
		expectRestored(session);
	});

	test('in a read-only session, and nothing is started', async () => {
		await using lab = new TerminalLab();
		const { session, started, audited } = await prepare(lab, remoteShell, { args: ['--read-only'] });
		session.send('x');
		await session.waitFor(/no shell: read-only session/);
		expect(session.screen.isAlternate).toBe(true);
		expect([started(), audited()]).toEqual(['', []]);
	});
});
