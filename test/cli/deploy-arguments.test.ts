import { describe, expect, test } from 'vitest';
import { parseArguments } from '../../src/cli/parse-arguments.ts';

const parse = (...args: readonly string[]) => parseArguments(args, '1.2.3');
const group = ['--application', 'A', '--group', 'G'];
const subject = { application: 'A', group: 'G' };

test('rollcall rollback takes a group, or one of its deployments, and what it returns to', () => {
	expect(parse('rollback', ...group)).toMatchObject({
		type: 'deploy',
		purpose: 'roll-back',
		subject,
		overrideAlarms: false,
		ignoreApplicationStopFailures: false,
		dryRun: false,
		yes: false,
		format: 'text',
	});
	expect(parse('rollback', 'd-ABC123DEF')).toMatchObject({ subject: { deploymentId: 'd-ABC123DEF' } });
	const url = 'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-ABC123DEF';
	expect(
		parse(
			'rollback',
			...group,
			...['--to', url, '--override-alarms', '--ignore-application-stop-failures', '--file-exists', 'RETAIN'],
			...['--deployment-config', 'Careful', '--description', 'Back', '--yes', '--confirm', 'G'],
		),
	).toMatchObject({
		source: { from: 'd-ABC123DEF' },
		overrideAlarms: true,
		ignoreApplicationStopFailures: true,
		fileExistsBehavior: 'RETAIN',
		configName: 'Careful',
		description: 'Back',
		yes: true,
		confirm: 'G',
	});
});

describe('rollcall deploy', () => {
	const s3 = (key: string, bundleType: string) => ({
		revision: { type: 's3', bucket: 'bkt', key, bundleType },
	});
	test.each([
		[['s3://bkt/a.zip'], s3('a.zip', 'zip')],
		[['s3://bkt/x/a.tar.gz'], s3('x/a.tar.gz', 'tgz')],
		[['s3://bkt/a.yaml'], s3('a.yaml', 'YAML')],
		[['s3://bkt/a', '--bundle-type', 'tar'], s3('a', 'tar')],
		[['s3://bkt/a.zip?versionId=v1'], { revision: { version: 'v1' } }],
		[
			['github:o/r@0123456789012345678901234567890123456789'],
			{ revision: { type: 'github', repository: 'o/r' } },
		],
		[['d-ABC123DEF'], { from: 'd-ABC123DEF' }],
	])('deploys %j', ([revision = '', ...more], source) => {
		expect(parse('deploy', ...group, '--revision', revision, ...more)).toMatchObject({
			type: 'deploy',
			purpose: 'deploy',
			subject,
			source,
		});
	});
});

test.each([
	[['deploy', ...group], /--revision/],
	[['deploy', ...group, '--revision', 'latest'], /'latest' is invalid; expected s3:/],
	[
		['deploy', ...group, '--revision', 'd-ABC123DEF', '--bundle-type', 'zip'],
		/^--bundle-type: expected --revision s3:/,
	],
	[['deploy', '--application', 'A', '--revision', 'd-ABC123DEF'], /expected --group too/],
	[['rollback', ...group, '--to', 'yesterday'], /^--to: no deployment id in “yesterday”/],
	[['rollback', ...group, '--json'], /^--json: expected --dry-run too/],
	[['rollback', ...group, '--file-exists', 'KEEP'], /DISALLOW, OVERWRITE, RETAIN/],
	[['rollback', ...group, '--description', 'x'.repeat(257)], /expected 1 to 256 characters/],
])('%j is refused in a line that says what was expected', (args, message) => {
	expect(() => parse(...args)).toThrow(message);
});
