import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/cli/command.ts';
import { parseArguments } from '../../src/cli/parse-arguments.ts';
import { createProgram } from '../../src/cli/program.ts';
import { noSettings } from '../../src/cli/settings.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { displayWidth } from '../../src/lib/width.ts';

const parse = (...args: readonly string[]): Command => parseArguments(args, '1.2.3');

const id = 'd-ABC123DEF';
const usual = { readOnly: false, ascii: false, protect: ['*prod*'] };

describe('what to watch', () => {
	test.each([
		['an id', [id]],
		['an id after watch', ['watch', id]],
		[
			'a console URL',
			[`https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/${id}?region=x`],
		],
		['an ARN', [`arn:aws:codedeploy:eu-west-1:123456789012:deployment/${id}`]],
		['CLI output', [`{\n    "deploymentId": "${id}"\n}\n`]],
		[
			'a CLI table',
			[`-----------\n|  CreateDeployment  |\n+----------+\n|  deploymentId |  ${id} |\n-----------\n`],
		],
		['text in several words', ['watch', 'Deployment', `"${id}"`, 'started,', 'see', id]],
	])('%s', (_name, args) => {
		expect(parse(...args)).toMatchObject({ type: 'watch', subject: { deploymentId: id } });
	});

	test('the region that a URL or an ARN names is taken, unless another is asked for', () => {
		const url = `https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/${id}?region=eu-west-1`;
		expect(parse('watch', url)).toMatchObject({ common: { ...usual, region: 'eu-west-1' } });
		expect(parse('watch', '--region', 'us-east-1', url)).toMatchObject({ common: { region: 'us-east-1' } });
		expect(parse('watch', id)).toEqual({
			type: 'watch',
			subject: { deploymentId: id },
			follow: false,
			common: usual,
		});
	});

	test.each([
		[['watch', id, 'd-ABC123DEG'], 'expected exactly one deployment id, not d-ABC123DEF and d-ABC123DEG'],
		[['watch', ''], 'such as d-ABC123DEF; or --application and --group; try'],
		[['status'], 'expected a deployment id: d- and nine'],
		[['watch', 'd-abc123def'], 'no deployment id in “d-abc123def”: expected'],
		[['watch', 'x'.repeat(500)], `no deployment id in “${'x'.repeat(59)}…”: expected`],
		[['stop', id], 'there is no command “stop”'],
	])('%j is refused', (args, message) => {
		expect(() => parse(...args)).toThrow(UsageError);
		expect(() => parse(...args)).toThrow(message);
	});
});

describe('options', () => {
	const options = ['--profile', 'dev', '--region', 'us-gov-west-1', '--endpoint-url', 'http://[::1]:4566/x'];
	const flags = ['--read-only', '--ascii', '--protect', 'live-*', '--protect', 'main'];
	const all = [...options, ...flags];
	const common = {
		profile: 'dev',
		region: 'us-gov-west-1',
		endpointUrl: 'http://[::1]:4566/x',
		readOnly: true,
		ascii: true,
		protect: ['live-*', 'main'],
	};

	test.each([
		['watch', id],
		['demo', 'release'],
		['simulate', 'release'],
	])('are taken before, after and around %s', (command, argument) => {
		const expected = expect.objectContaining({ type: command, common });
		expect(parse(...all, command, argument)).toEqual(expected);
		expect(parse(command, ...all, argument)).toEqual(expected);
		expect(parse(command, argument, ...all)).toEqual(expected);
		expect(parse(...options, command, argument, ...flags)).toEqual(expected);
	});

	test('are taken without a command', () => {
		expect(parse(...all, id)).toEqual({
			type: 'watch',
			subject: { deploymentId: id },
			follow: false,
			common,
		});
		expect(parse(id, ...all)).toEqual({
			type: 'watch',
			subject: { deploymentId: id },
			follow: false,
			common,
		});
	});

	test('log groups are collected for each log, in the order that they are given in', () => {
		const groups = [
			'--log-group',
			'agent=/fleet/agent',
			'--log-group',
			'scripts=a#b',
			'--log-group',
			'agent=c',
		];
		const logGroups = { agent: ['/fleet/agent', 'c'], scripts: ['a#b'] };
		for (const args of [
			[...groups, id],
			['watch', id, ...groups],
			['diagnose', ...groups, id],
			['doctor', id, ...groups],
		]) {
			expect(parse(...args)).toMatchObject({ common: { logGroups } });
		}
		for (const group of ['agent', 'agent=', '=x', 'agents=x', 'agent=a b', `agent=${'x'.repeat(513)}`]) {
			expect(() => parse(id, '--log-group', group)).toThrow(
				/expected scripts, agent, deployments, an equals sign and a log group, such as agent=\S+; try/,
			);
		}
	});

	test.each([
		['--version'],
		['-V'],
		['watch', '--version'],
		['demo', '-V'],
		['--ascii', 'simulate', '--version'],
	])('%s %s prints the version', (...args) => {
		expect(parse(...args)).toEqual({ type: 'print', text: '1.2.3\n' });
	});
});

test('the simulator', () => {
	expect(parse('simulate')).toEqual({
		type: 'simulate',
		scenario: 'release',
		port: 0,
		speed: 1,
		common: usual,
	});
	expect(parse('simulate', 'healthy', '--port', '4566', '--speed', '2.5')).toMatchObject({
		scenario: 'healthy',
		port: 4566,
		speed: 2.5,
	});
	for (const port of ['', ' ', '1.5', '0x10', '1e3', '65536']) {
		expect(() => parse('simulate', '--port', port)).toThrow('expected a port from 0 to 65535');
	}
	for (const speed of ['', ' ', '0', '-1', 'fast', 'Infinity', '1001']) {
		expect(() => parse('simulate', '--speed', speed)).toThrow('expected a number above 0');
	}
});

