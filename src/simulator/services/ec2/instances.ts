import type { Input } from '../../server/input.ts';
import { queryNumber } from '../../server/query-input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Host } from '../../world/host.ts';
import { knownHosts } from '../../world/known-hosts.ts';
import type { World } from '../../world/world.ts';
import { type PageOf, pageOf } from '../paging.ts';
import { askedById, readFilters } from './instance-filters.ts';
import { reservation } from './instance-shape.ts';

const fewestResults = 5;
const mostResults = 1000;

/** Ids that a filter names and nobody knows are simply absent; among InstanceIds, one fails the call. */
export const describeInstances: Operation = (input, { world }) => {
	const { items, nextToken } = instancePage(world, input, 'instances', () => true);
	return { reservationSet: items.map(host => reservation(world, host)), nextToken };
};

/** The page of instances that is asked for, of those that `isMeant`. */
export function instancePage(
	world: World,
	input: Input,
	scope: string,
	isMeant: (host: Host) => boolean,
): PageOf<Host> {
	const hosts = knownHosts(world);
	const ids = input.strings('InstanceId');
	const size = queryNumber(input, 'MaxResults');
	if (ids !== undefined && size !== undefined) {
		throw new ServiceError(
			'InvalidParameterCombination',
			'The parameter instancesSet cannot be used with the parameter maxResults',
		);
	}
	if (size !== undefined && (size < fewestResults || size > mostResults)) {
		throw new ServiceError(
			'InvalidParameterValue',
			`Value ( ${size} ) for parameter maxResults is invalid. Expecting a value between ${fewestResults} and ${mostResults}.`,
		);
	}
	const matches = readFilters(world, input);
	try {
		return pageOf({
			all: ids ? askedById(hosts, ids) : [...hosts.values()],
			keyOf: ({ id }) => id,
			matches: host => isMeant(host) && matches(host),
			pageSize: size ?? mostResults,
			scope: `${scope} ${JSON.stringify(input.raw.Filter)}`,
			token: input.string('NextToken'),
		});
	} catch (error) {
		if (!(error instanceof ServiceError) || error.code !== 'InvalidNextTokenException') throw error;
		throw new ServiceError('InvalidNextToken', 'The token is invalid.');
	}
}
