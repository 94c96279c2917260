import { describe, expect, test } from 'vitest';
import { createCli, hasCli, slowestMs } from './aws-cli.ts';
import { readTargets } from './read-targets.ts';
import { openSimulator } from './support.ts';

describe.skipIf(!hasCli)('the AWS CLI', { timeout: slowestMs }, () => {
	test('looks at a host, its logs, its role and its bundle', async () => {
		const { sim, call, pass } = await openSimulator('script-exit');
		const aws = createCli(sim.url);
		pass(60_000);
		const [, target] = await readTargets(call, sim.deploymentId);
		const id = target?.targetId ?? '';
		const log = '/var/log/aws/codedeploy-agent/codedeploy-agent.log';
		const [instances, sent, events, role, object] = await Promise.all([
			aws('ec2', 'describe-instances', '--filters', `Name=instance-id,Values=${id},i-00000000000000000`),
			aws(
				...['ssm', 'send-command', '--instance-ids', id, '--document-name', 'AWS-RunShellScript'],
				...['--parameters', `commands=["tail -c 2000 ${log}"]`],
			),
			aws(
				...['logs', 'filter-log-events', '--log-group-name', 'codedeploy-agent-deployment-log'],
				...['--log-stream-name-prefix', id, '--filter-pattern', `"${sim.deploymentId}"`],
			),
			aws('iam', 'get-role', '--role-name', 'checkout-api-instance'),
			aws(
				...['s3api', 'head-object', '--bucket', 'acme-artifacts'],
				...['--key', 'releases/checkout-api/build-4711.zip'],
			),
		]);
		expect(instances).toMatchObject({
			Reservations: [
				{
					Instances: [
						{ InstanceId: id, State: { Name: 'running' }, Placement: { AvailabilityZone: 'eu-west-1b' } },
					],
				},
			],
		});
		expect((events as { events: { message: string }[] }).events.at(-1)?.message).toContain(
			'workers not restarted',
		);
		expect(role).toMatchObject({
			Role: { AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'ec2.amazonaws.com' } }] } },
		});
		expect(object).toMatchObject({ ServerSideEncryption: 'AES256', ContentLength: expect.any(Number) });

		pass(6000);
		const { CommandId } = (sent as { Command: { CommandId: string } }).Command;
		const invocation = await aws(
			...['ssm', 'get-command-invocation', '--command-id', CommandId, '--instance-id', id],
		);
		expect(invocation).toMatchObject({
			Status: 'Success',
			StandardOutputContent: expect.stringContaining('codedeploy-agent('),
		});
		expect(sim.calls.every(({ status }) => status === 200)).toBe(true);
	});
});
