import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CommonOptions } from '../../src/cli/command.ts';
import { configure } from '../../src/cli/configure.ts';
import { chooseContexts, withOnlyContext } from '../../src/cli/contexts.ts';
import type { ContextSettings } from '../../src/cli/settings.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import { Lab } from './lab.ts';

const plain = { readOnly: false, ascii: false, protect: ['*prod*'] };

const file: readonly ContextSettings[] = [
	{
		label: 'prod',
		profile: 'live',
		regions: ['eu-west-1', 'us-east-1'],
		colour: 'red',
		readOnly: true,
		protected: ['*'],
	},
	{ label: 'dev', profile: 'dev', regions: ['eu-west-1'], colour: 'green' },
	{ label: 'here', regions: [] },
];

const chosen = (options: Partial<CommonOptions>, env: Readonly<Record<string, string>> = {}) =>
	chooseContexts({ ...plain, ...options }, env);
const briefly = (options: Partial<CommonOptions>, env?: Readonly<Record<string, string>>) =>
	chosen(options, env).map(({ label, profile = '-', region = '-' }) => `${label}: ${profile} ${region}`);

describe('without a file', () => {
	test.each([
		[{}, {}, ['default: - -']],
		[{}, { AWS_PROFILE: 'dev', AWS_DEFAULT_REGION: 'eu-west-1' }, ['dev: dev eu-west-1']],
		[{}, { AWS_PROFILE: '', AWS_REGION: '', AWS_DEFAULT_REGION: 'eu-west-1' }, ['default: - eu-west-1']],
		[{ profile: 'live' }, { AWS_PROFILE: 'dev', AWS_REGION: 'eu-west-1' }, ['live: live eu-west-1']],
		[{ region: 'us-east-1' }, { AWS_REGION: 'eu-west-1' }, ['default: - us-east-1']],
		[{ profiles: ['a', 'b'] }, { AWS_REGION: 'eu-west-1' }, ['a: a eu-west-1', 'b: b eu-west-1']],
		[
			{ profile: 'a', regions: ['eu-west-1', 'us-east-1'] },
			{},
			['eu-west-1: a eu-west-1', 'us-east-1: a us-east-1'],
		],
		[
			{ profiles: ['a', 'b'], regions: ['eu-west-1', 'us-east-1'] },
			{},
			[
				'a · eu-west-1: a eu-west-1',
				'a · us-east-1: a us-east-1',
				'b · eu-west-1: b eu-west-1',
				'b · us-east-1: b us-east-1',
			],
		],
	])('%j with %j', (options, env, contexts) => {
		expect(briefly(options, env)).toEqual(contexts);
	});
});

describe('with a file', () => {
	const all = [
		'prod · eu-west-1: live eu-west-1',
		'prod · us-east-1: live us-east-1',
		'dev: dev eu-west-1',
		'here: - -',
	];

	test.each([
		[{}, all],
		[{ contexts: ['dev', 'prod'] }, [all[2], all[0], all[1]]],
		[{ contexts: ['prod · us-east-1'] }, [all[1]]],
		[{ contexts: ['prod'], region: 'us-east-1' }, [all[1]]],
		[
			{ contexts: ['here'], regions: ['eu-west-1', 'us-east-1'] },
			['here · eu-west-1: - eu-west-1', 'here · us-east-1: - us-east-1'],
		],
		[{ profiles: ['live', 'other'], region: 'eu-west-1' }, [all[0], 'other: other eu-west-1']],
	])('%j', (options, contexts) => {
		expect(briefly({ ...options, knownContexts: file })).toEqual(contexts);
	});

	test('a context is what the file says, and what holds for all contexts holds for it too', () => {
		expect(chosen({ knownContexts: file, contexts: ['prod'], region: 'eu-west-1' })).toEqual([
			{
				label: 'prod · eu-west-1',
				profile: 'live',
				region: 'eu-west-1',
				colour: 'red',
				readOnly: true,
				protect: ['*prod*', '*'],
			},
		]);
		expect(chosen({ knownContexts: file, readOnly: true }).every(each => each.readOnly)).toBe(true);
	});

	test('what it forbids is forbidden however the place was named', () => {
		for (const [options, env] of [
			[{ profile: 'live', region: 'eu-west-1' }, {}],
			[{ profile: 'live' }, {}],
			[{ region: 'us-east-1' }, { AWS_PROFILE: 'live' }],
		] as const) {
			expect(chosen({ ...options, knownContexts: file }, env)).toMatchObject([
				{ readOnly: true, protect: ['*prod*', '*'] },
			]);
		}
		expect(chosen({ profile: 'live', region: 'eu-central-1', knownContexts: file })).toMatchObject([
			{ readOnly: false, protect: ['*prod*'] },
		]);
	});

	test('--endpoint-url goes before its own', () => {
		const local: ContextSettings = {
			label: 'local',
			regions: ['eu-west-1'],
			endpointUrl: 'http://127.0.0.1:1',
		};
		const endpoints = (options: Partial<CommonOptions>) =>
			chosen({ ...options, knownContexts: [local] }).map(({ endpointUrl }) => endpointUrl);
		expect(endpoints({})).toEqual(['http://127.0.0.1:1']);
		expect(endpoints({ endpointUrl: 'http://127.0.0.1:2' })).toEqual(['http://127.0.0.1:2']);
	});
});

