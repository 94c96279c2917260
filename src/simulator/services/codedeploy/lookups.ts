import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Deployment } from '../../world/deployment.ts';
import type { DeploymentConfig } from '../../world/deployment-config.ts';
import type { Application, DeploymentGroup } from '../../world/deployment-group.ts';
import type { World } from '../../world/world.ts';

/** Finds what a request names, or throws the exception CodeDeploy has for a name that is missing, malformed or unknown. */

const namePattern = /^[A-Za-z0-9._+=,@-]{1,100}$/;
const deploymentIdPattern = /^d-[A-Z0-9]{9}$/;

export function findApplication(world: World, input: Input): Application {
	const name = input.string('applicationName');
	if (!name)
		throw new ServiceError('ApplicationNameRequiredException', 'The application name was not specified.');
	if (!namePattern.test(name)) {
		throw new ServiceError('InvalidApplicationNameException', `The application name is not valid: ${name}`);
	}
	return applicationNamed(world, name);
}

export function applicationNamed(world: World, name: string): Application {
	const application = world.applications.get(name);
	if (application) return application;
	throw new ServiceError('ApplicationDoesNotExistException', `No application found for name: ${name}`);
}

/** `member`: by which the request names the group. */
export function findGroup(world: World, input: Input, member = 'deploymentGroupName'): DeploymentGroup {
	const application = findApplication(world, input);
	const name = input.string(member);
	if (!name) {
		throw new ServiceError(
			'DeploymentGroupNameRequiredException',
			'The deployment group name was not specified.',
		);
	}
	return groupNamed(application, name);
}

export function groupNamed(application: Application, name: string): DeploymentGroup {
	checkGroupName(name);
	const group = application.groups.get(name);
	if (group) return group;
	throw new ServiceError(
		'DeploymentGroupDoesNotExistException',
		`No Deployment Group found for name: ${name}`,
	);
}

export function checkGroupName(name: string): void {
	if (namePattern.test(name)) return;
	throw new ServiceError(
		'InvalidDeploymentGroupNameException',
		`The deployment group name is not valid: ${name}`,
	);
}

export function findDeployment(world: World, input: Input): Deployment {
	const id = input.string('deploymentId');
	if (!id) throw new ServiceError('DeploymentIdRequiredException', 'The deployment ID was not specified.');
	checkDeploymentId(id);
	const deployment = world.deployments.get(id);
	if (deployment) return deployment;
	throw new ServiceError('DeploymentDoesNotExistException', `The deployment ${id} could not be found`);
}

export function checkDeploymentId(id: string): void {
	if (deploymentIdPattern.test(id)) return;
	throw new ServiceError(
		'InvalidDeploymentIdException',
		`Specified DeploymentId is not in the valid format: ${id}`,
	);
}

/** A configuration for the compute platform of this group. */
export function configFor(world: World, group: DeploymentGroup, name: string): DeploymentConfig {
	const config = configNamed(world, name);
	if (config.platform === group.platform) return config;
	throw new ServiceError(
		'InvalidDeploymentConfigNameException',
		`The deployment configuration ${config.name} is not for the compute platform ${group.platform}.`,
	);
}

export function configNamed(world: World, name: string): DeploymentConfig {
	if (!namePattern.test(name)) {
		throw new ServiceError(
			'InvalidDeploymentConfigNameException',
			`The deployment configuration name is not valid: ${name}`,
		);
	}
	const config = world.configs.get(name);
	if (config) return config;
	throw new ServiceError(
		'DeploymentConfigDoesNotExistException',
		`No deployment configuration found for name: ${name}`,
	);
}

/** AWS's batch operations refuse longer lists as a whole. */
export function checkBatch(operation: string, count: number, limit: number): void {
	if (count <= limit) return;
	throw new ServiceError(
		'BatchLimitExceededException',
		`The maximum number of names or IDs allowed for this request (${limit}) was exceeded by ${operation}: ${count}.`,
	);
}

export function alreadyCompleted({ id, status }: Deployment): ServiceError {
	return new ServiceError(
		'DeploymentAlreadyCompletedException',
		`The deployment ${id} has already completed with the status ${status}.`,
	);
}
