import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { DeploymentOptions } from '../../world/deployment.ts';
import type { DeploymentGroup } from '../../world/deployment-group.ts';
import type { Revision } from '../../world/revision.ts';
import type { World } from '../../world/world.ts';
import { configFor, findGroup } from './lookups.ts';
import { readAlarms, readAutoRollback } from './read-protection.ts';
import { readRevision } from './read-revision.ts';

const fileExistsBehaviors = ['DISALLOW', 'OVERWRITE', 'RETAIN'];
const maxDescriptionLength = 256;

export const createDeployment: Operation = (input, { world }) => {
	const group = findGroup(world, input);
	const options = readOptions(input);
	const config = configFor(world, group, input.string('deploymentConfigName') ?? group.settings.configName);
	const revision = chooseRevision(input, group, options);
	refuseIfBusy(world, group);
	const deployment = world.createDeployment({ group, revision, config, creator: 'user', options });
	return { deploymentId: deployment.id };
};

/** RESTART runs the last successful revision again, and takes none. */
function chooseRevision(input: Input, group: DeploymentGroup, options: DeploymentOptions): Revision {
	const given = input.structure('revision');
	if (options.deploymentMode !== 'RESTART') return readRevision(given);
	if (given !== undefined || options.updateOutdatedInstancesOnly === true) {
		throw new ServiceError(
			'ValidationException',
			'A revision or updateOutdatedInstancesOnly cannot be specified for a deployment in the mode RESTART.',
		);
	}
	return group.lastSuccessful?.revision ?? readRevision(undefined);
}

function refuseIfBusy(world: World, group: DeploymentGroup): void {
	const busy = world.busyWith(group);
	if (busy === undefined) return;
	throw new ServiceError(
		'DeploymentLimitExceededException',
		`The Deployment Group '${group.name}' already has an active Deployment '${busy.id}'`,
	);
}

function readOptions(input: Input): DeploymentOptions {
	const description = input.string('description');
	if (description !== undefined && description.length > maxDescriptionLength) {
		throw new ServiceError('DescriptionTooLongException', 'The description is too long.');
	}
	const fileExistsBehavior = input.string('fileExistsBehavior');
	if (fileExistsBehavior !== undefined && !fileExistsBehaviors.includes(fileExistsBehavior)) {
		throw new ServiceError(
			'InvalidFileExistsBehaviorException',
			`An invalid fileExistsBehavior option was specified: ${fileExistsBehavior}`,
		);
	}
	const ignoreApplicationStopFailures = input.boolean('ignoreApplicationStopFailures');
	const updateOutdatedInstancesOnly = input.boolean('updateOutdatedInstancesOnly');
	const deploymentMode = readMode(input.string('deploymentMode'));
	const autoRollback = readAutoRollback(input.structure('autoRollbackConfiguration'));
	const overrideAlarms = readAlarms(input.structure('overrideAlarmConfiguration'));
	return {
		...(description !== undefined && { description }),
		...(fileExistsBehavior !== undefined && { fileExistsBehavior }),
		...(ignoreApplicationStopFailures !== undefined && { ignoreApplicationStopFailures }),
		...(updateOutdatedInstancesOnly !== undefined && { updateOutdatedInstancesOnly }),
		...(deploymentMode !== undefined && { deploymentMode }),
		...(autoRollback !== undefined && { autoRollback }),
		...(overrideAlarms !== undefined && { overrideAlarms }),
	};
}

function readMode(mode: string | undefined): string | undefined {
	if (mode === undefined || mode === 'STANDARD' || mode === 'RESTART') return mode;
	throw new ServiceError('ValidationException', `The deployment mode is invalid: ${mode}`);
}
