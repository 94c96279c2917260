import {
	CreateDeploymentCommand,
	DeploymentLimitExceededException,
	GetApplicationRevisionCommand,
	ListApplicationRevisionsCommand,
} from '@aws-sdk/client-codedeploy';
import { describe, expect, test } from 'vitest';
import { openSimulator } from '../support.ts';

const group = { applicationName: 'checkout-api', deploymentGroupName: 'prod-blue' };
const build = (number: number) => ({
	revisionType: 'S3' as const,
	s3Location: {
		bucket: 'acme-artifacts',
		key: `releases/checkout-api/build-${number}.zip`,
		bundleType: 'zip' as const,
	},
});

describe('CreateDeployment', () => {
	test('a busy group names the deployment that keeps it busy', async () => {
		const { sim, codeDeploy } = await openSimulator('healthy');
		const creating = codeDeploy.send(new CreateDeploymentCommand({ ...group, revision: build(4699) }));
		await expect(creating).rejects.toThrow(DeploymentLimitExceededException);
		await expect(creating).rejects.toThrow(
			`The Deployment Group 'prod-blue' already has an active Deployment '${sim.deploymentId}'`,
		);
	});

	test('through the SDK: deploys what it was told, as it was told', async () => {
		const { sim, call, codeDeploy, untilEnded } = await openSimulator('healthy');
		await call('StopDeployment', { deploymentId: sim.deploymentId });
		const { deploymentId = '' } = await codeDeploy.send(
			new CreateDeploymentCommand({
				...group,
				revision: build(4688),
				description: 'Back to safety',
				deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
				ignoreApplicationStopFailures: true,
				fileExistsBehavior: 'OVERWRITE',
				autoRollbackConfiguration: { enabled: false },
				overrideAlarmConfiguration: { enabled: false, alarms: [] },
			}),
		);
		expect(deploymentId).toMatch(/^d-[A-Z0-9]{9}$/);
		expect(await untilEnded(deploymentId)).toMatchObject({
			status: 'Succeeded',
			creator: 'user',
			description: 'Back to safety',
			deploymentConfigName: 'CodeDeployDefault.AllAtOnce',
			ignoreApplicationStopFailures: true,
			fileExistsBehavior: 'OVERWRITE',
			autoRollbackConfiguration: { enabled: false },
			overrideAlarmConfiguration: { enabled: false, alarms: [] },
			revision: build(4688),
			previousRevision: build(4699),
		});
		const { body } = await call('GetDeploymentGroup', group);
		expect(body).toMatchObject({
			deploymentGroupInfo: {
				targetRevision: build(4688),
				lastSuccessfulDeployment: { deploymentId, status: 'Succeeded' },
				lastAttemptedDeployment: { deploymentId },
			},
		});
	});

	test('RESTART takes the last successful revision, and says so', async () => {
		const { sim, call } = await openSimulator('healthy');
		await call('StopDeployment', { deploymentId: sim.deploymentId });
		const created = await call('CreateDeployment', { ...group, deploymentMode: 'RESTART' });
		const { body } = await call('GetDeployment', { deploymentId: created.body.deploymentId });
		expect(body).toMatchObject({ deploymentInfo: { deploymentMode: 'RESTART', revision: build(4699) } });
	});

	test('a revision that was deployed can be looked up', async () => {
		const { codeDeploy } = await openSimulator('healthy');
		const listed = await codeDeploy.send(
			new ListApplicationRevisionsCommand({
				applicationName: 'checkout-api',
				sortBy: 'firstUsedTime',
				sortOrder: 'descending',
			}),
		);
		expect(listed.revisions).toEqual([build(4711), build(4699), build(4688)]);
		const { revisionInfo } = await codeDeploy.send(
			new GetApplicationRevisionCommand({ applicationName: 'checkout-api', revision: build(4711) }),
		);
		expect(revisionInfo?.deploymentGroups).toEqual(['prod-blue']);
	});

	test.each([
		['CreateDeployment', { deploymentGroupName: 'prod-blue' }, 'ApplicationNameRequiredException'],
		['CreateDeployment', { applicationName: 'a b' }, 'InvalidApplicationNameException'],
		['CreateDeployment', { ...group, applicationName: 'nope' }, 'ApplicationDoesNotExistException'],
		['CreateDeployment', { applicationName: 'checkout-api' }, 'DeploymentGroupNameRequiredException'],
		['CreateDeployment', { ...group, deploymentGroupName: 'nope' }, 'DeploymentGroupDoesNotExistException'],
		['CreateDeployment', { ...group, deploymentGroupName: 'a b' }, 'InvalidDeploymentGroupNameException'],
		['CreateDeployment', group, 'RevisionRequiredException'],
		['CreateDeployment', { ...group, revision: { revisionType: 'S3' } }, 'InvalidRevisionException'],
		[
			'CreateDeployment',
			{ ...group, revision: build(1), deploymentConfigName: 'nope' },
			'DeploymentConfigDoesNotExistException',
		],
		[
			'CreateDeployment',
			{ ...group, revision: build(1), deploymentConfigName: 'CodeDeployDefault.ECSAllAtOnce' },
			'InvalidDeploymentConfigNameException',
		],
		[
			'CreateDeployment',
			{ ...group, revision: build(1), description: 'x'.repeat(257) },
			'DescriptionTooLongException',
		],
		[
			'CreateDeployment',
			{ ...group, revision: build(1), fileExistsBehavior: 'SHRUG' },
			'InvalidFileExistsBehaviorException',
		],
		[
			'CreateDeployment',
			{ ...group, revision: build(1), autoRollbackConfiguration: { enabled: true } },
			'InvalidAutoRollbackConfigException',
		],
		['CreateDeployment', { ...group, revision: build(1), deploymentMode: 'RESTART' }, 'ValidationException'],
		['ContinueDeployment', {}, 'DeploymentIdRequiredException'],
		['ContinueDeployment', { deploymentId: 'd-UNKNOWN00' }, 'DeploymentDoesNotExistException'],
		['GetApplicationRevision', { applicationName: 'checkout-api' }, 'RevisionRequiredException'],
		[
			'GetApplicationRevision',
			{ applicationName: 'checkout-api', revision: build(1) },
			'RevisionDoesNotExistException',
		],
		[
			'ListApplicationRevisions',
			{ applicationName: 'checkout-api', s3KeyPrefix: 'x' },
			'BucketNameFilterRequiredException',
		],
	])('%s of %j is %s', async (operation, input, code) => {
		const { call } = await openSimulator('healthy');
		expect((await call(operation, input)).body).toMatchObject({ __type: code });
	});

	test('an in-place deployment cannot be continued', async () => {
		const { sim, call } = await openSimulator('healthy');
		const { deploymentId } = sim;
		const proceed = (input: object) => call('ContinueDeployment', { deploymentId, ...input });
		expect((await proceed({})).body).toMatchObject({ __type: 'UnsupportedActionForDeploymentTypeException' });
		expect((await proceed({ deploymentWaitType: 'LUNCH' })).body).toMatchObject({
			__type: 'InvalidDeploymentWaitTypeException',
		});
	});
});
