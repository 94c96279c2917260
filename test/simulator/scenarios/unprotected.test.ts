import {
	DescribeInstanceStatusCommand,
	DescribeInstancesCommand,
	EC2Client,
	type Filter,
} from '@aws-sdk/client-ec2';
import { describe, expect, onTestFinished, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator, testCredentials } from '../support.ts';
import { callCloudWatch, callSsm, runOn } from '../wire.ts';

const names = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };

async function findInstances({ sim }: OpenSimulator, ...Filters: Filter[]) {
	const client = new EC2Client({ endpoint: sim.url, region: sim.region, credentials: testCredentials });
	onTestFinished(() => client.destroy());
	const { Reservations = [] } = await client.send(new DescribeInstancesCommand({ Filters }));
	const statuses = await client.send(new DescribeInstanceStatusCommand({ IncludeAllInstances: true }));
	expect(statuses.InstanceStatuses).toHaveLength(8);
	return Reservations.flatMap(({ Instances = [] }) => Instances);
}

describe('unprotected', () => {
	test('has just succeeded, without any work on ValidateService', async () => {
		const { sim, call } = await openSimulator('unprotected');
		const { body } = await call('GetDeployment', { deploymentId: sim.deploymentId });
		expect(body).toMatchObject({ deploymentInfo: { status: 'Succeeded' } });
		const targets = await readTargets(call, sim.deploymentId);
		const took = (name: string) =>
			targets.map(({ lifecycleEvents }) => {
				const event = lifecycleEvents.find(each => each.lifecycleEventName === name);
				return (event?.endTime ?? 0) - (event?.startTime ?? 0);
			});
		expect(Math.max(...took('ValidateService'))).toBeLessThan(0.2);
		// The script may take 200 seconds.
		expect(Math.max(...took('AfterInstall'))).toBeGreaterThan(180);
		expect(Math.max(...took('AfterInstall'))).toBeLessThan(200);
	});

	test('its group has neither rollback nor alarms that could be read', async () => {
		const open = await openSimulator('unprotected');
		const { body } = await open.call('GetDeploymentGroup', names);
		expect(body).toMatchObject({
			deploymentGroupInfo: {
				deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
				autoRollbackConfiguration: { enabled: false },
				loadBalancerInfo: { targetGroupInfoList: [{ name: 'checkout-api-prod-blue' }] },
				ec2TagFilters: [{ Key: 'Group', Value: 'checkout-api-prod-blue', Type: 'KEY_AND_VALUE' }],
			},
		});
		const alarms = await callCloudWatch(open)('DescribeAlarms', {});
		expect(alarms.body.MetricAlarms).toMatchObject([
			{
				AlarmName: 'checkout-p99',
				StateValue: 'INSUFFICIENT_DATA',
				StateReason: 'Insufficient Data: 2 datapoints were unknown.',
			},
		]);
	});

	test('its hosts are found by their tags: one is stopped', async () => {
		const open = await openSimulator('unprotected');
		const tagged = { Name: 'tag:Group', Values: ['checkout-api-prod-blue'] };
		const state = (name: string) => ({ Name: 'instance-state-name', Values: [name] });
		expect(await findInstances(open, tagged)).toHaveLength(8);
		expect(await findInstances(open, tagged, state('running'))).toHaveLength(7);
		expect(await findInstances(open, { Name: 'tag-key', Values: ['Group'] }, state('stopped'))).toMatchObject(
			[{ State: { Name: 'stopped', Code: 80 }, StateReason: { Code: 'Client.UserInitiatedShutdown' } }],
		);
		const scaled = { Name: 'tag:aws:autoscaling:groupName', Values: ['checkout-api-prod-blue-asg'] };
		expect(await findInstances(open, scaled)).toHaveLength(8);
		expect(await findInstances(open, { Name: 'tag:Group', Values: ['nobody'] })).toEqual([]);
	});

	test('two hosts do not report to Systems Manager, and one has an old agent', async () => {
		const open = await openSimulator('unprotected');
		const ids = (await readTargets(open.call, open.sim.deploymentId)).map(({ targetId }) => targetId);
		const { body } = await callSsm(open)('DescribeInstanceInformation', {
			Filters: [{ Key: 'PingStatus', Values: ['ConnectionLost'] }],
		});
		const lost = body.InstanceInformationList as { InstanceId: string; LastPingDateTime: number }[];
		expect(lost.map(each => each.InstanceId).sort()).toEqual([ids[3], ids[5]].sort());
		const { StandardOutputContent } = await runOn(open, ids[6] ?? '', ['cat /opt/codedeploy-agent/.version']);
		expect(StandardOutputContent).toContain('1.3.2');
	});
});
