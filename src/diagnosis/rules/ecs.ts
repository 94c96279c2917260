import { type DiagnosisCase, failedTargets } from '../case.ts';
import { aws, redeploy, updateGroup } from '../commands.ts';
import { docs } from '../docs.ts';
import { apiEvidence, type DeploymentRule, type DeploymentVerdict, onCode } from '../rule.ts';
import { noCallback, reportedFailure } from './functions.ts';

/** Amazon ECS, AWS Lambda, and blue/green deployments that wait (AWS user guide: Amazon ECS deployment issues). */

const waits = /timed out while waiting for/;

const timeout: DeploymentRule = of => {
	const { error } = of.deployment;
	if (error?.code !== 'TIMEOUT' && !waits.test(error?.message ?? '')) return undefined;
	const message = error?.message ?? '';
	if (/replacement task set to become healthy/.test(message)) return tasksNotHealthy(of);
	if (/a status callback/.test(message)) return { place: 'cause', confidence: 'certain', ...noCallback(of) };
	if (/a notification to continue/.test(message)) return notContinued(of, message);
	return timedOut(of);
};

const tasksNotHealthy = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'cause',
	cause: 'ecs-tasks-not-healthy',
	title: 'The new tasks did not become healthy in an hour',
	why: 'Amazon ECS started the replacement task set, and its tasks never became healthy: they cannot start, or fail their health check. ECS says which in the events of the service.',
	confidence: 'certain',
	evidence: taskEvidence(of),
	steps: [
		'Read the events of the service, and why its tasks stopped: an image that cannot be pulled, a secret that cannot be read, a container that exits.',
		'See that the health check of the target group fits the container, and leaves it time to start.',
		'Correct the task definition and deploy again.',
	],
	commands: serviceCommands(of),
	docs: docs.ecsTimeout,
});

function notContinued(of: DiagnosisCase, message: string): DeploymentVerdict {
	const minutes = /period is (?<minutes>\d+) minutes/.exec(message)?.groups?.minutes;
	return {
		place: 'cause',
		cause: 'not-continued-in-time',
		title: 'Nobody sent the traffic over in time',
		why: `The replacement was ready and waited${minutes ? ` ${minutes} minutes` : ''} for somebody to continue. Nobody did, so the deployment was stopped; the original still has the traffic.`,
		confidence: 'certain',
		steps: [
			'Deploy again, and continue while the deployment is Ready.',
			'Or let the group reroute by itself, or wait longer.',
		],
		commands: [...redeploy(of), ...rerouteByItself(of)],
		docs: docs.ecsContinue,
	};
}

/** A block of settings replaces the stored one as a whole, so all of it has to be known. */
function rerouteByItself(of: DiagnosisCase): readonly string[] {
	const options = of.group?.blueGreen;
	if (options?.onSuccess === undefined) return [];
	const { greenFleet, onSuccess, terminationWaitMinutes } = options;
	const settings = {
		deploymentReadyOption: { actionOnTimeout: 'CONTINUE_DEPLOYMENT' },
		terminateBlueInstancesOnDeploymentSuccess: {
			action: onSuccess,
			terminationWaitTimeInMinutes: terminationWaitMinutes,
		},
		...(greenFleet !== undefined && { greenFleetProvisioningOption: { action: greenFleet } }),
	};
	return updateGroup(of, { 'blue-green-deployment-configuration': JSON.stringify(settings) });
}

const timedOut = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'cause',
	cause: 'deployment-timed-out',
	title: 'The deployment ran out of time',
	why: 'A phase, or the deployment as a whole, took longer than CodeDeploy allows.',
	confidence: 'certain',
	steps: [
		'See which event was running longest, and on which targets.',
		'Deploy to more hosts at a time, or make the slow hook faster.',
	],
	commands: [aws(of, 'deploy list-deployment-targets', { 'deployment-id': of.deployment.id })],
	docs: docs.limits,
});

const hookFailed: DeploymentRule = of =>
	of.deployment.error?.code === 'HOOK_EXECUTION_FAILURE'
		? { place: 'cause', confidence: 'certain', ...reportedFailure(of) }
		: undefined;

/** One code for whatever ECS or the load balancer refuses; the message tells more. */
const updateFailed: DeploymentRule = of => {
	const { error } = of.deployment;
	if (error?.code !== 'ECS_UPDATE_ERROR') return undefined;
	if (/replacement task set is unhealthy/.test(error.message)) return replacementUnhealthy(of);
	if (/target group must be behind listener/.test(error.message)) return listenerMismatch(of);
	return {
		place: 'cause',
		cause: 'ecs-update-error',
		title: 'Amazon ECS or the load balancer refused a change',
		why: 'CodeDeploy could not change the service, its task sets or the listener. The message says what was refused.',
		confidence: 'certain',
		steps: [
			'Read the message, and the events of the service.',
			'See whether service auto scaling or somebody else changed the service meanwhile: that can make a deployment fail.',
			'Deploy again.',
		],
		commands: serviceCommands(of),
		docs: docs.ecs,
	};
};

