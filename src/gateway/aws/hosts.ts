import type { InstanceStatus } from '../../domain/host.ts';
import { isEc2InstanceId, isInstanceId } from '../../domain/ids.ts';
import { chunk } from '../../lib/pages.ts';
import { GatewayFailure } from '../failure.ts';
import { type HostsGateway, maxInstancesPerCall, maxOnPremisesPerCall } from '../hosts.ts';
import { collect } from './collect.ts';
import { list, pageToken } from './fields.ts';
import { describeInstances, findInstances, findOnPremises } from './find-hosts.ts';
import type { KnownNames } from './known-names.ts';
import { mapInstanceStatus, mapOnPremises, mapPingState } from './map-host.ts';
import type { codeDeploySdk, ec2Sdk, ssmSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** AWS: DescribeInstanceStatus. */
const idsPerStatusCall = 100;
/** AWS: DescribeInstanceInformation, which has 50 to a page. */
const idsPerPingCall = 50;
/** A filter may leave pages empty; one question about a few hundred hosts has no business with more. */
const pageLimit = 50;

export type HostServices = {
	readonly ec2: ServiceOf<typeof ec2Sdk>;
	readonly ssm: ServiceOf<typeof ssmSdk>;
	readonly codeDeploy: ServiceOf<typeof codeDeploySdk>;
	readonly names: KnownNames;
};

/** EC2, Systems Manager and CodeDeploy's register of on-premises instances. */
export function createHostsGateway({ ec2, ssm, codeDeploy, names }: HostServices): HostsGateway {
	async function statusesOf(ids: readonly string[], signal: AbortSignal): Promise<readonly InstanceStatus[]> {
		if (ids.length === 0) return [];
		const operation = 'DescribeInstanceStatus';
		try {
			return await collect(operation, pageLimit, async token => {
				const answer = await ec2.read(
					operation,
					signal,
					sdk =>
						new sdk.DescribeInstanceStatusCommand({
							InstanceIds: [...ids],
							IncludeAllInstances: true,
							...(token !== undefined && { NextToken: token }),
						}),
				);
				return {
					items: list(answer.InstanceStatuses).flatMap(status => mapInstanceStatus(status) ?? []),
					nextToken: pageToken(answer.NextToken),
				};
			});
		} catch (error) {
			const known = withoutUnknown(ids, error);
			if (known === undefined) throw error;
			return statusesOf(known, signal);
		}
	}

	return {
		async describeInstances(ids, signal) {
			// Among InstanceIds a single id that is unknown would fail the call.
			return inChunks(ec2Ids(ids), maxInstancesPerCall, part =>
				describeInstances(ec2, [{ Name: 'instance-id', Values: [...part] }], signal),
			);
		},

		async describeStatuses(ids, signal) {
			return inChunks(ec2Ids(ids), idsPerStatusCall, part => statusesOf(part, signal));
		},

		async pingStates(ids, signal) {
			const operation = 'DescribeInstanceInformation';
			return inChunks(managedIds(ids), idsPerPingCall, part =>
				collect(operation, pageLimit, async token => {
					const answer = await ssm.read(
						operation,
						signal,
						sdk =>
							new sdk.DescribeInstanceInformationCommand({
								Filters: [{ Key: 'InstanceIds', Values: [...part] }],
								MaxResults: idsPerPingCall,
								...(token !== undefined && { NextToken: token }),
							}),
					);
					return {
						items: list(answer.InstanceInformationList).flatMap(host => mapPingState(host) ?? []),
						nextToken: pageToken(answer.NextToken),
					};
				}),
			);
		},

		findInstances: (query, signal) => findInstances(ec2, names, query, signal),
		findOnPremises: (tags, signal) => findOnPremises(codeDeploy, names, tags, signal),

		async onPremises(names, signal) {
			return inChunks([...new Set(names)], maxOnPremisesPerCall, async part => {
				const { instanceInfos } = await codeDeploy.read(
					'BatchGetOnPremisesInstances',
					signal,
					sdk => new sdk.BatchGetOnPremisesInstancesCommand({ instanceNames: [...part] }),
				);
				return list(instanceInfos).flatMap(instance => mapOnPremises(instance) ?? []);
			});
		},
	};
}

/** Each id once. An on-premises name is none, and one like `*` would match every instance of the region. */
const managedIds = (ids: readonly string[]) => [...new Set(ids)].filter(isInstanceId);
const ec2Ids = (ids: readonly string[]) => [...new Set(ids)].filter(isEc2InstanceId);

async function inChunks<T>(
	ids: readonly string[],
	size: number,
	ask: (part: readonly string[]) => Promise<readonly T[]>,
): Promise<readonly T[]> {
	const answers = await Promise.all(chunk(ids, size).map(ask));
	return answers.flat();
}

/**
 * The ids that EC2 did not complain about. Status checks can only be asked for by id, and ids of instances that were
 * terminated an hour ago fail the call; which ones those are stands in the text alone.
 */
function withoutUnknown(ids: readonly string[], error: unknown): readonly string[] | undefined {
	if (!(error instanceof GatewayFailure) || error.details.code !== 'InvalidInstanceID.NotFound')
		return undefined;
	const named = new Set(
		error.cause instanceof Error ? error.cause.message.match(/\bi-[0-9a-f]+/g) : undefined,
	);
	const known = ids.filter(id => !named.has(id));
	return known.length < ids.length ? known : undefined;
}
