import { describe, expect, test } from 'vitest';
import { createCli, hasCli, slowestMs } from './aws-cli.ts';
import { openSimulator } from './support.ts';

describe.skipIf(!hasCli)('the AWS CLI', { timeout: slowestMs }, () => {
	test('reads a rollout, stops it and deploys again', async () => {
		const { sim, pass, untilEnded } = await openSimulator('healthy');
		const aws = createCli(sim.url);
		const { deploymentId } = sim;
		pass(20_000);
		const group = ['--application-name', 'checkout-api', '--deployment-group-name', 'prod-blue'];
		const [listed, read, targets] = await Promise.all([
			aws('deploy', 'list-deployments', ...group, '--include-only-statuses', 'InProgress'),
			aws('deploy', 'get-deployment', '--deployment-id', deploymentId),
			aws('deploy', 'list-deployment-targets', '--deployment-id', deploymentId),
		]);
		expect(listed).toEqual({ deployments: [deploymentId] });
		expect(read).toMatchObject({ deploymentInfo: { status: 'InProgress', creator: 'user' } });
		const { targetIds } = targets as { targetIds: string[] };
		expect(targetIds).toHaveLength(60);
		const [targetId = ''] = targetIds;

		const [one, batch] = await Promise.all([
			aws('deploy', 'get-deployment-target', '--deployment-id', deploymentId, '--target-id', targetId),
			aws(
				...['deploy', 'batch-get-deployment-targets', '--deployment-id', deploymentId],
				...['--target-ids', ...targetIds.slice(0, 25)],
			),
		]);
		expect(one).toMatchObject({ deploymentTarget: { instanceTarget: { targetId, status: 'InProgress' } } });
		expect((batch as { deploymentTargets: unknown[] }).deploymentTargets).toHaveLength(25);

		const stopped = await aws('deploy', 'stop-deployment', '--deployment-id', deploymentId);
		expect(stopped).toMatchObject({ status: 'Pending' });
		await untilEnded(deploymentId);
		const created = await aws(
			...['deploy', 'create-deployment', ...group, '--description', 'by hand'],
			...['--s3-location', 'bucket=acme-artifacts,key=releases/checkout-api/build-4699.zip,bundleType=zip'],
		);
		expect(created).toEqual({ deploymentId: expect.stringMatching(/^d-[A-Z0-9]{9}$/) });
		expect(sim.calls.every(call => call.status === 200)).toBe(true);
	});

	test('changes the settings of a group, and reads how its targets fare', async () => {
		const { sim } = await openSimulator('unprotected');
		const aws = createCli(sim.url);
		const application = ['--application-name', 'checkout-api'];
		const updated = await aws(
			...['deploy', 'update-deployment-group', ...application],
			...['--current-deployment-group-name', 'prod-blue'],
			...['--auto-rollback-configuration', 'enabled=true,events=DEPLOYMENT_FAILURE'],
			...['--alarm-configuration', 'enabled=true,alarms=[{name=checkout-p99}]'],
			...['--deployment-config-name', 'CodeDeployDefault.HalfAtATime'],
		);
		expect(updated).toEqual({ hooksNotCleanedUp: [] });
		const [group, targetGroups] = await Promise.all([
			aws('deploy', 'get-deployment-group', ...application, '--deployment-group-name', 'prod-blue'),
			aws('elbv2', 'describe-target-groups', '--names', 'checkout-api-prod-blue'),
		]);
		expect(group).toMatchObject({
			deploymentGroupInfo: {
				deploymentConfigName: 'CodeDeployDefault.HalfAtATime',
				autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_FAILURE'] },
				alarmConfiguration: { enabled: true, alarms: [{ name: 'checkout-p99' }] },
			},
		});
		const { TargetGroups } = targetGroups as { TargetGroups: { TargetGroupArn: string }[] };
		const arn = TargetGroups[0]?.TargetGroupArn ?? '';
		const health = await aws('elbv2', 'describe-target-health', '--target-group-arn', arn);
		const { TargetHealthDescriptions } = health as { TargetHealthDescriptions: unknown[] };
		expect(TargetHealthDescriptions).toHaveLength(8);
		expect(TargetHealthDescriptions).toContainEqual(
			expect.objectContaining({
				TargetHealth: {
					State: 'unhealthy',
					Reason: 'Target.ResponseCodeMismatch',
					Description: 'Health checks failed with these codes: [503]',
				},
			}),
		);
	});

	test('continues a deployment that waits, and is told who it is', async () => {
		const { sim, call, pass } = await openSimulator('blue-green');
		const aws = createCli(sim.url);
		const { deploymentId } = sim;
		pass(110_000);
		const [, identity] = await Promise.all([
			aws(
				...['deploy', 'continue-deployment', '--deployment-id', deploymentId],
				...['--deployment-wait-type', 'READY_WAIT'],
			),
			aws('sts', 'get-caller-identity'),
		]);
		expect(identity).toMatchObject({ Account: '123456789012' });
		const { body } = await call('GetDeployment', { deploymentId });
		expect(body).toMatchObject({ deploymentInfo: { status: 'InProgress' } });
	});
});
