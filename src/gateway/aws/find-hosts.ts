import type { Filter } from '@aws-sdk/client-ec2';
import type { InstanceFacts } from '../../domain/host.ts';
import type { TagFilter, TagSet } from '../../domain/tag-filter.ts';
import type { HostQuery } from '../hosts.ts';
import { collect } from './collect.ts';
import { line, list, pageToken } from './fields.ts';
import { mapInstance } from './map-host.ts';
import type { codeDeploySdk, ec2Sdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** A group that matches more hosts than this many pages hold is judged by those. */
const pageLimit = 50;

/** AWS: values of one filter of DescribeInstances. */
const namesPerCall = 200;

/** Looks for the instances that a deployment group means, each once. */
export async function findInstances(
	ec2: ServiceOf<typeof ec2Sdk>,
	{ tags = [], autoScalingGroups = [] }: HostQuery,
	signal: AbortSignal,
): Promise<readonly InstanceFacts[]> {
	const [byTags, byGroups] = await Promise.all([
		findByTags(ec2, tags, signal),
		autoScalingGroups.length === 0
			? []
			: describeInstances(
					ec2,
					[{ Name: 'tag:aws:autoscaling:groupName', Values: autoScalingGroups.slice(0, namesPerCall) }],
					signal,
				),
	]);
	return [...new Map([...byTags, ...byGroups].map(instance => [instance.id, instance])).values()];
}

/** EC2 knows no "or" between different tags: each filter is asked for by itself, and what all lists have is kept. */
async function findByTags(
	ec2: ServiceOf<typeof ec2Sdk>,
	tags: TagSet,
	signal: AbortSignal,
): Promise<readonly InstanceFacts[]> {
	if (tags.length === 0) return [];
	const lists = await Promise.all(
		tags.map(async filters => {
			const found = await Promise.all(
				filters.map(filter => describeInstances(ec2, ec2Filters(filter), signal)),
			);
			return new Map(found.flat().map(instance => [instance.id, instance]));
		}),
	);
	const [first, ...others] = lists;
	return [...(first?.values() ?? [])].filter(({ id }) => others.every(list => list.has(id)));
}

function ec2Filters({ key = '', value = '', type }: TagFilter): readonly Filter[] {
	if (type === 'KEY_ONLY') return [{ Name: 'tag-key', Values: [key] }];
	if (type === 'VALUE_ONLY') return [{ Name: 'tag-value', Values: [value] }];
	return [{ Name: `tag:${key}`, Values: [value] }];
}

/** All instances that pass these filters. */
export function describeInstances(
	ec2: ServiceOf<typeof ec2Sdk>,
	filters: readonly Filter[],
	signal: AbortSignal,
): Promise<readonly InstanceFacts[]> {
	const operation = 'DescribeInstances';
	return collect(operation, pageLimit, async token => {
		const answer = await ec2.read(
			operation,
			signal,
			sdk =>
				new sdk.DescribeInstancesCommand({
					Filters: [...filters],
					MaxResults: 1000,
					...(token !== undefined && { NextToken: token }),
				}),
		);
		const instances = list(answer.Reservations).flatMap(({ Instances }) => list(Instances));
		return {
			items: instances.flatMap(instance => mapInstance(instance) ?? []),
			nextToken: answer.NextToken || undefined,
		};
	});
}

/** AWS: ListOnPremisesInstances, whose filters are alternatives; what all lists have is kept. */
export async function findOnPremises(
	codeDeploy: ServiceOf<typeof codeDeploySdk>,
	tags: TagSet,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const operation = 'ListOnPremisesInstances';
	const lists = await Promise.all(
		tags.map(filters =>
			collect(operation, pageLimit, async token => {
				const answer = await codeDeploy.read(
					operation,
					signal,
					sdk =>
						new sdk.ListOnPremisesInstancesCommand({
							registrationStatus: 'Registered',
							tagFilters: filters.map(tagFilterInput),
							...(token !== undefined && { nextToken: token }),
						}),
				);
				return {
					items: list(answer.instanceNames).flatMap(name => line(name) ?? []),
					nextToken: pageToken(answer.nextToken),
				};
			}),
		),
	);
	const [first = [], ...others] = lists;
	return first.filter(name => others.every(list => list.includes(name)));
}

function tagFilterInput({ key, value, type }: TagFilter) {
	const known = (['KEY_ONLY', 'VALUE_ONLY', 'KEY_AND_VALUE'] as const).find(each => each === type);
	return {
		...(key !== undefined && { Key: key }),
		...(value !== undefined && { Value: value }),
		Type: known ?? ('KEY_AND_VALUE' as const),
	};
}
