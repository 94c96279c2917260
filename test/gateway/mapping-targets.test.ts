import type { DeploymentTarget } from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { mapTarget } from '../../src/gateway/aws/map-target.ts';
import { instanceAnswer } from './answers.ts';

const at = Date.UTC(2026, 10, 23, 12);

/** Anything may come over the wire, whatever the SDK's types say. */
const target = (fields: object) => fields as DeploymentTarget;

describe('a target', () => {
	test('of a server, with every field', () => {
		expect(mapTarget(instanceAnswer)).toEqual({
			id: 'i-00251908fcdce4b31',
			kind: 'instance',
			arn: 'arn:aws:ec2:eu-west-1:123456789012:instance/i-00251908fcdce4b31',
			status: 'Failed',
			label: 'Green',
			updatedAt: at,
			events: [
				{
					name: 'Install',
					status: 'Succeeded',
					startedAt: at,
					endedAt: at + 1000,
					diagnostics: { errorCode: 'Success', scriptName: '', message: 'Succeeded: ', logTail: '' },
				},
				{
					name: 'AfterInstall',
					status: 'Failed',
					startedAt: at + 1000,
					endedAt: at + 3000,
					diagnostics: {
						errorCode: 'ScriptFailed',
						scriptName: 'scripts/after_install.sh',
						message: 'Script failed with exit code 1',
						logTail: 'LifecycleEvent - AfterInstall\n[stderr]red\n',
					},
				},
				{ name: 'ApplicationStart', status: 'Skipped', endedAt: at + 3000 },
				{ name: 'ValidateService', status: 'Pending' },
			],
			taskSets: [],
		});
	});

	test('of ECS has task sets', () => {
		const mapped = mapTarget(
			target({
				deploymentTargetType: 'ECSTarget',
				ecsTarget: {
					targetId: 'cluster:service',
					status: 'InProgress',
					taskSetsInfo: [
						{
							identifer: 'ecs-svc/1',
							status: 'PRIMARY',
							taskSetLabel: 'Blue',
							desiredCount: 4,
							pendingCount: 0,
							runningCount: 4,
							trafficWeight: 90,
							targetGroup: { name: 'tg-blue' },
						},
						{ identifer: 'ecs-svc/2', status: 'ACTIVE', taskSetLabel: 'Green', trafficWeight: 10 },
						{ status: 'ACTIVE' },
						null,
					],
				},
			}),
		);
		expect(mapped).toMatchObject({ id: 'cluster:service', kind: 'ecs' });
		expect(mapped?.taskSets).toEqual([
			{
				id: 'ecs-svc/1',
				status: 'PRIMARY',
				label: 'Blue',
				desired: 4,
				pending: 0,
				running: 4,
				weight: 90,
				targetGroup: 'tg-blue',
			},
			{ id: 'ecs-svc/2', status: 'ACTIVE', label: 'Green', desired: 0, pending: 0, running: 0, weight: 10 },
		]);
	});

	test.each([
		[
			[100, 0],
			[100, 0],
		],
		[
			[99, 1],
			[99, 1],
		],
		[
			[0.9, 0.1],
			[90, 10],
		],
		[
			[0, 1],
			[0, 100],
		],
		[
			[0, 0],
			[0, 0],
		],
		[
			[250, -3],
			[100, 0],
		],
		[
			['90', 'ten'],
			[90, 0],
		],
	])('of ECS: weights %j are %j percent', (weights, percent) => {
		const taskSetsInfo = weights.map((trafficWeight, index) => ({ identifer: `${index}`, trafficWeight }));
		const mapped = mapTarget(target({ ecsTarget: { targetId: 't', taskSetsInfo } }));
		expect(mapped?.taskSets.map(({ weight }) => weight)).toEqual(percent);
	});

	test.each([
		[0, 0],
		[0.1, 10],
		[0.3, 30],
		[0.07, 7],
		[1, 100],
		[40, 40],
		[undefined, 0],
		[Number.NaN, 0],
		[-1, 0],
	])('of Lambda: weight %s is %s percent', (targetVersionWeight, weight) => {
		const mapped = mapTarget(
			target({
				deploymentTargetType: 'LambdaTarget',
				lambdaTarget: {
					targetId: 'checkout:live',
					lambdaFunctionInfo: {
						functionName: 'checkout',
						functionAlias: 'live',
						currentVersion: '7',
						targetVersion: '8',
						targetVersionWeight,
					},
				},
			}),
		);
		expect(mapped).toMatchObject({ kind: 'lambda', status: 'Unknown' });
		expect(mapped?.lambda).toEqual({
			functionName: 'checkout',
			alias: 'live',
			current: '7',
			target: '8',
			weight,
		});
	});

	test.each<[type: string | undefined, field: string, kind: TargetSnapshot['kind']]>([
		['InstanceTarget', 'instanceTarget', 'instance'],
		['CloudFormationTarget', 'cloudFormationTarget', 'cloudformation'],
		[undefined, 'lambdaTarget', 'lambda'],
		['EKSTarget', 'ecsTarget', 'unknown'],
	])('of type %s in %s is %s', (deploymentTargetType, field, kind) => {
		const mapped = mapTarget(target({ deploymentTargetType, [field]: { targetId: 'x', status: 'Ready' } }));
		expect(mapped).toEqual({ id: 'x', kind, status: 'Ready', events: [], taskSets: [] });
	});

	test.each([
		undefined,
		null,
		{},
		{ instanceTarget: {} },
		{ instanceTarget: { targetId: '' } },
		{ instanceTarget: 'i-1' },
	])('without an id (%j) is none', answer => {
		expect(mapTarget(answer as never)).toBeUndefined();
	});

	test('an event with empty diagnostics has none', () => {
		const lifecycleEvents = [
			{ lifecycleEventName: 'AllowTraffic', status: 'Failed', diagnostics: { message: '', logTail: null } },
			{ status: 'Unheard' },
		];
		const mapped = mapTarget(target({ instanceTarget: { targetId: 'i-1', lifecycleEvents } }));
		expect(mapped?.events).toEqual([
			{ name: 'AllowTraffic', status: 'Failed' },
			{ name: '?', status: 'Unheard' },
		]);
	});
});
