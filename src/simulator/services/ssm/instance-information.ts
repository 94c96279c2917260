import type { Input } from '../../server/input.ts';
import type { Operation } from '../../server/service.ts';
import { ServiceError } from '../../server/service-error.ts';
import type { Host } from '../../world/host.ts';
import type { World } from '../../world/world.ts';
import { dnsName, instanceTags } from '../ec2/instance-shape.ts';
import { readBetween, ssmPage } from './limits.ts';
import { lastPingAt, managedHosts, pingStatus } from './managed-hosts.ts';

const usualPage = 10;
const ssmAgent = '3.3.1611.0';

type Reading = (host: Host) => readonly (string | undefined)[];

const readings: Readonly<Record<string, Reading>> = {
	InstanceIds: ({ id }) => [id],
	PingStatus: host => [pingStatus(host)],
	PlatformTypes: host => [platformType(host)],
	AgentVersion: () => [ssmAgent],
	ResourceType: () => ['EC2Instance'],
};

/** Machines that never registered are absent, whoever asks for them. */
export const describeInstanceInformation: Operation = (input, { world }) => {
	const matches = readFilters(input);
	const { items, nextToken } = ssmPage({
		all: [...managedHosts(world).values()],
		keyOf: ({ id }) => id,
		matches,
		pageSize: readBetween(input, 'MaxResults', 5, 50, usualPage),
		scope: `instances ${JSON.stringify({ ...input.raw, NextToken: undefined })}`,
		token: input.string('NextToken'),
	});
	return {
		InstanceInformationList: items.map(host => instanceInformation(world, host)),
		NextToken: nextToken,
	};
};

/** `Filters`, or what they were called before. */
function readFilters(input: Input): (host: Host) => boolean {
	const filters = [
		...(input.structures('Filters') ?? []).map(each => [each.string('Key'), each.strings('Values')] as const),
		...(input.structures('InstanceInformationFilterList') ?? []).map(
			each => [each.string('key'), each.strings('valueSet')] as const,
		),
	].map(([key = '', values = []]) => {
		if (values.length === 0 || values.length > 100) {
			throw new ServiceError(
				'InvalidInstanceInformationFilterValue',
				'The specified filter value is not valid.',
			);
		}
		const read = readingOf(key);
		return (host: Host) => read(host).some(own => own !== undefined && values.includes(own));
	});
	return host => filters.every(fits => fits(host));
}

function readingOf(key: string): Reading {
	if (key.startsWith('tag:')) {
		const name = key.slice('tag:'.length);
		return host => instanceTags(host).flatMap(tag => (tag.key === name ? [tag.value] : []));
	}
	const reading = Object.hasOwn(readings, key) ? readings[key] : undefined;
	if (reading) return reading;
	throw new ServiceError('InvalidFilterKey', `The specified filter key is not valid: ${key}`);
}

function platformType({ machine }: Host): string {
	return machine.platform === 'windows' ? 'Windows' : 'Linux';
}

/** AWS: InstanceInformation. */
function instanceInformation(world: World, host: Host) {
	const { id, machine } = host;
	const isWindows = machine.platform === 'windows';
	return {
		InstanceId: id,
		PingStatus: pingStatus(host),
		LastPingDateTime: lastPingAt(world, host) / 1000,
		AgentVersion: ssmAgent,
		IsLatestVersion: false,
		PlatformType: platformType(host),
		PlatformName: isWindows ? 'Microsoft Windows Server 2022 Datacenter' : 'Amazon Linux',
		PlatformVersion: isWindows ? '10.0.20348' : '2023',
		ResourceType: 'EC2Instance',
		IPAddress: machine.privateIp,
		ComputerName: dnsName(world, host),
		AssociationStatus: 'Success',
		SourceId: id,
		SourceType: 'AWS::EC2::Instance',
	};
}