const replacementUnhealthy = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'cause',
	cause: 'ecs-replacement-unhealthy',
	title: 'The new tasks became unhealthy',
	why: 'The replacement task set came up and then failed its health checks, so CodeDeploy gave it up.',
	confidence: 'certain',
	evidence: taskEvidence(of),
	steps: [
		'Read the events of the service and the logs of its new tasks.',
		'See that the health check fits the container under real traffic.',
		'Correct it and deploy again.',
	],
	commands: serviceCommands(of),
	docs: docs.ecs,
});

const listenerMismatch = (of: DiagnosisCase): DeploymentVerdict => ({
	place: 'cause',
	cause: 'ecs-target-group-mismatch',
	title: 'A listener points to the wrong target group',
	why: 'The target group of the tasks that serve now is not behind the listener that CodeDeploy is to switch. The production or the test listener was changed by hand, or an earlier deployment left it so.',
	confidence: 'certain',
	steps: [
		'Point both listeners, production and test, to the target group that serves now.',
		'Compare the load balancer, the service and the deployment group: all three name listeners and target groups.',
		'Deploy again.',
	],
	commands: serviceCommands(of),
	docs: docs.ecsListener,
});

const invalidService = onCode('INVALID_ECS_SERVICE', of => ({
	cause: 'invalid-ecs-service',
	title: 'The ECS service cannot be deployed to',
	why: 'The service of the group does not exist, is inactive, or is not controlled by CodeDeploy (deployment controller CODE_DEPLOY).',
	steps: [
		'Correct the cluster and service in the deployment group.',
		'Create the service with the deployment controller CODE_DEPLOY: it cannot be changed afterwards.',
	],
	commands: serviceCommands(of),
	docs: docs.ecsGroup,
}));

/** `<cluster>:<service>` is the id of an ECS target. */
function serviceCommands(of: DiagnosisCase): readonly string[] {
	for (const { id, kind } of of.targets.values()) {
		const [cluster, service] = id.split(':');
		if (kind !== 'ecs' || !cluster || !service) continue;
		return [
			aws(of, 'ecs describe-services', {
				cluster,
				services: service,
				query: 'services[0].[status,deploymentController,events[:10].message]',
			}),
			aws(of, 'ecs list-tasks', { cluster, 'service-name': service, 'desired-status': 'STOPPED' }),
		];
	}
	return [aws(of, 'deploy list-deployment-targets', { 'deployment-id': of.deployment.id })];
}

function taskEvidence(of: DiagnosisCase) {
	const green = failedTargets(of).flatMap(({ taskSets }) =>
		taskSets.filter(({ label }) => label === 'Green'),
	);
	return green.map(({ id, desired, running, pending }) =>
		apiEvidence(`taskSetsInfo ${id}`, `${running} of ${desired} running, ${pending} pending`),
	);
}

const splitAlias = onCode('INVALID_LAMBDA_CONFIGURATION', of => ({
	cause: 'lambda-alias-split',
	title: 'The alias routes to two versions already',
	why: 'The alias still divides its traffic between two versions. A deployment that was stopped without a rollback leaves it so, and the next ones are refused.',
	// The text of this code is not published, and the state of the alias may be wrong in another way.
	confidence: 'likely',
	steps: [
		'Take the additional version away from the alias, then deploy again.',
		'Stop deployments with a rollback, so that the alias is put back.',
	],
	commands: aliasCommands(of),
	docs: docs.lambda,
}));

function aliasCommands(of: DiagnosisCase): readonly string[] {
	return [...of.targets.values()].flatMap(({ lambda }) => {
		if (!lambda?.alias) return [];
		const { functionName, alias } = lambda;
		const options = { 'function-name': functionName, name: alias };
		return [
			aws(of, 'lambda get-alias', options),
			aws(of, 'lambda update-alias', { ...options, 'routing-config': 'AdditionalVersionWeights={}' }),
		];
	});
}

const invalidFunction = onCode('INVALID_LAMBDA_FUNCTION', of => ({
	cause: 'invalid-lambda-function',
	title: 'The function, version or alias does not exist',
	why: 'The AppSpec names a Lambda function, a version or an alias that is not there.',
	steps: [
		'Publish the version before deploying it, and correct the names in the AppSpec.',
		'See that alias and versions belong to the same function and region.',
	],
	commands: [...of.targets.values()].flatMap(({ lambda }) =>
		lambda ? [aws(of, 'lambda list-aliases', { 'function-name': lambda.functionName })] : [],
	),
	docs: docs.appSpecResources,
}));

export const ecsRules: readonly DeploymentRule[] = [
	timeout,
	hookFailed,
	updateFailed,
	invalidService,
	splitAlias,
	invalidFunction,
];
