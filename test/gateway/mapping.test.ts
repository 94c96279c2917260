import type { DeploymentInfo } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { mapDeploymentConfig } from '../../src/gateway/aws/map-config.ts';
import { mapDeployment } from '../../src/gateway/aws/map-deployment.ts';
import { mapDeploymentGroup } from '../../src/gateway/aws/map-group.ts';
import { mapRevision } from '../../src/gateway/aws/map-revision.ts';
import { deploymentAnswer } from './answers.ts';

const id = asDeploymentId('d-75I7MBT7C');
const at = Date.UTC(2026, 10, 23, 12);

/** Anything may come over the wire, whatever the SDK's types say. */
const info = (fields: object) => fields as DeploymentInfo;

describe('a deployment', () => {
	test('with every field', () => {
		expect(mapDeployment(deploymentAnswer, id)).toEqual({
			id,
			application: 'checkout-api',
			group: 'prod-blue',
			configName: 'CodeDeployDefault.HalfAtATime',
			status: 'Stopped',
			platform: 'Server',
			type: 'BLUE_GREEN',
			trafficControl: true,
			creator: 'user',
			description: 'Two\nlines',
			createdAt: at,
			startedAt: at + 1000,
			completedAt: at + 2000,
			revision: {
				type: 's3',
				bucket: 'releases',
				key: 'checkout/build-4711.zip',
				bundleType: 'zip',
				version: 'v1',
				eTag: 'e1',
			},
			previousRevision: { type: 'github', repository: 'acme/checkout', commitId: 'abcdef0123' },
			overview: { pending: 1, inProgress: 2, succeeded: 3, failed: 4, skipped: 5, ready: 6 },
			error: { code: 'ALARM_ACTIVE', message: 'One or more alarms' },
			rollback: {
				rollbackDeploymentId: 'd-AAAAAAAAA',
				triggeringDeploymentId: 'd-BBBBBBBBB',
				message: 'rolled back',
			},
			autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'SOMETHING_NEW'] },
			alarmOverride: { enabled: true, ignorePollAlarmFailure: true, alarms: ['checkout-5xx'] },
			blueGreen: {
				greenFleet: 'COPY_AUTO_SCALING_GROUP',
				onReadyTimeout: 'STOP_DEPLOYMENT',
				readyWaitMinutes: 60,
				onSuccess: 'TERMINATE',
				terminationWaitMinutes: 5,
			},
			terminationWaitStarted: true,
			loadBalancers: ['classic', 'tg-1', 'tg-blue', 'tg-green'],
			fileExistsBehavior: 'OVERWRITE',
			deploymentMode: 'RESTART',
			ignoreApplicationStopFailures: true,
			updateOutdatedInstancesOnly: false,
			statusMessages: ['first\nmessage'],
			externalId: 'arn:aws:cloudformation:stack',
			related: { autoUpdateRoot: 'd-CCCCCCCCC', autoUpdates: ['d-DDDDDDDDD'] },
		});
	});

	test('with none', () => {
		expect(mapDeployment(info({}), id)).toEqual({
			id,
			status: 'Unknown',
			trafficControl: false,
			terminationWaitStarted: false,
			loadBalancers: [],
			statusMessages: [],
		});
	});

	test('values that AWS may add one day are carried through', () => {
		const mapped = mapDeployment(info({ status: 'Simmering', computePlatform: 'Mainframe' }), id);
		expect(mapped).toMatchObject({ status: 'Simmering', platform: 'Mainframe' });
	});

	test.each([
		['null', null],
		['empty', {}],
		['of text', { Pending: 'many' }],
		['negative', { Pending: -1 }],
	])('an overview that is %s is absent', (_, deploymentOverview) => {
		expect(mapDeployment(info({ deploymentOverview }), id).overview).toBeUndefined();
	});

	test('a count that is missing, or written as text, is no reason to drop the others', () => {
		const deploymentOverview = { Pending: 1, Failed: '2', Succeeded: Number.NaN };
		expect(mapDeployment(info({ deploymentOverview }), id).overview).toEqual({
			pending: 1,
			inProgress: 0,
			succeeded: 0,
			failed: 2,
			skipped: 0,
			ready: 0,
		});
	});

	test.each([null, 1_700_000_000, '2026-11-23T12:00:00Z', new Date(Number.NaN), {}])(
		'a time that is %s is absent',
		createTime => {
			expect(mapDeployment(info({ createTime }), id)).not.toHaveProperty('createdAt');
		},
	);

	test('settings that were never made are absent, not switched off', () => {
		const mapped = mapDeployment(
			info({
				autoRollbackConfiguration: {},
				overrideAlarmConfiguration: { alarms: null },
				blueGreenDeploymentConfiguration: { deploymentReadyOption: {} },
				rollbackInfo: {},
				relatedDeployments: { autoUpdateOutdatedInstancesDeploymentIds: [] },
				errorInformation: {},
			}),
			id,
		);
		for (const field of ['autoRollback', 'alarmOverride', 'blueGreen', 'rollback', 'related', 'error']) {
			expect(mapped).not.toHaveProperty(field);
		}
	});

	test('no id worth the name falls back to the one that was asked for', () => {
		for (const deploymentId of ['', null, 7, 'd-\u001b[31mX']) {
			expect(mapDeployment(info({ deploymentId }), id).id).toBe(id);
		}
	});
});

