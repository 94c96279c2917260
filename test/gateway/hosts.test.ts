import { describe, expect, test } from 'vitest';
import { ec2Error, type StubAnswer, xmlAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const hosts = (maxAttempts = 1) => stub.connect({ maxAttempts }).gateways.hosts;
const inputs = () => stub.aws.requests.map(({ input }) => input);
const operations = () => stub.aws.requests.map(({ operation }) => operation);

const id = 'i-00251908fcdce4b31';
const numbered = (count: number) =>
	Array.from({ length: count }, (_, index) => `i-${index.toString(16).padStart(17, '0')}`);

const instances = (items: string, more = ''): StubAnswer =>
	xmlAnswer(
		`<DescribeInstancesResponse><reservationSet><item><instancesSet>${items}</instancesSet></item></reservationSet>${more}</DescribeInstancesResponse>`,
	);
const instance = (instanceId: string, more = '') =>
	`<item><instanceId>${instanceId}</instanceId>${more}</item>`;
const nextToken = (token: string) => `<nextToken>${token}</nextToken>`;

const whole = `
	<placement><availabilityZone>eu-west-1a</availabilityZone></placement>
	<instanceType>m7g.large</instanceType><imageId>ami-1</imageId>
	<instanceState><code>16</code><name>running</name></instanceState>
	<launchTime>2026-11-23T12:00:00.000Z</launchTime>
	<privateIpAddress>10.0.0.1</privateIpAddress><ipAddress>203.0.113.1</ipAddress>
	<iamInstanceProfile><arn>arn:aws:iam::123456789012:instance-profile/web</arn><id>x</id></iamInstanceProfile>
	<tagSet>
		<item><key>Name</key><value>web-02</value></item>
		<item><key>aws:autoscaling:groupName</key><value>web</value></item>
		<item><key>empty</key><value></value></item>
	</tagSet>`;

describe('instances', () => {
	test('arrive in domain terms', async () => {
		stub.aws.answer('DescribeInstances', instances(instance(id, whole)));
		expect(await hosts().describeInstances([id], never)).toEqual([
			{
				id,
				name: 'web-02',
				zone: 'eu-west-1a',
				type: 'm7g.large',
				imageId: 'ami-1',
				state: 'running',
				launchedAt: Date.UTC(2026, 10, 23, 12),
				privateIp: '10.0.0.1',
				publicIp: '203.0.113.1',
				autoScalingGroup: 'web',
				instanceProfileArn: 'arn:aws:iam::123456789012:instance-profile/web',
				platform: 'linux',
				tags: [
					{ key: 'Name', value: 'web-02' },
					{ key: 'aws:autoscaling:groupName', value: 'web' },
					{ key: 'empty', value: '' },
				],
			},
		]);
	});

	test('are asked for by filter, so that an unknown one is merely absent', async () => {
		stub.aws.answer('DescribeInstances', instances(instance(id, '<platform>windows</platform>')));
		const found = await hosts().describeInstances([id, 'i-0a1b2c3d'], never);
		expect(found).toEqual([{ id, platform: 'windows', tags: [] }]);
		expect(inputs()).toEqual([
			{
				Action: 'DescribeInstances',
				Version: '2016-11-15',
				'Filter.1.Name': 'instance-id',
				'Filter.1.Value.1': id,
				'Filter.1.Value.2': 'i-0a1b2c3d',
				MaxResults: '1000',
			},
		]);
	});

	test('are asked for by 200 at a time, each once', async () => {
		stub.aws.answer('DescribeInstances', instances(instance(id)), instances(instance('i-0a1b2c3d')));
		const ids = numbered(201);
		const found = await hosts().describeInstances([...ids, ...ids], never);
		expect(found.map(host => host.id).sort()).toEqual([id, 'i-0a1b2c3d']);
		const values = inputs().map(
			input => Object.keys(Object(input)).filter(key => key.includes('Value.')).length,
		);
		expect(values.sort()).toEqual([1, 200]);
	});

	test('are read page by page, empty pages too', async () => {
		stub.aws.answer(
			'DescribeInstances',
			instances(instance(id), nextToken('a')),
			instances('', nextToken('b')),
			instances(instance('i-0a1b2c3d')),
		);
		expect((await hosts().describeInstances([id], never)).map(host => host.id)).toEqual([id, 'i-0a1b2c3d']);
		expect(inputs()).toMatchObject([{}, { NextToken: 'a' }, { NextToken: 'b' }]);
	});

	test('whose pages come round again are a fault', async () => {
		stub.aws.answer('DescribeInstances', ...[1, 2, 3].map(() => instances('', nextToken('a'))));
		const failure = await failureOf(hosts().describeInstances([id], never));
		expect(failure.details).toMatchObject({ kind: 'service', code: 'RepeatedTokenError' });
	});

	test('only ids of EC2 are asked for: a filter takes wildcards', async () => {
		const gateway = hosts();
		for (const ids of [[], ['*'], ['web-1', 'i-*', 'mi-00251908fcdce4b31', '']]) {
			expect(await gateway.describeInstances(ids, never)).toEqual([]);
			expect(await gateway.describeStatuses(ids, never)).toEqual([]);
		}
		expect(await gateway.pingStates(['*', 'web-1'], never)).toEqual([]);
		expect(await gateway.onPremises([], never)).toEqual([]);
		expect(stub.aws.requests).toEqual([]);
	});

	test('hostile text is made safe, and what has no id is left out', async () => {
		const tags = '<tagSet><item><key>Name</key><value>a\u202eb\nc\u009b31m</value></item></tagSet>';
		stub.aws.answer(
			'DescribeInstances',
			instances(
				instance(id, `<imageId>&#x1b;]0;title&#x7;ami</imageId>${tags}`) +
					instance('i-0a1b2c3d\u202e') +
					instance('web-1') +
					'<item><imageId>x</imageId></item>',
			),
		);
		expect(await hosts().describeInstances([id], never)).toEqual([
			{ id, name: 'ab c', imageId: 'ami', platform: 'linux', tags: [{ key: 'Name', value: 'ab c' }] },
		]);
	});

	test('denied: the missing permission is named', async () => {
		stub.aws.answer(
			'DescribeInstances',
			ec2Error(
				'UnauthorizedOperation',
				'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/me is not authorized to perform: ec2:DescribeInstances because no identity-based policy allows the ec2:DescribeInstances action',
				403,
			),
		);
		const failure = await failureOf(hosts().describeInstances([id], never));
		expect(failure.details).toMatchObject({ kind: 'denied', action: 'ec2:DescribeInstances' });
	});

	test('throttled: told as such, and asked again within the policy', async () => {
		stub.aws.answer('DescribeInstances', ec2Error('RequestLimitExceeded', 'Request limit exceeded.', 503));
		expect((await failureOf(hosts().describeInstances([id], never))).kind).toBe('throttled');
		stub.aws.answer('DescribeInstances', ec2Error('InternalError', '', 500), instances(instance(id)));
		expect(await hosts(2).describeInstances([id], never)).toHaveLength(1);
	});
});

describe('status checks', () => {
	const statuses = (items: string, more = ''): StubAnswer =>
		xmlAnswer(
			`<DescribeInstanceStatusResponse><instanceStatusSet>${items}</instanceStatusSet>${more}</DescribeInstanceStatusResponse>`,
		);

	test('of stopped instances too, with what AWS plans to do', async () => {
		stub.aws.answer(
			'DescribeInstanceStatus',
			statuses(
				instance(
					id,
					`<instanceState><name>running</name></instanceState>
					<systemStatus><status>impaired</status></systemStatus>
					<instanceStatus><status>ok</status></instanceStatus>
					<eventsSet><item><code>instance-retirement</code><description>soon</description><notBefore>2026-11-23T12:00:00.000Z</notBefore></item></eventsSet>`,
				),
			),
		);
		expect(await hosts().describeStatuses([id], never)).toEqual([
			{
				id,
				state: 'running',
				system: 'impaired',
				instance: 'ok',
				events: [{ code: 'instance-retirement', description: 'soon', notBefore: Date.UTC(2026, 10, 23, 12) }],
			},
		]);
		expect(inputs()).toEqual([
			{
				Action: 'DescribeInstanceStatus',
				Version: '2016-11-15',
				'InstanceId.1': id,
				IncludeAllInstances: 'true',
			},
		]);
	});

	test('are asked for once more without the ids that EC2 does not know', async () => {
		stub.aws.answer(
			'DescribeInstanceStatus',
			ec2Error('InvalidInstanceID.NotFound', "The instance IDs 'i-0a1b2c3d, i-0a1b2c3e' do not exist"),
			statuses(instance(id)),
		);
		const found = await hosts().describeStatuses(['i-0a1b2c3d', id, 'i-0a1b2c3e'], never);
		expect(found).toEqual([{ id, events: [] }]);
		expect(inputs()[1]).toMatchObject({ 'InstanceId.1': id });
		expect(inputs()[1]).not.toHaveProperty(['InstanceId.2']);
	});

	test('of unknown ids alone are none', async () => {
		stub.aws.answer(
			'DescribeInstanceStatus',
			ec2Error('InvalidInstanceID.NotFound', `The instance ID '${id}' does not exist`),
		);
		expect(await hosts().describeStatuses([id], never)).toEqual([]);
		expect(stub.aws.requests).toHaveLength(1);
	});

	test('that complain about no id of ours are a failure', async () => {
		stub.aws.answer(
			'DescribeInstanceStatus',
			ec2Error('InvalidInstanceID.NotFound', 'which, I will not say'),
		);
		expect((await failureOf(hosts().describeStatuses([id], never))).kind).toBe('missing');
		expect(stub.aws.requests).toHaveLength(1);
	});

	test('go by 100 ids at a time', async () => {
		stub.aws.answer('DescribeInstanceStatus', statuses(''), statuses(''));
		await hosts().describeStatuses(numbered(101), never);
		expect(operations()).toEqual(['DescribeInstanceStatus', 'DescribeInstanceStatus']);
	});
});
