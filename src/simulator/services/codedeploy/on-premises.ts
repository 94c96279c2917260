import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Host } from '../../world/host.ts';
import { fitsTags } from '../../world/hosts-meant.ts';
import { registeredHosts } from '../../world/known-hosts.ts';
import type { World } from '../../world/world.ts';
import { pageOf } from '../paging.ts';
import { checkBatch } from './lookups.ts';
import { readTagFilters } from './read-group-blocks.ts';
import { seconds } from './shapes.ts';

/** AWS: names of on-premises instances. */
const namePattern = /^[^\s]{1,100}$/;
const namesPerPage = 100;

/** Names that nobody has registered are simply absent. */
export const batchGetOnPremisesInstances: Operation = (input, { world }) => {
	const names = input.strings('instanceNames');
	if (!names || names.length === 0) {
		throw new ServiceError(
			'InstanceNameRequiredException',
			'An on-premises instance name was not specified.',
		);
	}
	checkBatch('BatchGetOnPremisesInstances', names.length, 25);
	const invalid = names.find(name => !namePattern.test(name));
	if (invalid !== undefined) {
		throw new ServiceError('InvalidInstanceNameException', `The instance name is not valid: ${invalid}`);
	}
	const hosts = registeredHosts(world);
	const known = [...new Set(names)].flatMap(name => hosts.get(name) ?? []);
	return { instanceInfos: known.map(host => instanceInfo(world, host)) };
};

/**
 * Names only, of those that have one of the tags. The simulated register holds none that has been taken out of it
 * again.
 */
export const listOnPremisesInstances: Operation = (input, { world }) => {
	const status = input.string('registrationStatus') ?? 'Registered';
	if (status !== 'Registered' && status !== 'Deregistered') {
		throw new ServiceError(
			'InvalidRegistrationStatusException',
			`The registration status was specified in an invalid format: ${status}`,
		);
	}
	const filters = readTagFilters(input.structures('tagFilters')) ?? [];
	const { items, nextToken } = pageOf({
		all: status === 'Registered' ? [...registeredHosts(world).values()] : [],
		keyOf: ({ id }) => id,
		matches: ({ machine }) => filters.length === 0 || fitsTags(filters, machine.tags),
		pageSize: namesPerPage,
		scope: `on-premises ${JSON.stringify({ ...input.raw, nextToken: undefined })}`,
		token: input.string('nextToken'),
	});
	return { instanceNames: items.map(({ id }) => id), nextToken };
};

/** The ARN of an on-premises instance. */
export const instanceArn = ({ region, accountId }: World, name: string): string =>
	`arn:aws:codedeploy:${region}:${accountId}:instance/${name}`;

/** AWS: InstanceInfo. */
function instanceInfo(world: World, { id, machine }: Host) {
	return {
		instanceName: id,
		iamSessionArn: `arn:aws:sts::${world.accountId}:assumed-role/acme-rack-machine/${id}`,
		instanceArn: instanceArn(world, id),
		registerTime: seconds(machine.registeredAt),
		tags: Object.entries(machine.tags).map(([Key, Value]) => ({ Key, Value })),
	};
}