test('lint', () => {
	const asked = { type: 'lint', bundle: 'build', common: usual };
	expect(parse('lint', 'build')).toEqual({ ...asked, format: 'text', fix: false });
	expect(parse('lint', 'build', '--sarif', '--fix', '--platform', 'ecs')).toEqual({
		...asked,
		platform: 'ecs',
		format: 'sarif',
		fix: true,
	});
	expect(() => parse('lint', 'a', '--json', '--sarif')).toThrow(
		"'--json' cannot be used with option '--sarif'",
	);
	expect(() => parse('lint', 's3://bucket')).toThrow('expected s3://bucket/key');
	expect(() => parse('lint', '')).toThrow('expected the name of a folder');
	expect(() => parse('lint', 'a', '--platform', 'ec2')).toThrow('allowed choices are server, ecs, lambda');
});

test('the preflight', () => {
	const subject = { application: 'A', group: 'G' };
	const asked = { type: 'preflight', common: usual };
	expect(parse('preflight', '--application', 'A', '--group', 'G')).toEqual({
		...asked,
		subject,
		format: 'text',
	});
	expect(parse('preflight', id, '--json', '--revision', 's3://bucket/key.zip')).toEqual({
		...asked,
		subject: { deploymentId: id },
		format: 'json',
		revision: { type: 's3', bucket: 'bucket', key: 'key.zip', bundleType: 'zip' },
	});
	expect(() => parse('preflight', id, '--revision', 'key.zip')).toThrow('is invalid; expected s3://');
	expect(() => parse('preflight', '--group', 'G')).toThrow('expected --application too');
});

test('the doctor', () => {
	const asked = { type: 'doctor', subject: { deploymentId: id }, common: usual };
	expect(parse('doctor', id)).toEqual({ ...asked, format: 'text', hostCommands: true });
	expect(parse('doctor', id, '--json', '--target', 'i-1', '--no-host-commands')).toEqual({
		...asked,
		format: 'json',
		hostCommands: false,
		target: 'i-1',
	});
	expect(() => parse('doctor', id, '--target', ' ')).toThrow('expected the id of a target');
	expect(parse('diagnose', '--application', 'A', '--group', 'G')).toMatchObject({
		type: 'diagnose',
		subject: { application: 'A', group: 'G' },
	});
});

test('the demo', () => {
	expect(parse('demo')).toEqual({ type: 'demo', scenario: 'release', common: usual });
	expect(parse('demo', '--list')).toEqual({ type: 'list-scenarios' });
});

describe('help', () => {
	const helps = [
		['--help'],
		['-h'],
		['help'],
		...createProgram('', noSettings, () => {}).commands.map(command => ['help', command.name()]),
		...['show', 'check', 'keys', 'path'].map(task => ['config', task, '--help']),
	];

	test.each<[readonly string[]]>(helps.map(args => [args]))('%j fits a terminal of 80 columns', args => {
		const help = parse(...args);
		const text = help.type === 'print' ? help.text : '';
		expect(text).toContain('Usage: rollcall');
		const tooLong = text.split('\n').filter(line => displayWidth(line) > 80);
		expect(tooLong).toEqual([]);
	});

	test('names every command, option and exit code', () => {
		const help = parse('--help');
		const text = help.type === 'print' ? help.text : '';
		for (const word of [
			'watch',
			'demo',
			'simulate',
			'--profile',
			'--region',
			'--endpoint-url',
			'--read-only',
			'--log-group',
			'--context',
			'--config',
			'--debug-log',
			'ROLLCALL_CONFIG',
			'rollcall.yaml',
			'audit.jsonl',
			'NO_COLOR',
		]) {
			expect(text).toContain(word);
		}
		for (const code of [0, 1, 2, 3, 4, 5, 6]) expect(text).toMatch(new RegExp(`^ {2}${code} {2}\\w`, 'm'));
	});

	test.each<readonly [command: string, offered: readonly string[], useless: readonly string[]]>([
		['watch', ['--read-only', '--theme', '--no-bell'], ['several with commas']],
		[
			'status',
			['--ascii', '3  stopped'],
			['--theme', '--no-bell', '--screen-reader', '--protect', '4  given'],
		],
		['wait', ['--log-group', '4  given up'], ['--theme', '--read-only']],
		['list', ['several with commas'], ['--log-group', '--theme', '--read-only']],
		['doctor', ['--read-only'], ['--protect', '--theme', 'several with commas']],
		['simulate', ['--region'], ['--profile', '--context', '--theme', '--config']],
	])('of %s tells what it makes use of, and no more', (command, offered, useless) => {
		const help = parse('help', command);
		const text = help.type === 'print' ? help.text : '';
		for (const word of offered) expect(text).toContain(word);
		for (const word of useless) expect(text).not.toContain(word);
	});
});

test.each<readonly string[][]>([
	[['--read-only', '--theme', 'dark', 'status', 'd-ABC123DEF']],
	[['status', 'd-ABC123DEF', '--read-only', '--theme', 'dark']],
])('what a command has no use for is no mistake: %j', args => {
	expect(parse(...args)).toMatchObject({ type: 'status', common: { readOnly: true, theme: 'dark' } });
});
