import type { Operation } from '../../server/service.ts';
import type { Host } from '../../world/host.ts';
import { instanceState } from './instance-shape.ts';
import { instancePage } from './instances.ts';

/** Only running instances, unless IncludeAllInstances says otherwise. */
export const describeInstanceStatus: Operation = (input, { world }) => {
	const isAll = input.string('IncludeAllInstances') === 'true';
	const { items, nextToken } = instancePage(
		world,
		input,
		'instance status',
		host => isAll || instanceState(host).name === 'running',
	);
	return { instanceStatusSet: items.map(instanceStatus), nextToken };
};

/** AWS: InstanceStatus. */
function instanceStatus(host: Host) {
	const isGone = instanceState(host).name !== 'running';
	const check = isGone
		? { status: 'not-applicable' }
		: { status: 'ok', details: [{ name: 'reachability', status: 'passed' }] };
	return {
		instanceId: host.id,
		availabilityZone: host.machine.zone,
		instanceState: instanceState(host),
		systemStatus: check,
		instanceStatus: check,
	};
}
