import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { pictureOf } from './picture.ts';
import {
	expectRestored,
	type Session,
	type SessionOptions,
	TerminalLab,
	waitForTheEnd,
} from './terminal-lab.ts';

/** A remote shell as the AWS CLI gives one: the keys of signals are handed on to the host, which has no use for them. */
const remoteShell = `
trap '' INT QUIT TSTP
printf 'host$ '
while read -r line; do
	[ "$line" = exit ] && exit 0
	echo "got <$line>"
	printf 'host$ '
done
`;

type Prepared = {
	readonly session: Session;
	/** The host under the cursor. */
	readonly host: string;
	/** What the fake AWS CLI was started with; empty while it was not. */
	started(): string;
	/** The process id of the fake AWS CLI. */
	pid(): number;
	audited(): readonly AuditEntry[];
	calls(): number;
};

type Options = SessionOptions & { readonly args?: readonly string[]; readonly isRunning?: boolean };

/** A deployment that has ended unless it `isRunning`, and an AWS CLI that runs `script`; none without one. */
async function prepare(
	lab: TerminalLab,
	script: string | undefined,
	{ args = [], isRunning = false, ...options }: Options = {},
): Promise<Prepared> {
	const folder = lab.folder();
	const note = path.join(folder, 'started');
	const file = path.join(folder, 'aws');
	if (script !== undefined) {
		writeFileSync(file, `#!/bin/sh\necho "$$ $*" >"${note}"\n${script}\n`);
		chmodSync(file, 0o755);
	} else {
		for (const name of ['sh', 'stty', 'ps']) symlinkSync(`/bin/${name}`, path.join(folder, name));
	}
	const simulator = await lab.serve(isRunning ? 'healthy' : 'hook-failures', isRunning ? 1 : 1000);
	const session = await lab.open(simulator, args, {
		columns: 120,
		rows: 36,
		...options,
		// Without an AWS CLI of its own, the machine's must not be found.
		env: { PATH: script === undefined ? folder : `${folder}:${process.env.PATH}`, XDG_STATE_HOME: folder },
	});
	if (isRunning) {
		await session.waitFor(/^.. i-/);
	} else {
		await waitForTheEnd(session);
		await session.waitFor(/rolled back by .* Succeeded/);
	}
	const audit = path.join(folder, 'rollcall/audit.jsonl');
	const noted = () => (existsSync(note) ? readFileSync(note, 'utf8').trim() : '');
	return {
		session,
		host: / (i-[0-9a-f]{17}) /.exec(session.screen.row(/^.✗ i-/) ?? '')?.[1] ?? '',
		started: () => noted().replace(/^\d+ /, ''),
		pid: () => Number(noted().split(' ')[0]),
		audited: () =>
			existsSync(audit)
				? readFileSync(audit, 'utf8')
						.trimEnd()
						.split('\n')
						.map(line => JSON.parse(line))
				: [],
		calls: () => simulator.callsTo('GetDeployment').length,
	};
}

/** What is on the screen, but for what changes by itself and for the notice. */
const still = ({ screen }: Session): string[] =>
	pictureOf(screen).map(row => row.replace(/●.*$/, '●').replace(/.*(?:back from|no shell).*/, ''));

const modesOf = ({ screen }: Session) => ({
	alternate: screen.isAlternate,
	cursor: screen.cursorVisible,
	paste: screen.isBracketedPaste,
});

/** Where nobody collects them, the dead stay in the list as zombies. */
const isAlive = (pid: number): boolean => {
	const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' });
	return stdout.trim() !== '' && !stdout.trim().startsWith('Z');
};

