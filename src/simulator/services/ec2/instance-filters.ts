import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Host } from '../../world/host.ts';
import type { World } from '../../world/world.ts';
import { instanceState, instanceTags, profileArn } from './instance-shape.ts';

export type InstanceFilter = (host: Host) => boolean;

const mostValues = 200;

type Reading = (world: World, host: Host) => readonly (string | undefined)[];

/** What a filter is compared with. */
const readings: Readonly<Record<string, Reading>> = {
	'instance-id': (_world, { id }) => [id],
	'instance-state-name': (_world, host) => [instanceState(host).name],
	'instance-state-code': (_world, host) => [String(instanceState(host).code)],
	'availability-zone': (_world, { machine }) => [machine.zone],
	'instance-type': (_world, { machine }) => [machine.instanceType],
	'image-id': (_world, { machine }) => [machine.imageId],
	'private-ip-address': (_world, { machine }) => [machine.privateIp],
	'iam-instance-profile.arn': (world, { machine }) => [profileArn(world, machine.instanceProfile)],
	'tag-key': (_world, host) => instanceTags(host).map(({ key }) => key),
};

/** A host is meant when it fits every filter; a filter fits when one of its values does. */
export function readFilters(world: World, input: Input): InstanceFilter {
	const filters = (input.structures('Filter') ?? []).map(filter => {
		const name = filter.string('Name') ?? '';
		const values = filter.strings('Value') ?? [];
		if (values.length > mostValues) {
			throw new ServiceError('FilterLimitExceeded', `The maximum number of filter values is ${mostValues}.`);
		}
		const read = readingOf(name);
		const fits = patternOf(values);
		return (host: Host) => read(world, host).some(own => own !== undefined && fits(own));
	});
	return host => filters.every(fits => fits(host));
}

/**
 * Whether a text fits one of `values`. They are read once: up to 200 are compared with each of thousands of hosts, and
 * most are plain names. AWS: `*` and `?` are wildcards, but not behind a backslash.
 */
function patternOf(values: readonly string[]): (text: string) => boolean {
	const plain = new Set(values.filter(value => !/[*?\\]/.test(value)));
	const patterns = values.filter(value => !plain.has(value)).map(patternSource);
	if (patterns.length === 0) return text => plain.has(text);
	const pattern = new RegExp(`^(?:${patterns.join('|')})$`, 's');
	return text => plain.has(text) || pattern.test(text);
}

function patternSource(value: string): string {
	return value.replaceAll(/\\?./gs, part => {
		if (part === '*') return '.*';
		return part === '?' ? '.' : part.slice(-1).replace(/[.+*?^${}()|[\]\\]/, '\\$&');
	});
}

function readingOf(name: string): Reading {
	if (name.startsWith('tag:')) {
		const wanted = name.slice('tag:'.length);
		return (_world, host) => instanceTags(host).flatMap(({ key, value }) => (key === wanted ? [value] : []));
	}
	const reading = Object.hasOwn(readings, name) ? readings[name] : undefined;
	if (reading) return reading;
	throw new ServiceError('InvalidParameterValue', `The filter '${name}' is invalid`);
}

/** Instances that are asked for by id: one that is malformed or unknown fails the whole call. */
export function askedById(hosts: ReadonlyMap<string, Host>, ids: readonly string[]): readonly Host[] {
	const malformed = ids.find(id => !/^i-([0-9a-f]{8}|[0-9a-f]{17})$/.test(id));
	if (malformed !== undefined) {
		throw new ServiceError('InvalidInstanceID.Malformed', `Invalid id: "${malformed}"`);
	}
	const unknown = ids.filter(id => !hosts.has(id));
	if (unknown.length > 0) {
		const named = unknown.length === 1 ? `ID '${unknown[0]}' does` : `IDs '${unknown.join(', ')}' do`;
		throw new ServiceError('InvalidInstanceID.NotFound', `The instance ${named} not exist`);
	}
	return [...new Set(ids)].flatMap(id => hosts.get(id) ?? []);
}
