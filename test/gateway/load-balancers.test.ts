import { describe, expect, test } from 'vitest';
import { queryError, xmlAnswer } from '../support/stub-aws.ts';
import { createRecordingGate, failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const balancers = () => stub.connect({ maxAttempts: 1 }).gateways.loadBalancers;

const arn = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/web/0123456789abcdef';
const groups = (...arns: string[]) =>
	xmlAnswer(
		`<DescribeTargetGroupsResponse><DescribeTargetGroupsResult><TargetGroups>${arns.map(each => `<member><TargetGroupArn>${each}</TargetGroupArn></member>`).join('')}</TargetGroups></DescribeTargetGroupsResult></DescribeTargetGroupsResponse>`,
	);
const health = (members: string) =>
	xmlAnswer(
		`<DescribeTargetHealthResponse><DescribeTargetHealthResult><TargetHealthDescriptions>${members}</TargetHealthDescriptions></DescribeTargetHealthResult></DescribeTargetHealthResponse>`,
	);

describe('how the targets of a group fare', () => {
	test('is asked by the name, then by the ARN', async () => {
		stub.aws.answer('DescribeTargetGroups', groups(arn));
		stub.aws.answer(
			'DescribeTargetHealth',
			health(
				'<member><Target><Id>i-1</Id><Port>80</Port></Target><TargetHealth><State>unhealthy</State><Reason>Target.Timeout</Reason><Description>Request timed out</Description></TargetHealth></member><member><Target><Id>10.0.0.1</Id></Target></member>',
			),
		);
		const gate = createRecordingGate();
		expect(await stub.connect({ gate }).gateways.loadBalancers.targetHealth('web', never)).toEqual([
			{
				targetId: 'i-1',
				port: 80,
				state: 'unhealthy',
				reason: 'Target.Timeout',
				description: 'Request timed out',
			},
			{ targetId: '10.0.0.1', state: 'unknown' },
		]);
		expect(stub.aws.requests.map(({ input }) => input)).toMatchObject([
			{ Action: 'DescribeTargetGroups', 'Names.member.1': 'web' },
			{ Action: 'DescribeTargetHealth', TargetGroupArn: arn },
		]);
		expect(gate.log).toEqual([
			'admit elasticloadbalancing DescribeTargetGroups',
			'ok elasticloadbalancing DescribeTargetGroups',
			'admit elasticloadbalancing DescribeTargetHealth',
			'ok elasticloadbalancing DescribeTargetHealth',
		]);
	});

	test('of a group without targets: there are none', async () => {
		stub.aws.answer('DescribeTargetGroups', groups(arn));
		stub.aws.answer('DescribeTargetHealth', health(''));
		expect(await balancers().targetHealth('web', never)).toEqual([]);
	});

	test.each([
		['AWS says so', queryError('TargetGroupNotFound', 'One or more target groups not found')],
		['the answer is empty', groups()],
		['its ARN is none', groups('arn\u200b')],
	])('a group that does not exist is missing: %s', async (_, answer) => {
		stub.aws.answer('DescribeTargetGroups', answer);
		const failure = await failureOf(balancers().targetHealth('web', never));
		expect(failure.details).toMatchObject({ kind: 'missing', operation: 'DescribeTargetGroups' });
		expect(stub.aws.requests).toHaveLength(1);
	});

	test('one that goes between the two questions is missing, too', async () => {
		stub.aws.answer('DescribeTargetGroups', groups(arn));
		stub.aws.answer('DescribeTargetHealth', queryError('TargetGroupNotFound'));
		expect((await failureOf(balancers().targetHealth('web', never))).kind).toBe('missing');
	});

	test.each([
		['AccessDenied', 403, 'denied'],
		['Throttling', 400, 'throttled'],
		['ValidationError', 400, 'invalid'],
		['InternalFailure', 500, 'service'],
		['ExpiredToken', 403, 'expired'],
	])('%s is told as what it is', async (code, status, kind) => {
		stub.aws.answer('DescribeTargetGroups', queryError(code, 'no', status));
		expect((await failureOf(balancers().targetHealth('web', never))).kind).toBe(kind);
	});
});
