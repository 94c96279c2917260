import type { HostFacts, InstanceFacts, OnPremisesInstance } from '../../../src/domain/host.ts';
import { asTargetId, isInstanceId, type TargetId } from '../../../src/domain/ids.ts';
import { noon, target } from './snapshots.ts';
import { createStage, type Stage } from './stage.ts';

/** Rollouts to hosts that EC2 or CodeDeploy's register knows. */

export function instance(id: TargetId, change: Partial<InstanceFacts> = {}): InstanceFacts {
	if (!isInstanceId(id)) throw new Error(`${id} is not an instance id`);
	return { id, zone: 'eu-west-1a', state: 'running', platform: 'linux', tags: [], ...change };
}

export const registered = (name: string): OnPremisesInstance => ({ name, registeredAt: noon, tags: [] });
export const racks = (count: number): readonly TargetId[] =>
	Array.from({ length: count }, (_, index) => asTargetId(`rack-${index}`));

export function createFleet(
	ids: readonly TargetId[],
	options: Parameters<typeof createStage>[0] = {},
): Stage {
	const stage = createStage({ targets: ids.map(id => target(id, 'InProgress')), ...options });
	stage.aws.instances = ids.filter(id => isInstanceId(id)).map(id => instance(id));
	stage.aws.onPremises = ids.filter(id => !isInstanceId(id)).map(registered);
	return stage;
}

/** The ids of each call, in the order of the calls. */
export const asked = (
	stage: Stage,
	operation: 'DescribeInstances' | 'BatchGetOnPremisesInstances',
	since = 0,
) => stage.aws.calls.filter(call => call.operation === operation && call.at >= since).map(({ ids }) => ids);

export const hostOf = (stage: Stage, id: TargetId): HostFacts | undefined =>
	stage.rollout().hosts.data?.get(id);
export const kindOf = (stage: Stage, id: TargetId) => hostOf(stage, id)?.kind;
export const stateOf = (stage: Stage, id: TargetId) => {
	const host = hostOf(stage, id);
	return host?.kind === 'ec2' ? host.instance.state : host?.kind;
};