describe('a shell on the host under the cursor', () => {
	test('has the terminal as it was before, and all of the keys; then the screen is back as it was', async () => {
		await using lab = new TerminalLab();
		const { session, host, started, audited } = await prepare(lab, remoteShell);
		const before = still(session);
		session.send('x');
		await session.waitFor(/^host\$/);
		const { screen } = session;
		expect(modesOf(session)).toEqual({ alternate: false, cursor: true, paste: false });
		const command = started();
		expect(command).toMatch(
			new RegExp(`^ssm start-session --target ${host} --region eu-west-1 --endpoint-url http`),
		);
		expect(screen.row(`rollcall: a shell on ${host}`)).toContain('checkout-api / prod-blue');
		expect(screen.row(/ {2}aws ssm start-session/)).toBeDefined();
		expect(screen.row('Come back with exit or ctrl-d')).toBeDefined();
		session.send('jjq?s\r');
		await session.waitFor(/got <jjq\?s>/);
		session.send('exit\r');
		await session.waitFor(shown => shown.isAlternate && shown.row(/back from i-/) !== undefined);
		await vi.waitFor(() => expect(still(session)).toEqual(before));
		expect(modesOf(session)).toEqual({ alternate: true, cursor: false, paste: true });
		expect(audited()).toMatchObject([
			{ outcome: 'sending', action: 'Open a shell', target: host, command: `aws ${command}` },
			{ outcome: 'accepted', detail: expect.stringContaining('back from i-') },
		]);
		await waitForKeys(session);
		session.send('q');
		expect(await session.ended()).toBe(6);
		expectRestored(session);
		expect(screen.row(/got <jjq/)).toBeDefined();
	});

	test('ends at ctrl-d, and can be opened again', async () => {
		await using lab = new TerminalLab();
		const { session } = await prepare(lab, remoteShell);
		for (const _ of [1, 2, 3]) {
			session.send('x');
			await session.waitFor(screen => !screen.isAlternate && screen.row(/^host\$/) !== undefined);
			session.send('\x04');
			await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
			await waitForKeys(session);
		}
	});

	test('gets what a terminal makes of ctrl-c, ctrl-\\ and ctrl-z, and rollcall goes on', async () => {
		await using lab = new TerminalLab();
		// Interactive shells do so, and nothing else is between them and rollcall.
		const { session } = await prepare(lab, remoteShell, { before: 'trap : QUIT TSTP' });
		session.send('x');
		await session.waitFor(/^host\$/);
		session.send('\x03\x1c\x1a');
		session.send('still here\r');
		await session.waitFor(/got <still here>/);
		session.send('exit\r');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
		await waitForKeys(session);
		process.kill(session.rollcallPid(), 'SIGINT');
		expect(await session.ended()).toBe(130);
		expectRestored(session);
	});

	test('keeps what was typed ahead of its end: it triggers nothing', async () => {
		await using lab = new TerminalLab();
		const { session } = await prepare(lab, remoteShell);
		const before = still(session);
		session.send('xq');
		await session.waitFor(/^host\$/);
		session.send('exit\r?\rq\rq');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
		await waitForKeys(session);
		expect(still(session)).toEqual(before);
	});

	test('does not hold up polling, and nothing is drawn across it', async () => {
		await using lab = new TerminalLab();
		const { session, calls } = await prepare(lab, remoteShell, { isRunning: true });
		session.send('x');
		await session.waitFor(/^host\$/);
		const picture = pictureOf(session.screen);
		const asked = calls();
		await expect.poll(calls, { timeout: 20_000, interval: 50 }).toBeGreaterThan(asked + 1);
		expect(pictureOf(session.screen)).toEqual(picture);
		session.send('exit\r');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
	});

	test.each([
		[60, 15],
		[100, 30],
		[160, 50],
	])('leaves a screen of the new size when the terminal becomes %i×%i meanwhile', async (columns, rows) => {
		await using lab = new TerminalLab();
		const { session } = await prepare(lab, remoteShell);
		session.send('x');
		await session.waitFor(/^host\$/);
		session.resize(columns, rows);
		session.send('resized\r');
		await session.waitFor(/got <resized>/);
		expect(session.screen.isAlternate).toBe(false);
		session.send('exit\r');
		await session.waitFor(screen => screen.isAlternate && screen.row(/back from i-/) !== undefined);
		expect(session.screen.text()).toHaveLength(rows);
		expect(session.screen.text()[0]).toMatch(/d-[A-Z0-9]{9}/);
		expect(session.screen.text()[rows - 1]).toMatch(/ open .*help/);
	});

	test('that leaves the terminal in a mess does not leave it so', async () => {
		await using lab = new TerminalLab();
		const mess =
			'stty raw -echo; printf "\\033[?1049h\\033[?1000h\\033[?25l\\033[5;10r\\033[31mhost$ "; read -r line';
		const { session } = await prepare(lab, mess);
		const before = still(session);
		session.send('x');
		await session.waitFor(/host\$/);
		session.send('\n');
		await session.waitFor(screen => screen.row(/back from i-|no shell/) !== undefined);
		await waitForKeys(session);
		await vi.waitFor(() => expect(still(session)).toEqual(before));
		session.send('q');
		expect(await session.ended()).toBe(6);
		expectRestored(session);
	});
});

/** The keys are the screen's again, from a little after its return. */
const waitForKeys = (session: Session): Promise<void> =>
	vi.waitFor(
		async () => {
			session.send('?');
			await session.waitFor(/ask AWS now/, 300);
			session.send('\x1b');
			await session.waitFor(/TARGET/);
		},
		{ timeout: 5_000 },
	);

describe('a shell that is open when rollcall has to end', () => {
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
			await expect.poll(() => existsSync(plugin) && readFileSync(plugin, 'utf8')).toMatch(/\d\n/);
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

describe('no shell', () => {
	const complain = (text: string, exitCode: number) => `cat >&2 <<'END'\n\n${text}\nEND\nexit ${exitCode}`;

	test.each([
		[
			'without the AWS CLI',
			undefined,
			'no shell: the AWS CLI is not installed (no aws on the PATH): https://docs.aws',
		],
		[
			'without its plugin',
			complain(
				'SessionManagerPlugin is not found. Please refer to SessionManager Documentation here: http://docs.aws.amazon.com/console/systems-manager/session-manager-plugin-not-found',
				255,
			),
			'no shell: the AWS CLI lacks its plugin (package session-manager-plugin): https://docs.aws',
		],
		[
			'without permission',
			complain(
				'An error occurred (AccessDeniedException) when calling the StartSession operation: User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: ssm:StartSession on resource: arn:aws:ec2:eu-west-1:123456789012:instance/i-0db27af8628206ab0',
				254,
			),
			'no shell: not allowed: ssm:StartSession',
		],
		[
			'on a host that is not connected',
			complain(
				'An error occurred (TargetNotConnected) when calling the StartSession operation: i-0db27af8628206ab0 is not connected.',
				254,
			),
			'no shell: Systems Manager does not reach i-',
		],
		[
			'for any other reason',
			complain('aws: something new', 3),
			'no shell: aws ended with exit code 3: aws: something new',
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