describe('a revision', () => {
	test.each([
		[undefined, undefined],
		[null, undefined],
		[{}, undefined],
		[
			{ revisionType: 'S3', s3Location: { bucket: 'b' } },
			{ type: 'other', name: 'S3' },
		],
		[{ revisionType: 'Tape' }, { type: 'other', name: 'Tape' }],
		[
			{ revisionType: 'Whatever', s3Location: { bucket: 'b', key: 'k' } },
			{ type: 's3', bucket: 'b', key: 'k' },
		],
		[
			{ revisionType: 'AppSpecContent', appSpecContent: { content: null, sha256: 'ab' } },
			{ type: 'appSpec', sha256: 'ab' },
		],
		[
			{ revisionType: 'String', string: { content: 'version: 0.0\nhooks:\n', sha256: 'ab' } },
			{ type: 'appSpec', content: 'version: 0.0\nhooks:\n', sha256: 'ab' },
		],
		[
			{ revisionType: 'GitHub', gitHubLocation: { repository: 'a/b', commitId: 'c' } },
			{ type: 'github', repository: 'a/b', commitId: 'c' },
		],
	])('%j', (location, revision) => {
		expect(mapRevision(location as never)).toEqual(revision);
	});
});

describe('a configuration', () => {
	test.each([
		[{ minimumHealthyHosts: { type: 'MOST_CONCURRENCY', value: 1 } }, { type: 'MOST_CONCURRENCY', value: 1 }],
		[{ minimumHealthyHosts: { type: 'HOST_COUNT', value: 0 } }, { type: 'HOST_COUNT', value: 0 }],
		[{ minimumHealthyHosts: { type: 'HOST_COUNT' } }, undefined],
		[{ minimumHealthyHosts: { value: 3 } }, undefined],
		[{ minimumHealthyHosts: { type: 'HOST_COUNT', value: 'some' } }, undefined],
		[{ minimumHealthyHosts: null }, undefined],
	])('minimum %j', (fields, minimum) => {
		expect(mapDeploymentConfig(fields as never, 'c').minimumHealthyHosts).toEqual(minimum);
	});

	test.each([
		[{ type: 'AllAtOnce' }, { type: 'AllAtOnce' }],
		[
			{ type: 'TimeBasedCanary', timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 } },
			{ type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 },
		],
		[
			{ type: 'TimeBasedLinear', timeBasedLinear: { linearPercentage: 10, linearInterval: 1 } },
			{ type: 'TimeBasedLinear', percentage: 10, intervalMinutes: 1 },
		],
		[{ type: 'TimeBasedLinear' }, undefined],
		[{ type: 'Quantum' }, undefined],
		[null, undefined],
	])('routing %j', (trafficRoutingConfig, routing) => {
		expect(mapDeploymentConfig({ trafficRoutingConfig } as never, 'c').trafficRouting).toEqual(routing);
	});

	test('by zones', () => {
		const zonalConfig = {
			firstZoneMonitorDurationInSeconds: 600,
			monitorDurationInSeconds: 60,
			minimumHealthyHostsPerZone: { type: 'FLEET_PERCENT', value: 50 },
		};
		expect(mapDeploymentConfig({ zonalConfig } as never, 'c').zonal).toEqual({
			firstZoneMonitorSeconds: 600,
			monitorSeconds: 60,
			minimumHealthyPerZone: { type: 'FLEET_PERCENT', value: 50 },
		});
	});
});

test('a group, with what a rollout takes from it', () => {
	const mapped = mapDeploymentGroup(
		{
			applicationName: 'checkout-api',
			deploymentGroupName: 'prod-blue',
			deploymentGroupId: '4e1f1a8a-0000-0000-0000-000000000000',
			computePlatform: 'Server',
			deploymentConfigName: 'CodeDeployDefault.OneAtATime',
			serviceRoleArn: 'arn:aws:iam::123456789012:role/deploy',
			autoScalingGroups: [{ name: 'web', hook: 'h' }, {}],
			alarmConfiguration: { enabled: true, alarms: [{ name: 'a' }, { name: '' }, {}] },
			autoRollbackConfiguration: { enabled: false },
			lastSuccessfulDeployment: { deploymentId: 'd-AAAAAAAAA', status: 'Succeeded', endTime: new Date(at) },
			lastAttemptedDeployment: { status: 'Failed' },
		},
		'asked',
		'asked too',
	);
	expect(mapped).toEqual({
		application: 'checkout-api',
		name: 'prod-blue',
		id: '4e1f1a8a-0000-0000-0000-000000000000',
		platform: 'Server',
		configName: 'CodeDeployDefault.OneAtATime',
		serviceRoleArn: 'arn:aws:iam::123456789012:role/deploy',
		autoScalingGroups: ['web'],
		alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['a'] },
		autoRollback: { enabled: false, events: [] },
		lastSuccessful: { id: 'd-AAAAAAAAA', status: 'Succeeded', endedAt: at },
	});
});
