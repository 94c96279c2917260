import type { ErrorInformation, StopCause } from './deployment.ts';

/** What stands in a deployment's errorInformation, in the service's own words where they are known. */

export const healthConstraints: ErrorInformation = {
	code: 'HEALTH_CONSTRAINTS',
	message:
		'The overall deployment failed because too many individual instances failed deployment, too few healthy ' +
		'instances are available for deployment, or some instances in your deployment group are experiencing problems.',
};

/** The text of this one is not published. */
export const healthConstraintsInvalid: ErrorInformation = {
	code: 'HEALTH_CONSTRAINTS_INVALID',
	message:
		'The deployment failed because the minimum healthy hosts setting leaves no instance that could be deployed to.',
};

export const noInstances: ErrorInformation = {
	code: 'NO_INSTANCES',
	message:
		'The deployment failed because no instances were found for your deployment group. Check your deployment group ' +
		'settings to make sure the tags for your EC2 instances or Auto Scaling groups correctly identify the instances ' +
		'you want to deploy to, and then try again.',
};

export function stopError(cause: StopCause): ErrorInformation {
	if (cause.type === 'alarm') {
		return {
			code: 'ALARM_ACTIVE',
			message:
				'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the ' +
				`affected deployments have been stopped. Activated alarms: ${cause.alarmNames.map(name => `<${name}>`).join(' ')}`,
		};
	}
	// Neither the code nor the text of a manual stop is documented beyond the name in the model.
	return { code: 'MANUAL_STOP', message: 'The deployment was stopped by a user.' };
}

/** Nobody told a blue/green deployment to go on. */
export function readyTimeout(minutes: number): ErrorInformation {
	return {
		code: 'TIMEOUT',
		message:
			'The deployment timed out while waiting for a notification to continue. ' +
			`This time out period is ${minutes} minutes.`,
	};
}

export const hookFailure: ErrorInformation = {
	code: 'HOOK_EXECUTION_FAILURE',
	message: 'The deployment failed because one or more of the lifecycle event validation functions failed.',
};

/** The text of this one is not published. */
export const splitAlias: ErrorInformation = {
	code: 'INVALID_LAMBDA_CONFIGURATION',
	message:
		'The deployment failed because the alias of the Lambda function already routes traffic to two versions. ' +
		'Remove the additional version weight and deploy again.',
};

/** The text of this one is not published either. */
export const blueFleetStuck: ErrorInformation = {
	code: 'HEALTH_CONSTRAINTS',
	message: 'The deployment failed because an instance in the original environment could not be deregistered.',
};
