import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { CommonOptions } from '../../src/cli/command.ts';
import { tellConfig } from '../../src/cli/config.ts';
import { configure } from '../../src/cli/configure.ts';
import { settingsSchema } from '../../src/cli/settings/shape.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { displayWidth } from '../../src/lib/width.ts';
import { Lab } from './lab.ts';

type Environment = Readonly<Record<string, string>>;

const file = `contexts:
  - label: prod
    profile: live
    regions: [eu-west-1, us-east-1]
    protected: ["*"]
  - label: dev
    endpointUrl: http://me:swordfish9@127.0.0.1:4566
cadence:
  turn: 2
keys:
  stop: S
  target: {shell: [X, ctrl-x]}
theme: colour-blind
notifications: {bell: false}
`;

/** A home of its own, with this configuration and this profile. */
class Home extends Lab {
	readonly path = this.folder();
	readonly env: Environment = {
		XDG_CONFIG_HOME: path.join(this.path, '.config'),
		AWS_CONFIG_FILE: this.write('aws', '[profile live]\n[profile dev]\n'),
		AWS_SHARED_CREDENTIALS_FILE: path.join(this.path, 'none'),
	};

	write(name: string, text: string | Buffer): string {
		const target = path.join(this.path, name);
		mkdirSync(path.dirname(target), { recursive: true });
		writeFileSync(target, text);
		return target;
	}

	/** The configuration that is found without being named. */
	configured(text: string): string {
		return this.write('.config/rollcall/rollcall.yaml', text);
	}

	configure(...args: readonly string[]) {
		return configure(args, '1.2.3', this.env);
	}

	async common(...args: readonly string[]): Promise<Partial<CommonOptions>> {
		const command = await this.configure(...args);
		return 'common' in command ? command.common : {};
	}

	async tell(...args: readonly string[]): Promise<string> {
		const command = await this.configure('config', ...args);
		if (command.type !== 'config') throw new Error(`${args.join(' ')} is ${command.type}`);
		let told = '';
		const exitCode = await tellConfig(command, {
			out: text => {
				told += text;
			},
			err: () => {},
			isInteractive: false,
			env: this.env,
			signal: new AbortController().signal,
			yieldInterrupts: () => () => {},
		});
		expect(exitCode).toBe(0);
		return told;
	}
}

const problem = async (attempt: Promise<unknown>): Promise<string> => {
	const error: unknown = await attempt.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	expect(error).toBeInstanceOf(UsageError);
	return error instanceof UsageError ? error.message : '';
};

const id = 'd-ABC123DEF';

describe('the file', () => {
	test('need not be there, but one that is named must', async () => {
		await using home = new Home();
		expect(await home.common(id)).toMatchObject({ readOnly: false, protect: ['*prod*'] });
		expect(await problem(home.configure(id, '--config', '/nowhere.yaml'))).toBe(
			'--config: /nowhere.yaml: there is no such file',
		);
		const named = { ...home.env, ROLLCALL_CONFIG: '/nowhere.yaml' };
		expect(await problem(configure([id], '', named))).toBe(
			'ROLLCALL_CONFIG: /nowhere.yaml: there is no such file',
		);
		expect(await problem(home.tell('check'))).toMatch(/rollcall\.yaml: there is no such file$/);
	});

	test('is the one that is named first: by --config, by ROLLCALL_CONFIG, in the XDG place', async () => {
		await using home = new Home();
		home.configured('theme: dark');
		const named = home.write('named.yaml', 'theme: light');
		const env = { ...home.env, ROLLCALL_CONFIG: home.write('env.yaml', 'theme: inherit') };
		const themeOf = async (args: readonly string[], from: Environment) => {
			const command = await configure([id, ...args], '', from);
			return 'common' in command ? command.common.theme : undefined;
		};
		expect(await themeOf([], home.env)).toBe('dark');
		expect(await themeOf([], { ...home.env, ROLLCALL_CONFIG: '' })).toBe('dark');
		expect(await themeOf([], env)).toBe('inherit');
		expect(await themeOf(['--config', named], env)).toBe('light');
		expect(await themeOf(['--config', '/dev/null'], env)).toBeUndefined();
		expect((await home.tell('path', '--config', named)).trim()).toBe(named);
	});

	test('is not read on and on, nor if it is no text', async () => {
		await using home = new Home();
		const pipe = path.join(home.path, 'pipe');
		execFileSync('mkfifo', [pipe]);
		const cases = [
			['/dev/zero', 'it is too large: expected at most 256 KiB'],
			[home.write('large', '#'.repeat(256 * 1024 + 1)), 'it is too large: expected at most 256 KiB'],
			[home.path, 'expected a file'],
			[pipe, 'expected a file'],
			[home.write('latin1', Buffer.from([0x23, 0xe9])), 'it is not text in UTF-8'],
		] as const;
		for (const [name, says] of cases) {
			expect(await problem(home.configure(id, '--config', name))).toBe(`--config: ${name}: ${says}`);
		}
	});

	test('is told line by line, with a place that editors understand', async () => {
		await using home = new Home();
		const name = home.configured('teme: dark\ncadence:\n  turn: 0\n');
		const told = (await problem(home.configure(id))).split('\n');
		expect(told).toHaveLength(2);
		expect(told[0]).toContain(`${name}:1:1: there is no setting “teme”`);
		expect(told[1]).toContain(`${name}:3:9: cadence.turn is “0”: expected seconds from 1 to 120`);
		expect(await problem(home.tell('check'))).toBe(told.join('\n'));
		const many = home.write('many.yaml', Array.from({ length: 30 }, (_, at) => `wrong${at}: 1`).join('\n'));
		expect((await problem(home.tell('check', many))).split('\n').at(-1)).toBe(
			`${many}: and 10 more like these`,
		);
	});
});