describe('a command for one place', () => {
	test.each([
		['dev', {}, {}, ['dev']],
		['here', {}, { AWS_PROFILE: '', AWS_REGION: '' }, ['here']],
		['dev', { endpointUrl: 'http://127.0.0.1:1' }, {}, ['dev']],
		['dev', { contexts: ['other'] }, {}, ['other']],
		['dev', { profile: 'live' }, {}, undefined],
		['dev', { region: 'us-east-1' }, {}, undefined],
		['dev', {}, { AWS_PROFILE: 'live' }, undefined],
		['dev', {}, { AWS_REGION: 'us-east-1' }, undefined],
		['dev', {}, { AWS_DEFAULT_REGION: 'us-east-1' }, undefined],
		['prod', {}, {}, undefined],
		['dev here', {}, {}, undefined],
		['', {}, {}, undefined],
	])('with a file of “%s”, asked with %j and %j, looks in %j', (labels, options, env, contexts) => {
		const knownContexts = file.filter(({ label }) => labels.split(' ').includes(label));
		expect(withOnlyContext({ ...plain, ...options, knownContexts }, env).contexts).toEqual(contexts);
	});

	test.each([
		['watch', '--application', 'shop'],
		['watch', '--application', 'shop', '--group', 'blue'],
		['status', 'd-ABC123DEF'],
		['wait', 'd-ABC123DEF'],
		['diagnose', 'd-ABC123DEF'],
		['doctor', 'd-ABC123DEF'],
	])('%s %s looks in the only place of the file', async (...args) => {
		await using lab = new Lab();
		const config = path.join(lab.folder(), 'rollcall.yaml');
		writeFileSync(config, 'contexts: [{label: eu, profile: live, regions: [eu-west-1], readOnly: true}]');
		const shared = path.join(lab.folder(), 'aws');
		writeFileSync(shared, '[profile live]');
		const env = { AWS_CONFIG_FILE: shared, AWS_SHARED_CREDENTIALS_FILE: '/dev/null' };
		const asked = [...args, '--config', config];
		expect(await configure(asked, '', env)).toMatchObject({
			common: { profile: 'live', region: 'eu-west-1', readOnly: true },
		});
		await expect(configure(asked, '', { ...env, AWS_CONFIG_FILE: '/dev/null' })).rejects.toThrow(
			'the context “eu”: there is no profile “live” in the shared AWS files',
		);
	});
});

test.each([
	[
		{ contexts: ['porod'] },
		'--context: there is no context “porod”: expected prod, dev or here; did you mean prod?',
	],
	[{ contexts: ['prod'], profile: 'dev' }, '--context and --profile: expected one of them'],
	[{ contexts: ['dev'], region: 'us-east-1' }, 'the context “dev” is not in us-east-1: expected eu-west-1'],
	[
		{ contexts: ['dev', 'dev'] },
		'two contexts are called “dev”: expected each profile, region and label once',
	],
	[{ profiles: ['a', 'a'] }, 'two contexts are called “a”'],
	[{ contexts: ['dev'], knownContexts: [] }, 'there is no context “dev”: the configuration file has none'],
])('%j is refused', (options, message) => {
	expect(() => chosen({ knownContexts: file, ...options })).toThrow(UsageError);
	expect(() => chosen({ knownContexts: file, ...options })).toThrow(message);
});
