import {
	BatchGetDeploymentTargetsCommand,
	BatchGetOnPremisesInstancesCommand,
	GetDeploymentGroupCommand,
	ListDeploymentTargetsCommand,
	ListOnPremisesInstancesCommand,
	type ListOnPremisesInstancesInput,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { openSimulator, startAt } from '../support.ts';

describe('on-premises instances', () => {
	test('are the targets of their group, go by their names, and have tags', async () => {
		const { sim, codeDeploy, pass } = await openSimulator('on-premises');
		pass(5_000);
		const { deploymentId } = sim;
		const { targetIds = [] } = await codeDeploy.send(new ListDeploymentTargetsCommand({ deploymentId }));
		expect(targetIds).toHaveLength(10);
		const instanceNames = targetIds.slice(0, 2);
		const { deploymentTargets } = await codeDeploy.send(
			new BatchGetDeploymentTargetsCommand({ deploymentId, targetIds: instanceNames }),
		);
		expect(deploymentTargets?.[0]?.instanceTarget?.targetArn).toMatch(
			new RegExp(`^arn:aws:codedeploy:.*:instance/${instanceNames[0]}$`),
		);
		const { instanceInfos } = await codeDeploy.send(
			new BatchGetOnPremisesInstancesCommand({ instanceNames: [...instanceNames, 'nobody'] }),
		);
		expect(instanceInfos?.map(({ instanceName }) => instanceName)).toEqual(instanceNames);
		expect(instanceInfos?.[0]?.registerTime?.getTime()).toBeLessThan(startAt);
		expect(instanceInfos?.[0]?.tags).toContainEqual({ Key: 'Group', Value: 'checkout-api-prod-rack' });
		const group = await codeDeploy.send(
			new GetDeploymentGroupCommand({ applicationName: 'checkout-api', deploymentGroupName: 'prod-rack' }),
		);
		expect(group.deploymentGroupInfo).toMatchObject({
			ec2TagFilters: [],
			onPremisesInstanceTagFilters: [{ Key: 'Group', Value: 'checkout-api-prod-rack' }],
		});
	});

	test.each<[ListOnPremisesInstancesInput, number]>([
		[{}, 10],
		[{ tagFilters: [{ Key: 'Group', Value: 'checkout-api-prod-rack', Type: 'KEY_AND_VALUE' }] }, 10],
		[{ tagFilters: [{ Key: 'Group', Type: 'KEY_ONLY' }] }, 10],
		[{ tagFilters: [{ Value: 'prod-rack', Type: 'VALUE_ONLY' }] }, 10],
		[{ tagFilters: [{ Key: 'Group', Value: 'another', Type: 'KEY_AND_VALUE' }] }, 0],
		[{ registrationStatus: 'Deregistered' }, 0],
	])('asked for by %j are listed: %i', async (input, count) => {
		const { codeDeploy } = await openSimulator('on-premises');
		const { instanceNames } = await codeDeploy.send(new ListOnPremisesInstancesCommand(input));
		expect(instanceNames).toHaveLength(count);
	});

	test('are not listed by a status that there is not', async () => {
		const { call } = await openSimulator('on-premises');
		const { body } = await call('ListOnPremisesInstances', { registrationStatus: 'Lost' });
		expect(body.__type).toBe('InvalidRegistrationStatusException');
	});

	test.each([
		[{}, 'InstanceNameRequiredException'],
		[{ instanceNames: [] }, 'InstanceNameRequiredException'],
		[{ instanceNames: Array(26).fill('rack') }, 'BatchLimitExceededException'],
		[{ instanceNames: ['two words'] }, 'InvalidInstanceNameException'],
	])('asked for as %j are refused: %s', async (input, error) => {
		const { call } = await openSimulator('on-premises');
		const { status, body } = await call('BatchGetOnPremisesInstances', input);
		expect(status).toBe(400);
		expect(body.__type).toContain(error);
	});
});