describe('what holds', () => {
	test('the command line goes before the file, and that before the defaults', async () => {
		await using home = new Home();
		home.configured('readOnly: true\ntheme: dark\nprotected: [live]\nlogGroups: {agent: a}\n');
		expect(await home.common(id)).toMatchObject({
			readOnly: true,
			theme: 'dark',
			protect: ['live'],
			logGroups: { agent: ['a'] },
		});
		const flags = ['--theme', 'light', '--protect', 'x', '--log-group', 'scripts=b', '--no-bell', '--ascii'];
		for (const args of [
			[...flags, 'watch', id],
			['watch', id, ...flags],
		]) {
			expect(await home.common(...args)).toMatchObject({
				readOnly: true,
				ascii: true,
				theme: 'light',
				protect: ['x'],
				logGroups: { scripts: ['b'] },
				notifications: { bell: false, title: true, progress: 'auto' },
			});
		}
	});

	test('a command for one place looks where the context is, and heeds what the file says of a place', async () => {
		await using home = new Home();
		home.configured(file);
		expect(await home.common(id, '--context', 'prod', '--region', 'us-east-1')).toMatchObject({
			profile: 'live',
			region: 'us-east-1',
			protect: ['*prod*', '*'],
		});
		expect(await home.common('status', id, '--profile', 'live')).toMatchObject({ protect: ['*prod*', '*'] });
		expect((await home.common('status', id, '--profile', 'dev')).protect).toEqual(['*prod*']);
		const choice = ['watch', '--application', 'shop', '--context', 'prod', '--region', 'us-east-1'];
		expect(await home.common(...choice)).toMatchObject({ profile: 'live', protect: ['*prod*', '*'] });
	});

	test.each([
		[['--profile', 'live,dev'], '--profile live,dev: expected one for rollcall watch'],
		[['--region', 'eu-west-1,us-east-1'], '--region eu-west-1,us-east-1: expected one for rollcall watch'],
		[['--context', 'prod,dev'], '--context prod,dev: expected one for rollcall watch'],
		[
			['--context', 'prod'],
			'--context “prod” is in several regions: expected one for rollcall watch; try --region',
		],
		[
			['--profile', 'nope'],
			'--profile: there is no profile “nope” in the shared AWS files: expected live, dev',
		],
	])('%j is refused for one deployment', async (args, message) => {
		await using home = new Home();
		home.configured(file);
		expect(await problem(home.configure(id, ...args))).toContain(message);
	});

	test('every profile of every context that is watched must exist', async () => {
		await using home = new Home();
		home.configured('contexts: [{label: a, profile: live}, {label: b, profile: x}, {label: c, profile: y}]');
		const told = (await problem(home.configure('list'))).split('\n');
		expect(told).toEqual([
			expect.stringContaining('the context “b”: there is no profile “x” in the shared AWS files'),
			expect.stringContaining('the context “c”: there is no profile “y” in the shared AWS files'),
		]);
		expect(await home.common('list', '--context', 'a')).toMatchObject({ contexts: ['a'] });
	});
});

