import type { Filter, Instance } from '@aws-sdk/client-ec2';
import type { InstanceFacts } from '../../domain/host.ts';
import type { TagFilter, TagSet } from '../../domain/tag-filter.ts';
import { chunk } from '../../lib/pages.ts';
import { type HostQuery, maxInstancesPerCall } from '../hosts.ts';
import { collect } from './collect.ts';
import { identifier, list, pageToken } from './fields.ts';
import type { KnownNames } from './known-names.ts';
import { mapInstance } from './map-host.ts';
import type { codeDeploySdk, ec2Sdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';
import { ec2Filters, fits, onPremisesFilters, type TagQuestion, tagQuestion } from './tag-question.ts';

/** A group that matches more hosts than this many pages hold is judged by those. */
const pageLimit = 50;

/** Looks for the instances that a deployment group means, each once. */
export async function findInstances(
	ec2: ServiceOf<typeof ec2Sdk>,
	names: KnownNames,
	{ tags = [], autoScalingGroups = [] }: HostQuery,
	signal: AbortSignal,
): Promise<readonly InstanceFacts[]> {
	const scaled = chunk(
		[...new Set(autoScalingGroups.flatMap(names.autoScalingGroups.all))],
		maxInstancesPerCall,
	);
	const ask = (question: TagQuestion) => askEc2(ec2, question, signal);
	const [byTags, ...byGroups] = await Promise.all([
		whoFits(
			tags,
			async filter => {
				const question = tagQuestion(filter, names.tags, 'DescribeInstances');
				return question === undefined ? [] : ask(question);
			},
			({ id }) => id,
		),
		...scaled.map(values => ask({ keys: ['aws:autoscaling:groupName'], values })),
	]);
	return [...new Map([...byTags, ...byGroups.flat()].map(instance => [instance.id, instance])).values()];
}

/** Who fits one filter of each list: neither service can be relied on to know "or" and "and" as groups do. */
async function whoFits<T>(
	tags: TagSet,
	ask: (filter: TagFilter) => Promise<readonly T[]>,
	keyOf: (item: T) => string,
): Promise<readonly T[]> {
	const lists = await Promise.all(
		tags.map(async filters => {
			const found = (await Promise.all(filters.map(ask))).flat();
			return new Map(found.map(item => [keyOf(item), item]));
		}),
	);
	const [first, ...others] = lists;
	return [...(first?.values() ?? [])].filter(item => others.every(list => list.has(keyOf(item))));
}

async function askEc2(
	ec2: ServiceOf<typeof ec2Sdk>,
	question: TagQuestion,
	signal: AbortSignal,
): Promise<readonly InstanceFacts[]> {
	const answers = ec2Filters(question).map(filters =>
		describeInstances(ec2, filters, signal, instance => fits(question, instance.Tags)),
	);
	return (await Promise.all(answers)).flat();
}

/** All instances that pass these filters, and are meant. */
export function describeInstances(
	ec2: ServiceOf<typeof ec2Sdk>,
	filters: readonly Filter[],
	signal: AbortSignal,
	isMeant: (instance: Instance) => boolean = () => true,
): Promise<readonly InstanceFacts[]> {
	const operation = 'DescribeInstances';
	return collect(operation, pageLimit, async token => {
		const answer = await ec2.read(
			operation,
			signal,
			sdk =>
				new sdk.DescribeInstancesCommand({
					...(filters.length > 0 && { Filters: [...filters] }),
					MaxResults: 1000,
					...(token !== undefined && { NextToken: token }),
				}),
		);
		const instances = list(answer.Reservations).flatMap(({ Instances }) => list(Instances));
		return {
			items: instances.filter(isMeant).flatMap(instance => mapInstance(instance) ?? []),
			nextToken: pageToken(answer.NextToken),
		};
	});
}

/** AWS: ListOnPremisesInstances. What several filters mean to it is not documented: each is asked for by itself. */
export async function findOnPremises(
	codeDeploy: ServiceOf<typeof codeDeploySdk>,
	names: KnownNames,
	tags: TagSet,
	signal: AbortSignal,
): Promise<readonly string[]> {
	const operation = 'ListOnPremisesInstances';
	const ask = async (filter: TagFilter) => {
		const question = tagQuestion(filter, names.tags, operation);
		const answers = (question ? onPremisesFilters(question) : []).map(tagFilter =>
			collect(operation, pageLimit, async token => {
				const answer = await codeDeploy.read(
					operation,
					signal,
					sdk =>
						new sdk.ListOnPremisesInstancesCommand({
							registrationStatus: 'Registered',
							tagFilters: [tagFilter],
							...(token !== undefined && { nextToken: token }),
						}),
				);
				return {
					items: list(answer.instanceNames).flatMap(name => identifier(name) ?? []),
					nextToken: pageToken(answer.nextToken),
				};
			}),
		);
		return (await Promise.all(answers)).flat();
	};
	return whoFits(tags, ask, name => name);
}
