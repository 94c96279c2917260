import { isDeepStrictEqual } from 'node:util';
import type { HostFacts } from '../domain/host.ts';
import { isEc2InstanceId, type TargetId } from '../domain/ids.ts';
import type { Remote } from './remote.ts';
import type { Rollout } from './state.ts';

type Hosts = NonNullable<Rollout['hosts']['data']>;

/**
 * Adds facts of some hosts to those that are known of others. What is equal keeps its reference. Hosts are known by EC2,
 * or by CodeDeploy's register of on-premises instances: an answer of the one leaves a failure of the other as it is.
 */
export function receiveHosts(hosts: Rollout['hosts'], answer: Hosts, at: number): Rollout['hosts'] {
	const data = merge(hosts.data, answer);
	const { failure } = hosts;
	const operation = [...answer.keys()].some(isEc2InstanceId)
		? 'DescribeInstances'
		: 'BatchGetOnPremisesInstances';
	const isAnothers = failure !== undefined && failure.operation !== operation;
	const remote: Remote<Hosts> = { data, dataAt: at, failures: 0 };
	return isAnothers ? { ...hosts, data, dataAt: at } : remote;
}

function merge(known: Hosts | undefined, answer: Hosts): Hosts {
	let merged: Map<TargetId, HostFacts> | undefined = known ? undefined : new Map();
	for (const [id, facts] of answer) {
		if (isDeepStrictEqual(known?.get(id), facts)) continue;
		merged ??= new Map(known);
		merged.set(id, facts);
	}
	return merged ?? known ?? new Map();
}
