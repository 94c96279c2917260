import { describe, expect, test } from 'vitest';
import { awsError } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const hosts = () => stub.connect({ maxAttempts: 1 }).gateways.hosts;
const inputs = () => stub.aws.requests.map(({ input }) => input);

const id = 'i-00251908fcdce4b31';
const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) => `i-${index.toString(16).padStart(17, '0')}`);

describe('pings', () => {
	test('tell whom Systems Manager reaches; who is absent is not managed', async () => {
		stub.aws.answer('DescribeInstanceInformation', {
			body: {
				InstanceInformationList: [
					{
						InstanceId: id,
						PingStatus: 'ConnectionLost',
						LastPingDateTime: 1_700_000_000,
						AgentVersion: '3.3.0.0',
						PlatformType: 'Linux',
						PlatformName: 'Amazon Linux',
						PlatformVersion: '2023',
					},
					{ InstanceId: 'mi-00251908fcdce4b31', PingStatus: 'Online', PlatformType: 'Windows' },
					{ InstanceId: 'i-0a1b2c3d', PlatformType: 'MacOS' },
					{ PingStatus: 'Online' },
				],
			},
		});
		expect(await hosts().pingStates([id, 'mi-00251908fcdce4b31', 'i-0a1b2c3e'], never)).toEqual([
			{
				id,
				status: 'ConnectionLost',
				lastPingAt: 1_700_000_000_000,
				agentVersion: '3.3.0.0',
				platform: 'linux',
				system: 'Amazon Linux 2023',
			},
			{ id: 'mi-00251908fcdce4b31', status: 'Online', platform: 'windows' },
			{ id: 'i-0a1b2c3d', status: 'Unknown' },
		]);
		expect(inputs()).toEqual([
			{
				Filters: [{ Key: 'InstanceIds', Values: [id, 'mi-00251908fcdce4b31', 'i-0a1b2c3e'] }],
				MaxResults: 50,
			},
		]);
	});

	test('go by 50 ids at a time, page by page', async () => {
		stub.aws.answer(
			'DescribeInstanceInformation',
			{ body: { NextToken: 'a' } },
			{ body: {} },
			{ body: { InstanceInformationList: [{ InstanceId: id, PingStatus: 'Online' }] } },
		);
		expect(await hosts().pingStates(numbered(51), never)).toHaveLength(1);
		expect(stub.aws.requests).toHaveLength(3);
	});

	test.each([
		['AccessDeniedException', 'denied'],
		['ThrottlingException', 'throttled'],
		['InternalServerError', 'service'],
	])('%s is %s', async (type, kind) => {
		stub.aws.answer('DescribeInstanceInformation', awsError(type));
		expect((await failureOf(hosts().pingStates([id], never))).kind).toBe(kind);
	});
});

describe('on-premises instances', () => {
	test('are asked for by name, 25 at a time', async () => {
		const names = Array.from({ length: 26 }, (_, index) => `web-${index}`);
		stub.aws.answer(
			'BatchGetOnPremisesInstances',
			{
				body: {
					instanceInfos: [
						{
							instanceName: 'web-0',
							iamUserArn: 'arn:aws:iam::123456789012:user/web-0',
							registerTime: 1_700_000_000,
							deregisterTime: 1_700_000_060,
							tags: [{ Key: 'Name', Value: 'front' }, { Value: 'nothing' }],
						},
						{ tags: [] },
					],
				},
			},
			{ body: {} },
		);
		expect(await hosts().onPremises([...names, 'web-0'], never)).toEqual([
			{
				name: 'web-0',
				registeredAt: 1_700_000_000_000,
				deregisteredAt: 1_700_000_060_000,
				identityArn: 'arn:aws:iam::123456789012:user/web-0',
				tags: [{ key: 'Name', value: 'front' }],
			},
		]);
		const asked = inputs().map(input => Reflect.get(Object(input), 'instanceNames').length);
		expect(asked.sort()).toEqual([1, 25]);
	});

	test('denied: told as such', async () => {
		stub.aws.answer('BatchGetOnPremisesInstances', awsError('AccessDeniedException'));
		expect((await failureOf(hosts().onPremises(['web-1'], never))).kind).toBe('denied');
	});
});
