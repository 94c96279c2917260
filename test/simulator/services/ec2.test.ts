import { describe, expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator } from '../support.ts';
import { ec2Version, elements, query } from '../wire.ts';

type Members = Readonly<Record<string, string>>;

function describeInstances(open: OpenSimulator, members: Members = {}) {
	return query(open, ec2Version, 'DescribeInstances', members);
}

function byId(ids: readonly string[]): Members {
	const values = ids.map((id, index) => [`Filter.1.Value.${index + 1}`, id]);
	return { 'Filter.1.Name': 'instance-id', ...Object.fromEntries(values) };
}

describe('DescribeInstances', () => {
	test('tells the facts of an instance, in the XML of EC2', async () => {
		const open = await openSimulator('healthy');
		open.pass(10_000);
		const [first] = await readTargets(open.call, open.sim.deploymentId);
		const { status, text } = await describeInstances(open, byId([first?.targetId ?? '']));
		expect(status).toBe(200);
		expect(text).toMatch(
			/^<\?xml version="1.0" encoding="UTF-8"\?>\n<DescribeInstancesResponse xmlns="http:\/\/ec2.amazonaws.com\/doc\/2016-11-15\/"><requestId>/,
		);
		expect(text).toContain(`<instanceId>${first?.targetId}</instanceId>`);
		expect(text).toContain('<instanceState><code>16</code><name>running</name></instanceState>');
		expect(text).toContain('<placement><availabilityZone>eu-west-1a</availabilityZone>');
		expect(text).toContain(
			'<iamInstanceProfile><arn>arn:aws:iam::123456789012:instance-profile/checkout-api-instance</arn><id>AIPA',
		);
		expect(text).toContain('<item><key>Name</key><value>checkout-api-00</value></item>');
		expect(text).toContain(
			'<item><key>aws:autoscaling:groupName</key><value>checkout-api-prod-blue-asg</value></item>',
		);
		expect(elements(text, 'imageId')).toEqual([expect.stringMatching(/^ami-0[0-9a-f]{16}$/)]);
		expect(elements(text, 'launchTime')).toEqual([expect.stringMatching(/^2026-\d\d-\d\dT[\d:.]+Z$/)]);
		expect(elements(text, 'privateIpAddress')).toEqual([expect.stringMatching(/^10\.20\.\d+\.\d+$/)]);
	});

	test('leaves ids out that a filter names and nobody knows; InstanceIds with one such fail', async () => {
		const open = await openSimulator('healthy');
		const known = elements((await describeInstances(open)).text, 'instanceId').slice(0, 2);
		const unknown = 'i-00000000000000000';
		const filtered = await describeInstances(open, byId([...known, unknown]));
		expect(elements(filtered.text, 'instanceId')).toEqual(known);
		const named = await describeInstances(open, { 'InstanceId.1': known[0] ?? '', 'InstanceId.2': unknown });
		expect(named.status).toBe(400);
		expect(named.text).toContain(
			`<Response><Errors><Error><Code>InvalidInstanceID.NotFound</Code><Message>The instance ID '${unknown}' does not exist</Message></Error></Errors><RequestID>`,
		);
		const malformed = await describeInstances(open, { 'InstanceId.1': 'web-02' });
		expect(elements(malformed.text, 'Code')).toEqual(['InvalidInstanceID.Malformed']);
	});

	test('pages', async () => {
		const open = await openSimulator('healthy');
		const ids = new Set<string>();
		let token: string | undefined;
		let pages = 0;
		do {
			const { text } = await describeInstances(open, {
				MaxResults: '25',
				...(token !== undefined && { NextToken: token }),
			});
			for (const id of elements(text, 'instanceId')) ids.add(id);
			[token] = elements(text, 'nextToken');
			pages++;
		} while (token !== undefined);
		expect([ids.size, pages]).toEqual([60, 3]);
		const foreign = await describeInstances(open, { NextToken: 'bm9uZQ' });
		expect(elements(foreign.text, 'Code')).toEqual(['InvalidNextToken']);
		const few = await describeInstances(open, { MaxResults: '2' });
		expect(elements(few.text, 'Code')).toEqual(['InvalidParameterValue']);
	});

	test.each([
		['tag:Name', 'checkout-api-0*', 10],
		['tag:Group', 'checkout-api-prod-blue', 60],
		['tag:Name', 'checkout-api-0\\*', 0],
		['tag:Group', 'checkout\\-api-prod-bl?e', 60],
		['availability-zone', 'eu-west-1b', 20],
		['instance-state-name', 'terminated', 0],
		['tag-key', 'Name', 60],
	])('filters by %s', async (name, value, count) => {
		const open = await openSimulator('healthy');
		const { text } = await describeInstances(open, { 'Filter.1.Name': name, 'Filter.1.Value.1': value });
		expect(elements(text, 'instanceId')).toHaveLength(count);
	});

	test('tells a name as it was written', async () => {
		const open = await openSimulator('hostile-logs');
		const { text } = await describeInstances(open);
		expect(text).toContain('<key>Name</key><value>web-\u202e10\u202c\u200b 🚀</value>');
	});

	test('refuses a filter that does not exist', async () => {
		const open = await openSimulator('healthy');
		const { text } = await describeInstances(open, { 'Filter.1.Name': 'colour', 'Filter.1.Value.1': 'red' });
		expect(elements(text, 'Message')).toEqual(["The filter 'colour' is invalid"]);
	});

	test('tells of instances that are gone, for an hour', async () => {
		const open = await openSimulator('instance-terminated');
		open.pass(30_000);
		const gone = { 'Filter.1.Name': 'instance-state-name', 'Filter.1.Value.1': 'terminated' };
		const { text } = await describeInstances(open, gone);
		expect(elements(text, 'instanceId')).toHaveLength(3);
		expect(text).not.toContain('<privateIpAddress>');
		open.pass(3_600_000);
		expect(elements((await describeInstances(open, gone)).text, 'instanceId')).toEqual([]);
	});
});

