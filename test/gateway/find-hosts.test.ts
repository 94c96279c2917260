import { describe, expect, test } from 'vitest';
import type { TagFilter, TagSet } from '../../src/domain/tag-filter.ts';
import { ec2Error, type StubAnswer, xmlAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const connect = () => stub.connect({ maxAttempts: 1 }).gateways;

type Tags = Readonly<Record<string, string>>;
const instance = (id: string, tags: Tags, state = 'running') =>
	`<item><instanceId>${id}</instanceId><instanceState><name>${state}</name></instanceState><tagSet>${Object.entries(
		tags,
	)
		.map(([key, value]) => `<item><key>${key}</key><value>${value}</value></item>`)
		.join('')}</tagSet></item>`;
const answer = (items: readonly string[], token = ''): StubAnswer =>
	xmlAnswer(
		`<DescribeInstancesResponse><reservationSet><item><instancesSet>${items.join('')}</instancesSet></item></reservationSet>${token && `<nextToken>${token}</nextToken>`}</DescribeInstancesResponse>`,
	);

const a = 'i-0000000a';
const b = 'i-0000000b';
const c = 'i-0000000c';

/** The filters of each request, as sent. */
const filters = () =>
	stub.aws.requests.map(({ input }) =>
		Object.fromEntries(Object.entries(Object(input)).filter(([name]) => name.startsWith('Filter.'))),
	);
const find = async (tags: TagSet, autoScalingGroups: readonly string[] = []) =>
	(await connect().hosts.findInstances({ tags, autoScalingGroups }, never)).map(({ id }) => id);

describe('the instances of a group', () => {
	test.each<[TagFilter, sent: object | undefined, tags: Tags]>([
		[
			{ key: 'fleet', value: 'blue', type: 'KEY_AND_VALUE' },
			{ 'Filter.1.Name': 'tag:fleet', 'Filter.1.Value.1': 'blue' },
			{ fleet: 'blue' },
		],
		[
			{ key: 'fleet', value: 'blue' },
			{ 'Filter.1.Name': 'tag:fleet', 'Filter.1.Value.1': 'blue' },
			{ fleet: 'blue' },
		],
		[
			{ key: 'fleet', value: '', type: 'KEY_AND_VALUE' },
			{ 'Filter.1.Name': 'tag:fleet', 'Filter.1.Value.1': '' },
			{ fleet: '' },
		],
		[
			{ key: 'fleet', value: 'blue', type: 'KEY_ONLY' },
			{ 'Filter.1.Name': 'tag-key', 'Filter.1.Value.1': 'fleet' },
			{ fleet: 'green' },
		],
		[{ key: 'fleet' }, { 'Filter.1.Name': 'tag-key', 'Filter.1.Value.1': 'fleet' }, { fleet: '' }],
		[{ key: 'a', value: 'blue', type: 'VALUE_ONLY' }, {}, { b: 'blue' }],
		[{ value: 'blue' }, {}, { b: 'blue' }],
		[
			{ key: 'f*', value: 'a?b\\c*' },
			{ 'Filter.1.Name': 'tag:f*', 'Filter.1.Value.1': 'a\\?b\\\\c\\*' },
			{ 'f*': 'a?b\\c*' },
		],
		[
			{ key: 'f*', type: 'KEY_ONLY' },
			{ 'Filter.1.Name': 'tag-key', 'Filter.1.Value.1': 'f\\*' },
			{ 'f*': '' },
		],
	])('are found by %j', async (filter, sent, tags) => {
		stub.aws.answer('DescribeInstances', answer([instance(a, tags), instance(b, { other: 'x' })]));
		expect(await find([[filter]])).toEqual([a]);
		expect(filters()).toEqual([sent]);
	});

	test.each<TagSet>([
		[],
		[[]],
		[[{}]],
		[[{ type: 'KEY_ONLY' }]],
		[[{ value: 'blue', type: 'KEY_AND_VALUE' }]],
		[[{ key: 'a', type: 'VALUE_ONLY' }]],
	])('are none by %j, and nobody is asked', async (...tags) => {
		expect(await find(tags)).toEqual([]);
		expect(stub.aws.requests).toEqual([]);
	});

	test('cannot be told by a filter of a kind that is not known', async () => {
		const failure = await failureOf(find([[{ key: 'a', type: 'BY_HEART' }]]));
		expect(failure.details).toMatchObject({ kind: 'invalid', code: 'UnknownTagFilter' });
		expect(failure.details.detail).toContain('BY_HEART');
	});

	test('are not those that a wildcard would have meant', async () => {
		stub.aws.answer(
			'DescribeInstances',
			answer([instance(a, { fleet: 'blue' }), instance(b, { fleet: '*' })]),
		);
		expect(await find([[{ key: 'fleet', value: '*' }]])).toEqual([b]);
	});

	test('fit one filter of each list, and count once', async () => {
		const all = answer([
			instance(a, { f: '1', r: 'w' }),
			instance(b, { f: '2' }),
			instance(c, { f: '2', r: 'w' }),
			instance('i-0000000d', { f: '3', r: 'w' }),
		]);
		stub.aws.answer('DescribeInstances', all, all, all);
		const tags: TagSet = [
			[
				{ key: 'f', value: '1' },
				{ key: 'f', value: '2' },
			],
			[{ key: 'r', value: 'w' }],
		];
		expect(await find(tags)).toEqual([a, c]);
		expect(stub.aws.requests).toHaveLength(3);
	});

	test('come over several pages', async () => {
		stub.aws.answer('DescribeInstances', answer([instance(a, { fleet: 'x' })], 'more'), answer([]));
		expect(await find([[{ key: 'fleet' }]])).toEqual([a]);
		expect(stub.aws.requests.map(({ input }) => Object(input).NextToken)).toEqual([undefined, 'more']);
	});

	test('of Auto Scaling groups too, 200 names at a time, each to the letter', async () => {
		const tag = (value: string) => ({ 'aws:autoscaling:groupName': value });
		const both = answer([instance(a, tag('web-*')), instance(b, tag('web-x'))]);
		stub.aws.answer('DescribeInstances', both, both);
		const names = ['web-*', 'web-*', ...Array.from({ length: 200 }, (_, index) => `g-${index}`)];
		expect(await find([], names)).toEqual([a]);
		const values = filters().map(sent => Object.keys(sent).filter(name => name.includes('.Value.')).length);
		expect(values.sort()).toEqual([1, 200]);
		const sent = filters().flatMap(one => Object.values(one));
		expect(sent).toContain('web-\\*');
		expect(sent).toContain('tag:aws:autoscaling:groupName');
	});

	test('by tags and names as AWS spells them', async () => {
		stub.aws.answer('GetDeploymentGroup', {
			body: {
				deploymentGroupInfo: {
					ec2TagFilters: [{ Key: 'fleet ⚠️', Value: 'b\u200blue', Type: 'KEY_AND_VALUE' }],
					autoScalingGroups: [{ name: 'web\u2060' }],
				},
			},
		});
		const { codeDeploy, hosts } = connect();
		const { ec2Tags = [], autoScalingGroups = [] } = await codeDeploy.getDeploymentGroup(
			'checkout',
			'prod',
			never,
		);
		expect({ ec2Tags, autoScalingGroups }).toEqual({
			ec2Tags: [[{ key: 'fleet ⚠', value: 'blue', type: 'KEY_AND_VALUE' }]],
			autoScalingGroups: ['web'],
		});
		const both = answer([
			instance(a, { 'fleet ⚠️': 'b\u200blue' }),
			instance(b, { 'aws:autoscaling:groupName': 'web\u2060' }),
			instance(c, { 'fleet ⚠': 'blue', 'aws:autoscaling:groupName': 'web' }),
		]);
		stub.aws.answer('DescribeInstances', both, both);
		const found = await hosts.findInstances({ tags: ec2Tags, autoScalingGroups }, never);
		expect(found.map(({ id }) => id)).toEqual([a, b]);
		expect(
			filters()
				.slice(1)
				.flatMap(one => Object.values(one)),
		).toEqual(expect.arrayContaining(['tag:fleet ⚠️', 'b\u200blue', 'web\u2060']));
	});

	test('are a failure when EC2 does not tell', async () => {
		stub.aws.answer('DescribeInstances', ec2Error('UnauthorizedOperation', '', 403));
		const failure = await failureOf(find([[{ key: 'fleet' }]]));
		expect(failure.details).toMatchObject({ kind: 'denied', code: 'UnauthorizedOperation' });
	});
});

describe('the registered machines of a group', () => {
	const machines = (instanceNames: readonly unknown[], nextToken?: string): StubAnswer => ({
		body: { instanceNames, nextToken },
	});
	const findMachines = (tags: TagSet) => connect().hosts.findOnPremises(tags, never);

	test.each<[TagFilter, sent: object]>([
		[
			{ key: 'a', value: 'b', type: 'KEY_AND_VALUE' },
			{ Key: 'a', Value: 'b', Type: 'KEY_AND_VALUE' },
		],
		[
			{ key: 'a', value: '*' },
			{ Key: 'a', Value: '*', Type: 'KEY_AND_VALUE' },
		],
		[
			{ key: 'a', value: 'b', type: 'KEY_ONLY' },
			{ Key: 'a', Type: 'KEY_ONLY' },
		],
		[
			{ key: 'a', value: 'b', type: 'VALUE_ONLY' },
			{ Value: 'b', Type: 'VALUE_ONLY' },
		],
	])('are found by %j', async (filter, sent) => {
		stub.aws.answer('ListOnPremisesInstances', machines(['rack-1'], 'more'), machines(['rack-2']));
		expect(await findMachines([[filter]])).toEqual(['rack-1', 'rack-2']);
		const input = { registrationStatus: 'Registered', tagFilters: [sent] };
		expect(stub.aws.requests.map(request => request.input)).toEqual([input, { ...input, nextToken: 'more' }]);
	});

	test.each<TagSet>([[], [[]], [[{}]]])('are none by %j, and nobody is asked', async (...tags) => {
		expect(await findMachines(tags)).toEqual([]);
		expect(stub.aws.requests).toEqual([]);
	});

	test('whose names cannot be sent back are left out', async () => {
		stub.aws.answer('ListOnPremisesInstances', machines(['rack-1', 'rack\u200b-2', '', null, 'rack-1']));
		expect(await findMachines([[{ key: 'a' }]])).toEqual(['rack-1']);
	});
});
