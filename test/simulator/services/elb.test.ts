import {
	DescribeTargetGroupsCommand,
	DescribeTargetHealthCommand,
	ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator, testCredentials } from '../support.ts';

function createClient({ sim }: OpenSimulator): ElasticLoadBalancingV2Client {
	const client = new ElasticLoadBalancingV2Client({
		endpoint: sim.url,
		region: sim.region,
		credentials: testCredentials,
		maxAttempts: 1,
	});
	onTestFinished(() => client.destroy());
	return client;
}

/** How many targets are in which state, and why: `unhealthy: Request timed out`. */
async function readHealth(client: ElasticLoadBalancingV2Client, name: string) {
	const { TargetGroups = [] } = await client.send(new DescribeTargetGroupsCommand({ Names: [name] }));
	const TargetGroupArn = TargetGroups[0]?.TargetGroupArn;
	const { TargetHealthDescriptions = [] } = await client.send(
		new DescribeTargetHealthCommand({ TargetGroupArn }),
	);
	const counts: Record<string, number> = {};
	for (const { TargetHealth: { State, Description } = {} } of TargetHealthDescriptions) {
		const key = Description === undefined ? String(State) : `${State}: ${Description}`;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
}

const fleet = 'checkout-api-prod-blue';
const leaving = 'draining: Target deregistration is in progress';
const arriving = 'initial: Target registration is in progress';

describe('target groups', () => {
	test('are found by name and by ARN', async () => {
		const client = createClient(await openSimulator('by-hand-ecs'));
		const all = await client.send(new DescribeTargetGroupsCommand({}));
		expect(all.TargetGroups?.map(each => each.TargetGroupName)).toEqual(['payments-tg-1', 'payments-tg-2']);
		const [first] = all.TargetGroups ?? [];
		expect(first).toMatchObject({ TargetType: 'ip', Port: 8080, HealthCheckEnabled: true });
		const TargetGroupArns = [first?.TargetGroupArn ?? ''];
		const found = await client.send(new DescribeTargetGroupsCommand({ TargetGroupArns }));
		expect(found.TargetGroups).toEqual([first]);
	});

	test('come in pages', async () => {
		const client = createClient(await openSimulator('by-hand-ecs'));
		const first = await client.send(new DescribeTargetGroupsCommand({ PageSize: 1 }));
		const second = await client.send(
			new DescribeTargetGroupsCommand({ PageSize: 1, Marker: first.NextMarker }),
		);
		expect(second.TargetGroups?.[0]?.TargetGroupName).toBe('payments-tg-2');
		expect(second.NextMarker).toBeUndefined();
	});

	const stranger = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/nope/0123456789abcdef';
	test.each([
		[new DescribeTargetGroupsCommand({ Names: [fleet, 'nope'] }), 'TargetGroupNotFoundException'],
		[new DescribeTargetGroupsCommand({ TargetGroupArns: [stranger] }), 'TargetGroupNotFoundException'],
		[new DescribeTargetGroupsCommand({ Names: [fleet], TargetGroupArns: [stranger] }), 'ValidationError'],
		[new DescribeTargetHealthCommand({ TargetGroupArn: stranger }), 'TargetGroupNotFoundException'],
		[new DescribeTargetHealthCommand({ TargetGroupArn: 'nope' }), 'ValidationError'],
	])('%#: what is unknown or nonsense is refused: %s', async (command, name) => {
		const client = createClient(await openSimulator('by-hand'));
		const error = await client.send(command as DescribeTargetGroupsCommand).catch(each => each);
		expect(error.name).toBe(name);
	});

	test('may be denied', async () => {
		const open = await openSimulator('unprotected');
		open.sim.inject({ type: 'deny', operations: ['DescribeTargetHealth'] });
		const error = await readHealth(createClient(open), fleet).catch(each => each);
		expect(error).toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } });
		expect(error.message).toContain('not authorized to perform: elasticloadbalancing:DescribeTargetHealth');
	});
});

describe('targets', () => {
	test('of a fleet are healthy, fail their check, or have been stopped', async () => {
		const client = createClient(await openSimulator('unprotected'));
		expect(await readHealth(client, fleet)).toEqual({
			healthy: 6,
			'unhealthy: Health checks failed with these codes: [503]': 1,
			'unused: Target is in the stopped state': 1,
		});
	});

	test('leave and come back while they are deployed to', async () => {
		const open = await openSimulator('healthy');
		const client = createClient(open);
		const seen = new Set<string>();
		while ((await open.call('GetDeployment', { deploymentId: open.sim.deploymentId })).status === 200) {
			const counts = await readHealth(client, fleet);
			for (const state of Object.keys(counts)) seen.add(state);
			if (seen.has(arriving)) break;
			// Those that are out are not registered at all.
			expect(counts.healthy ?? 0).toBeGreaterThanOrEqual(40);
			open.pass(2000);
		}
		expect(seen).toEqual(new Set(['healthy', leaving, arriving]));
		await open.untilEnded(open.sim.deploymentId);
		expect(await readHealth(client, fleet)).toEqual({ healthy: 60 });
	});

	test('never become healthy where a deployment fails for it', async () => {
		const open = await openSimulator('load-balancer-health');
		await open.untilEnded(open.sim.deploymentId);
		const targets = await readTargets(open.call, open.sim.deploymentId);
		const failed = targets.filter(({ status }) => status === 'Failed');
		const counts = await readHealth(createClient(open), fleet);
		expect(counts['unhealthy: Health checks failed']).toBe(failed.length);
	});

	test('that nobody has registered are told from those that somebody has', async () => {
		const open = await openSimulator('healthy');
		const client = createClient(open);
		const { TargetGroups } = await client.send(new DescribeTargetGroupsCommand({ Names: [fleet] }));
		const { TargetHealthDescriptions } = await client.send(
			new DescribeTargetHealthCommand({
				TargetGroupArn: TargetGroups?.[0]?.TargetGroupArn,
				Targets: [{ Id: 'i-0123456789abcdef0' }],
			}),
		);
		expect(TargetHealthDescriptions).toMatchObject([
			{ TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' } },
		]);
	});

	test('of an ECS service are in its live target group, and move with the traffic', async () => {
		const open = await openSimulator('ecs-canary');
		const client = createClient(open);
		// What was deployed on the days before has moved them twice.
		expect(await readHealth(client, 'payments-tg-1')).toEqual({ healthy: 8 });
		expect(await readHealth(client, 'payments-tg-2')).toEqual({});
		open.pass(8000);
		const counts = await readHealth(client, 'payments-tg-2');
		expect((counts[arriving] ?? 0) + (counts.healthy ?? 0)).toBe(8);
		await open.untilEnded(open.sim.deploymentId);
		expect(await readHealth(client, 'payments-tg-1')).toEqual({});
		expect(await readHealth(client, 'payments-tg-2')).toEqual({ healthy: 8 });
	});
});