test('DescribeInstanceStatus tells of running instances, or of all', async () => {
	const open = await openSimulator('instance-terminated');
	open.pass(30_000);
	const running = await query(open, ec2Version, 'DescribeInstanceStatus');
	expect(elements(running.text, 'instanceId')).toHaveLength(3);
	expect(running.text).toContain(
		'<instanceStatus><status>ok</status><details><item><name>reachability</name>',
	);
	const all = await query(open, ec2Version, 'DescribeInstanceStatus', { IncludeAllInstances: 'true' });
	expect(elements(all.text, 'instanceId')).toHaveLength(6);
});

describe('faults', () => {
	test.each([
		[{ type: 'deny' } as const, 403, 'UnauthorizedOperation'],
		[{ type: 'throttle' } as const, 503, 'RequestLimitExceeded'],
		[{ type: 'expiredCredentials' } as const, 400, 'RequestExpired'],
		[{ type: 'serverError', status: 503 } as const, 503, 'Unavailable'],
	])('%j', async (fault, status, code) => {
		const open = await openSimulator('healthy');
		open.sim.inject({ ...fault, operations: ['DescribeInstances'] });
		const answer = await describeInstances(open);
		expect(answer.status).toBe(status);
		expect(elements(answer.text, 'Code')).toEqual([code]);
		expect(open.sim.callsTo('DescribeInstances').at(-1)).toMatchObject({ service: 'EC2', errorCode: code });
		expect((await query(open, ec2Version, 'DescribeInstanceStatus')).status).toBe(200);
	});

	test('a denial names the action', async () => {
		const open = await openSimulator('healthy');
		open.sim.inject({ type: 'deny', operations: ['DescribeInstances'] });
		const { text } = await describeInstances(open);
		expect(elements(text, 'Message')[0]).toMatch(
			/^You are not authorized to perform this operation\. User: \S+ is not authorized to perform: ec2:DescribeInstances because/,
		);
	});

	test('an operation that is not served', async () => {
		const open = await openSimulator('healthy');
		const { text } = await query(open, ec2Version, 'TerminateInstances');
		expect(elements(text, 'Code')).toEqual(['InvalidAction']);
	});
});
