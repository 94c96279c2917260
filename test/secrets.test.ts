import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { recorderOf } from '../src/actions/audit.ts';
import { explain } from '../src/cli/explain.ts';
import { NoAwsError } from '../src/cli/refusal.ts';
import { UsageError } from '../src/cli/usage-error.ts';
import { type HostCommand, hostScript } from '../src/domain/host-command.ts';
import { asDeploymentId } from '../src/domain/ids.ts';
import { redact } from '../src/lib/redact.ts';
import { createVirtualClock } from '../src/lib/virtual-clock.ts';
import { initialState } from '../src/monitor/state.ts';
import { createStore } from '../src/monitor/store.ts';
import { startSimulator } from '../src/simulator/simulator.ts';
import { type Environment, Lab } from './cli/lab.ts';
import { session, watchedId } from './monitor/support/snapshots.ts';
import { App, startAt } from './support/app.ts';
import { planted, plantSecrets, secrets } from './support/planting-proxy.ts';
import { createRecords } from './support/records.ts';

/** Whether nothing of it is left, and what is. */
function expectClean(text: string): void {
	const at = text.search(planted);
	expect(at < 0 ? undefined : text.slice(Math.max(0, at - 80), at + 40)).toBeUndefined();
}

/** The environment's own secrets, which nothing may tell either. */
const environment: Environment = {
	AWS_ACCESS_KEY_ID: 'AKIAPL4NTEDPL4NTED34',
	AWS_SECRET_ACCESS_KEY: 'pl4ntedInEnvironment',
	AWS_SESSION_TOKEN: 'pl4ntedSessionToken',
	GITHUB_TOKEN: 'ghp_pl4nted0123456789pl4nted',
};

/** Every file below a folder, with its mode. */
const filesBelow = (folder: string): readonly { readonly file: string; readonly mode: string }[] =>
	readdirSync(folder, { recursive: true, withFileTypes: true })
		.filter(entry => entry.isFile())
		.map(entry => {
			const file = path.join(entry.parentPath, entry.name);
			return { file, mode: (statSync(file).mode & 0o777).toString(8) };
		});

