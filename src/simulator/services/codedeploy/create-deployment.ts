import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { DeploymentOptions } from '../../world/deployment.ts';
import type {
	AlarmConfiguration,
	AutoRollback,
	DeploymentGroup,
	RollbackEvent,
} from '../../world/deployment-group.ts';
import type { Revision } from '../../world/revision.ts';
import type { World } from '../../world/world.ts';
import { configNamed, findGroup } from './lookups.ts';
import { readRevision } from './read-revision.ts';

const rollbackEvents: readonly RollbackEvent[] = [
	'DEPLOYMENT_FAILURE',
	'DEPLOYMENT_STOP_ON_ALARM',
	'DEPLOYMENT_STOP_ON_REQUEST',
];
const fileExistsBehaviors = ['DISALLOW', 'OVERWRITE', 'RETAIN'];
const maxDescriptionLength = 256;

export const createDeployment: Operation = (input, { world }) => {
	const group = findGroup(world, input);
	const options = readOptions(input);
	const config = configNamed(world, input.string('deploymentConfigName') ?? group.settings.configName);
	if (config.platform !== group.platform) {
		throw new ServiceError(
			'InvalidDeploymentConfigNameException',
			`The deployment configuration ${config.name} is not for the compute platform ${group.platform}.`,
		);
	}
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

function readAutoRollback(input: Input | undefined): AutoRollback | undefined {
	if (input === undefined) return undefined;
	const enabled = input.boolean('enabled') ?? false;
	const names = input.strings('events') ?? [];
	const events = rollbackEvents.filter(event => names.includes(event));
	if (events.length !== names.length || (enabled && events.length === 0)) {
		throw new ServiceError(
			'InvalidAutoRollbackConfigException',
			'The automatic rollback configuration was specified in an invalid format.',
		);
	}
	return { enabled, events };
}

function readAlarms(input: Input | undefined): AlarmConfiguration | undefined {
	if (input === undefined) return undefined;
	const alarms = (input.structures('alarms') ?? []).map(alarm => ({ name: alarm.string('name') ?? '' }));
	if (alarms.length > 10) {
		throw new ServiceError(
			'AlarmsLimitExceededException',
			'The maximum number of alarms for a deployment group (10) was exceeded.',
		);
	}
	return {
		enabled: input.boolean('enabled') ?? false,
		ignorePollAlarmFailure: input.boolean('ignorePollAlarmFailure') ?? false,
		alarms,
	};
}
