import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Deployment } from '../../world/deployment.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../paging.ts';
import { deploymentInfo } from './deployment-info.ts';
import { checkBatch, checkDeploymentId, findDeployment, findGroup } from './lookups.ts';

const statuses = new Set([
	'Created',
	'Queued',
	'InProgress',
	'Baking',
	'Ready',
	'Succeeded',
	'Failed',
	'Stopped',
]);
const idsPerPage = 100;

export const getDeployment: Operation = (input, { world }) => ({
	deploymentInfo: deploymentInfo(findDeployment(world, input)),
});

/** Ids that do not exist are left out without a word. */
export const batchGetDeployments: Operation = (input, { world }) => {
	const ids = input.strings('deploymentIds');
	if (!ids || ids.length === 0) {
		throw new ServiceError('DeploymentIdRequiredException', 'At least one deployment ID must be specified.');
	}
	checkBatch('BatchGetDeployments', ids.length, 25);
	for (const id of ids) checkDeploymentId(id);
	const found = [...new Set(ids)].flatMap(id => world.deployments.get(id) ?? []);
	return { deploymentsInfo: found.map(deploymentInfo) };
};

/** Newest first. */
export const listDeployments: Operation = (input, { world }) => {
	const matches = readFilter(world, input);
	const { items, nextToken } = pageOf({
		all: [...world.deployments.values()].toReversed(),
		keyOf: deployment => deployment.id,
		matches,
		pageSize: idsPerPage,
		scope: `deployments ${JSON.stringify({ ...input.raw, nextToken: undefined })}`,
		token: input.string('nextToken'),
	});
	return { deployments: items.map(deployment => deployment.id), nextToken };
};

function readFilter(world: World, input: Input): (deployment: Deployment) => boolean {
	const group = readGroupFilter(world, input);
	const wanted = input.strings('includeOnlyStatuses') ?? [];
	const unknown = wanted.find(status => !statuses.has(status));
	if (unknown !== undefined) {
		throw new ServiceError(
			'InvalidDeploymentStatusException',
			`The deployment status is not valid: ${unknown}`,
		);
	}
	const range = input.structure('createTimeRange');
	const startAt = range?.timestamp('start') ?? Number.NEGATIVE_INFINITY;
	const endAt = range?.timestamp('end') ?? Number.POSITIVE_INFINITY;
	if (startAt > endAt) {
		throw new ServiceError('InvalidTimeRangeException', 'The start of the time range is after its end.');
	}
	const isExternal = input.string('externalId') !== undefined;
	return deployment =>
		!isExternal &&
		(group === undefined || deployment.group === group) &&
		(wanted.length === 0 || wanted.includes(deployment.status)) &&
		deployment.createdAt >= startAt &&
		deployment.createdAt <= endAt;
}

/** Application and group are given together or not at all. */
function readGroupFilter(world: World, input: Input) {
	if (input.string('applicationName') !== undefined) return findGroup(world, input);
	if (input.string('deploymentGroupName') === undefined) return undefined;
	throw new ServiceError('ApplicationNameRequiredException', 'The application name was not specified.');
}