describe('rollcall config', () => {
	test('show --origin tells every setting and where it comes from', async () => {
		await using home = new Home();
		home.configured(file);
		const told = await home.tell('show', '--origin', '--read-only', '--no-bell');
		const rows = told.split('\n').map(row => row.split(/ {2,}/));
		const originOf = (name: string) => rows.find(([first]) => first === name)?.at(-1);
		expect(originOf('contexts[0]')).toBe('rollcall.yaml:2');
		expect(originOf('contexts[2]')).toBe('rollcall.yaml:6');
		expect(originOf('cadence.turn')).toBe('rollcall.yaml:9');
		expect(originOf('cadence.group')).toBe('default');
		expect(originOf('keys.stop')).toBe('rollcall.yaml:11');
		expect(originOf('keys.target.shell')).toBe('rollcall.yaml:12');
		expect(originOf('theme')).toBe('rollcall.yaml:13');
		expect(originOf('readOnly')).toBe('--read-only');
		expect(originOf('notifications.bell')).toBe('--no-bell');
		expect(told).not.toContain('swordfish9');
		const elsewhere = await home.tell('show', '--origin', '--region', 'eu-west-1', '--profile', 'dev');
		expect(elsewhere).toMatch(/contexts\[0\] .* --profile, --region$/m);
	});

	test('show --json is a file that would be read as it is', async () => {
		await using home = new Home();
		home.configured(file);
		const shown: unknown = JSON.parse(await home.tell('show', '--json'));
		expect(new Ajv2020({ strict: false }).validate(settingsSchema, shown)).toBe(true);
		expect(shown).toMatchObject({
			contexts: [
				{ label: 'prod · eu-west-1', profile: 'live', region: 'eu-west-1', protected: ['*'] },
				{ label: 'prod · us-east-1' },
				{ label: 'dev' },
			],
			cadence: { turn: 2, largeTurn: 5 },
			keys: { stop: ['S'], target: { shell: ['X', 'ctrl-x'] } },
			budget: { burst: 20, perSecond: 2, concurrency: 4 },
		});
		const traced: unknown = JSON.parse(await home.tell('show', '--json', '--origin'));
		expect(traced).toEqual({
			settings: shown,
			origins: expect.objectContaining({ theme: 'rollcall.yaml:13' }),
		});
	});

	test('check counts what was read', async () => {
		await using home = new Home();
		const name = home.configured(file);
		const counts = '2 contexts in 3 places, 2 key bindings, 3 other settings';
		expect(await home.tell('check')).toBe(`ok: ${name}: ${counts}\n`);
		const other = home.write('other.yaml', 'theme: dark');
		expect(await home.tell('check', other)).toBe(
			`ok: ${other}: 0 contexts, 0 key bindings, 1 other setting\n`,
		);
	});

	test('keys lists them under the names that the file takes', async () => {
		await using home = new Home();
		home.configured(file);
		const told = await home.tell('keys');
		expect(told).toMatch(/^deployment\n {2}open +enter /m);
		expect(told).toMatch(/^ {2}stop +S +stop/m);
		expect(told.split('\n').filter(line => displayWidth(line) > 80)).toEqual([]);
	});
});

test('the program says what is wrong with the file, and ends with 2', async () => {
	await using lab = new Home();
	const name = lab.write('bad.yaml', 'readOnly: perhaps\ncontexts: [{label: a}, {label: a}]\n');
	expect(await lab.run(['config', 'check', name])).toEqual({
		exitCode: 2,
		stdout: '',
		stderr: [
			`rollcall: ${name}:1:11: readOnly is “perhaps”: expected true or false\n`,
			`rollcall: ${name}:2:25: contexts[1].label: “a” is the label of the context on line 2 too: expected another\n`,
		].join(''),
	});
});