describe('no secret leaves', () => {
	const group = ['--application', 'checkout-api', '--group', 'prod-blue'];
	const one = (id: string) => [id];

	test('in what the commands print and leave on the disk', async () => {
		await using lab = new Lab();
		const simulator = await lab.serve('hook-failures', 1000);
		await using proxy = await plantSecrets(simulator.url);
		const home = lab.folder();
		const state = path.join(home, 'state');
		// A folder of the user's own that was open to all.
		mkdirSync(path.join(state, 'rollcall'), { recursive: true, mode: 0o777 });
		const env = {
			...environment,
			HOME: home,
			XDG_STATE_HOME: state,
			XDG_CACHE_HOME: path.join(home, 'cache'),
		};
		const where = ['--endpoint-url', proxy.url, '--region', simulator.region];
		const id = one(simulator.deploymentId);
		const commands: readonly (readonly string[])[] = [
			['wait', ...id],
			['wait', ...id, '--json'],
			['status', ...id],
			['status', ...id, '--json'],
			['diagnose', ...id],
			['diagnose', ...id, '--json'],
			['diagnose', ...id, '--markdown'],
			['doctor', ...id],
			['list', ...group],
			['list', ...group, '--json'],
			['history', ...group],
			['history', ...group, '--json'],
			['preflight', ...group],
			['rollback', ...group, '--dry-run'],
			['protect', ...group, '--auto-rollback', 'failure', '--dry-run'],
		];
		const finished = await Promise.all(commands.map(args => lab.run([...args, ...where], env)));
		for (const [index, { exitCode, stdout, stderr }] of finished.entries()) {
			expect([commands[index], [0, 1, 6].includes(exitCode ?? -1), stderr]).toEqual([
				commands[index],
				true,
				expect.any(String),
			]);
			expectClean(`${commands[index]?.join(' ')}\n${stdout}${stderr}`);
			expect(stdout).not.toBe('');
		}
		// They have got in: or this would show nothing.
		expect(
			finished
				.map(({ stdout }) => stdout)
				.join('')
				.match(/\[redacted\]/g)?.length,
		).toBeGreaterThan(20);
		for (const { file, mode } of filesBelow(state)) {
			expectClean(readFileSync(file, 'utf8'));
			expect([file, mode]).toEqual([file, '600']);
		}
	});

	test('from the screen: what is copied, reported, audited and said at the end', async () => {
		const clock = createVirtualClock(startAt);
		const simulator = await startSimulator({ scenario: 'script-exit', clock });
		await using proxy = await plantSecrets(simulator.url);
		Object.assign(process.env, environment);
		const behind = new Proxy(simulator, {
			get: (target, name) => (name === 'url' ? proxy.url : Reflect.get(target, name)),
		});
		await using app = new App(clock, behind, { common: { protect: [] }, columns: 200 });
		await app.start();
		await app.advanceUntil(/✗ Failed/, 600);
		await app.advance(5);
		const copies: string[] = [];
		const copy = async () => {
			await app.press('y');
			copies.push(app.copied);
		};
		await app.press('e', 'f', 'Enter', 'l', 'g', '/');
		await app.type('DB_PASS');
		await app.press('Enter');
		// As it is: the user's own log on the user's own screen.
		expect(app.shows('pl4nted-password')).toBe(true);
		await copy();
		expect(app.shows('without what looks like a secret')).toBe(true);
		await app.press('Esc', 'Esc', 'd');
		await copy();
		await app.press('Esc', '!');
		await copy();
		await app.press('Esc', 'D');
		await app.advance(60);
		await copy();
		await app.press('Esc', 'q');
		await app.ended;
		expect(copies[0]).toContain('[redacted]');
		for (const text of [...copies, ...app.records.reports, app.printed, JSON.stringify(app.audited)])
			expectClean(text);
		expect(app.records.reports[0]).toContain('[redacted]');
	});

	test('in the audit trail, whatever AWS and the user have called things', () => {
		const { audit, audited } = createRecords();
		const clock = createVirtualClock(startAt);
		const store = createStore(initialState(watchedId, { ...session, endpointUrl: secrets[4] ?? '' }), flush =>
			flush(),
		);
		const record = recorderOf({ store, audit, clock }, watchedId, {
			action: 'Stop',
			command: secrets.join(' '),
			target: secrets[0] ?? '',
		});
		record('failed', secrets.join('\n'));
		expectClean(JSON.stringify(audited));
		expect(audited[0]?.deploymentId).toBe(watchedId);
	});

	test('in what ends the program: a sentence, or the report of a crash with its cause', () => {
		const cause = new Error(secrets.join('\n'));
		const crash = new Error(`\x1b]2;evil\x07${secrets.join(' ')}`, { cause });
		crash.stack = `${crash.stack}\n    cause: ${cause.stack}`;
		for (const error of [new UsageError(secrets.join(' ')), crash, secrets.join('\n')]) {
			const { text } = explain(error, 'rollcall 1.2.3');
			expectClean(text);
			expect(text).toMatch(/^[^\x00-\x09\x0b-\x1f]*$/);
			expect(text).toContain('[redacted]');
		}
		expectClean(explain(new NoAwsError(secrets.join(' '), 'network'), 'rollcall 1.2.3').text);
	});
});

test('commands that are run on hosts stand in the trail to the letter', () => {
	const deploymentId = asDeploymentId('d-ABC123DEF');
	const groupId = 'fc6bd1cb-ffc7-4f74-a3a9-ab2b0c5e7ae9';
	const plain = ['agent-log', 'deployments-log', 'agent-status', 'agent-version', 'disk', 'clock'] as const;
	for (const platform of ['linux', 'windows'] as const) {
		const commands: readonly HostCommand[] = [
			{ kind: 'scripts-log', platform, deploymentId, groupId },
			{ kind: 'deployment-root', platform, groupId },
			...plain.map(kind => ({ kind, platform })),
		];
		for (const command of commands) {
			const text = hostScript(command)?.text ?? '';
			expect(text).not.toBe('');
			expect(redact(text)).toBe(text);
		}
	}
});
