import { describe, expect, test } from 'vitest';
import { type DeployOrder, plainOptions } from '../../src/domain/deploy-order.ts';
import type { Protection } from '../../src/domain/protection.ts';
import type { Revision } from '../../src/domain/revision.ts';
import {
	createKnownNames,
	learnAppSpec,
	learnDeployment,
	learnGroup,
} from '../../src/gateway/aws/known-names.ts';
import {
	createDeploymentInput,
	revisionLocation,
	updateGroupInput,
} from '../../src/gateway/aws/write-order.ts';
import { GatewayFailure } from '../../src/gateway/failure.ts';

const s3: Revision = { type: 's3', bucket: 'releases', key: 'build-4711.zip' };
const order: DeployOrder = { application: 'checkout', group: 'prod', revision: s3, options: plainOptions };
const bare = {
	applicationName: 'checkout',
	deploymentGroupName: 'prod',
	revision: { revisionType: 'S3', s3Location: { bucket: 'releases', key: 'build-4711.zip' } },
};

describe('a deployment is asked for', () => {
	test.each<[what: string, changed: Partial<DeployOrder>, more: object]>([
		['with nothing chosen', {}, {}],
		[
			'with a configuration',
			{ configName: 'CodeDeployDefault.OneAtATime' },
			{ deploymentConfigName: 'CodeDeployDefault.OneAtATime' },
		],
		['with a description', { description: 'back to 4711' }, { description: 'back to 4711' }],
		['with one that is too long', { description: 'x'.repeat(300) }, { description: 'x'.repeat(256) }],
		[
			'with one that is too long by half a character',
			{ description: `${'x'.repeat(255)}😀` },
			{ description: 'x'.repeat(255) },
		],
		['with one that is no text', { description: 'a\ud800' }, { description: 'a\ufffd' }],
		[
			'past the alarms',
			{ options: { ...plainOptions, overrideAlarms: true } },
			{ overrideAlarmConfiguration: { enabled: false } },
		],
		[
			'past ApplicationStop',
			{ options: { ...plainOptions, ignoreApplicationStopFailures: true } },
			{ ignoreApplicationStopFailures: true },
		],
		[
			'over files',
			{ options: { ...plainOptions, fileExistsBehavior: 'OVERWRITE' } },
			{ fileExistsBehavior: 'OVERWRITE' },
		],
		[
			'with a word of AWS’s that is new',
			{ options: { ...plainOptions, fileExistsBehavior: 'RENAME' } },
			{ fileExistsBehavior: 'RENAME' },
		],
	])('%s', (_, changed, more) => {
		expect(createDeploymentInput({ ...order, ...changed }, createKnownNames())).toEqual({ ...bare, ...more });
	});
});

describe('a revision is sent', () => {
	test.each<[Revision, object]>([
		[
			{ ...s3, bundleType: 'zip', version: 'v1', eTag: 'e1' },
			{
				revisionType: 'S3',
				s3Location: {
					bucket: 'releases',
					key: 'build-4711.zip',
					bundleType: 'zip',
					version: 'v1',
					eTag: 'e1',
				},
			},
		],
		[
			{ type: 'github', repository: 'acme/checkout', commitId: 'abcdef0123' },
			{ revisionType: 'GitHub', gitHubLocation: { repository: 'acme/checkout', commitId: 'abcdef0123' } },
		],
		[
			{ type: 'appSpec', content: 'version: 0.0\n', sha256: 'ab' },
			{ revisionType: 'AppSpecContent', appSpecContent: { content: 'version: 0.0\n', sha256: 'ab' } },
		],
		[
			{ type: 'appSpec', content: 'version: 0.0\n' },
			{ revisionType: 'AppSpecContent', appSpecContent: { content: 'version: 0.0\n' } },
		],
	])('%j', (revision, location) => {
		expect(revisionLocation(revision, createKnownNames())).toEqual(location);
	});

	test.each<Revision>([
		{ type: 'appSpec', sha256: 'ab' },
		{ type: 'other', name: 'Tape' },
	])('but not %j: nothing would be deployed that is known', revision => {
		expect(() => revisionLocation(revision, createKnownNames())).toThrow(GatewayFailure);
	});

	test('by the key that AWS knows, not by the one that is shown', () => {
		const names = createKnownNames();
		const location = (key: string) => ({
			revision: { s3Location: { bucket: 'releases', key, version: 'v\u200b1' } },
		});
		learnDeployment(names, location('build ⚠️.zip'));
		const shown: Revision = { ...s3, key: 'build ⚠.zip', version: 'v1' };
		expect(revisionLocation(shown, names).s3Location).toEqual({
			bucket: 'releases',
			key: 'build ⚠️.zip',
			version: 'v\u200b1',
		});
		learnDeployment(names, location('build ⚠.zip'));
		expect(() => revisionLocation(shown, names)).toThrow(
			/nothing was sent: 2 names differ in invisible characters/,
		);
	});

	test('as the AppSpec to the letter, which its hash stands for', () => {
		const names = createKnownNames();
		expect(learnAppSpec(names, 'ab', { appSpecContent: { content: '{\r\n\t"version": 0.0\r\n}' } })).toBe(
			false,
		);
		const content = '{\n    "version": 0.0\n}';
		const sent = (revision: Revision) => revisionLocation(revision, names).appSpecContent?.content;
		expect(sent({ type: 'appSpec', content, sha256: 'ab' })).toBe('{\r\n\t"version": 0.0\r\n}');
		expect(sent({ type: 'appSpec', content, sha256: 'cd' })).toBe(content);
		expect(sent({ type: 'appSpec', content: 'another', sha256: 'ab' })).toBe('another');
	});
});

describe('a group is changed', () => {
	const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['5xx', 'p99'] };

	test.each<[what: string, blocks: Protection, more: object]>([
		['in nothing', {}, {}],
		[
			'in its alarms',
			{ alarms },
			{
				alarmConfiguration: {
					enabled: true,
					ignorePollAlarmFailure: false,
					alarms: [{ name: '5xx' }, { name: 'p99' }],
				},
			},
		],
		[
			'by taking all alarms away',
			{ alarms: { ...alarms, enabled: false, alarms: [] } },
			{ alarmConfiguration: { enabled: false, ignorePollAlarmFailure: false, alarms: [] } },
		],
		[
			'in what it rolls back for',
			{ autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } },
			{ autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } },
		],
		[
			'keeping an event that is not known here',
			{ autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'SOMETHING_NEW'] } },
			{ autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'SOMETHING_NEW'] } },
		],
	])('%s', (_, blocks, more) => {
		expect(updateGroupInput('checkout', 'prod', blocks, createKnownNames())).toEqual({
			applicationName: 'checkout',
			currentDeploymentGroupName: 'prod',
			...more,
		});
	});

	test('with its alarms named as CloudWatch names them', () => {
		const names = createKnownNames();
		learnGroup(names, { alarmConfiguration: { alarms: [{ name: '5xx ⚠️' }, { name: '\u2060' }] } });
		const sent = (...shown: string[]) =>
			updateGroupInput('checkout', 'prod', { alarms: { ...alarms, alarms: shown } }, names).alarmConfiguration
				?.alarms;
		expect(sent('5xx ⚠', '(invisible name)', 'new')).toEqual([
			{ name: '5xx ⚠️' },
			{ name: '\u2060' },
			{ name: 'new' },
		]);
		learnGroup(names, { alarmConfiguration: { alarms: [{ name: '5xx ⚠' }] } });
		expect(() => sent('5xx ⚠')).toThrow(GatewayFailure);
	});
});
