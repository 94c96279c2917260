import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { credentials, type Environment, Lab, launcher, optionsFor } from '../cli/lab.ts';

/** Nobody of this number is known to any machine. */
const stranger = 54_321;
const isRoot = process.getuid?.() === 0;

/** Another user runs the program; only the superuser can arrange that. */
const asStranger = (args: readonly string[]): readonly string[] => [
	'--input-type=module',
	'--eval',
	`process.setgroups([]); process.setgid(${stranger}); process.setuid(${stranger});
	process.argv.splice(1, Infinity, ${[launcher, ...args].map(each => JSON.stringify(each)).join(', ')});
	await import(${JSON.stringify(launcher)});`,
];

describe('on a machine that knows nothing', () => {
	test.concurrent.each<readonly [string, Environment]>([
		['an empty home', { XDG_CACHE_HOME: '' }],
		['a home where nothing can be made', { HOME: '/proc', TMPDIR: '/proc' }],
		['a home that is named as nothing', { HOME: '' }],
		['a home that is named from here', { HOME: 'relative' }],
		['a home that is a file', { HOME: '/dev/null' }],
		['no terminal type and the plainest language', { TERM: '', LANG: 'C', LC_ALL: 'C' }],
	])('with %s a deployment is watched to its end', async (_name, env) => {
		await using lab = new Lab();
		const simulator = await lab.serve('hook-failures', 1000);
		const args = ['wait', simulator.deploymentId, ...optionsFor(simulator)];
		const { exitCode, stdout, stderr } = await lab.run(args, { ...credentials, ...env });
		expect({ exitCode, stderr }).toEqual({ exitCode: 6, stderr: '' });
		expect(stdout).toMatch(/rolled back by d-\w+ {2}Succeeded/);
	});

	test.concurrent.each<readonly [string, Environment]>([
		['in an empty home', { XDG_CACHE_HOME: '' }],
		['where nothing can be made', { HOME: '/proc', TMPDIR: '/proc' }],
	])('without credentials it says so in one line, %s', async (_name, env) => {
		await using lab = new Lab();
		const { exitCode, stdout, stderr } = await lab.run(['list', '--region', 'eu-west-1'], {
			AWS_EC2_METADATA_DISABLED: 'true',
			...env,
		});
		expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
		expect(stderr).toMatch(
			/^rollcall: Could not load credentials [^\n]*: try --profile, aws configure [^\n]*\n$/,
		);
	});

	test.concurrent('without a region it says in one line where one could come from', async () => {
		await using lab = new Lab();
		const { exitCode, stderr } = await lab.run(['d-ABC123DEF']);
		expect(exitCode).toBe(2);
		expect(stderr).toMatch(/^rollcall: Region is missing: expected a region [^\n]*\n$/);
	});

	test('nothing is left in the folder that one stands in', () => {
		// All that is above has run in this one.
		const kept = readdirSync('.').filter(name => ['.cache', '.local', 'relative', 'rollcall'].includes(name));
		expect(kept).toEqual([]);
	});

	test('the demo of a fleet says which folder it needs where it may write nothing', async () => {
		await using lab = new Lab();
		const { exitCode, stdout, stderr } = await lab.run(['demo', 'fleet'], { HOME: '/proc', TMPDIR: '/proc' });
		expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
		expect(stderr).toMatch(
			/^rollcall: no folder can be made in \/proc \(ENOENT\): expected [^\n]*TMPDIR[^\n]*\n$/,
		);
	});

	test.skipIf(!isRoot)('a user whom nobody knows, without a home, is served like any other', async () => {
		await using lab = new Lab();
		const simulator = await lab.serve('hook-failures', 1000);
		const args = ['wait', simulator.deploymentId, ...optionsFor(simulator)];
		const { HOME: _home, XDG_CACHE_HOME: _cache, ...env } = lab.environment(credentials);
		const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
		const child = spawn(process.execPath, asStranger(args), { env, stdio });
		const waited = await lab.follow(child).finished;
		expect([waited.exitCode, waited.stderr]).toEqual([6, '']);
	});

	test.skipIf(isRoot)('a home that may not be written is left alone', async () => {
		await using lab = new Lab();
		const home = path.join(lab.folder(), 'home');
		mkdirSync(home);
		chmodSync(home, 0o500);
		const simulator = await lab.serve('hook-failures', 1000);
		const { exitCode } = await lab.run(['wait', simulator.deploymentId, ...optionsFor(simulator)], {
			...credentials,
			HOME: home,
		});
		expect([exitCode, readdirSync(home)]).toEqual([6, []]);
	});
});
