import type { Deployment } from './deployment.ts';
import { healthConstraints } from './errors.ts';
import { createFleetPhases, labelled } from './fleet-phases.ts';
import type { MinimumHealthyHosts } from './health.ts';
import type { Host } from './host.ts';
import { lifecycles } from './lifecycle.ts';
import { endDeployment, endStopped, type Rollout, type Stage } from './rollout.ts';
import type { Fleet } from './workload.ts';

const allAtOnce: MinimumHealthyHosts = { type: 'HOST_COUNT', value: 0 };

/** Sends the traffic back to the original fleet, and takes the replacement off the load balancer. */
export function createBlueGreenRollback(
	stage: Stage,
	deployment: Deployment,
	fleet: Fleet,
	rolledBack: Deployment,
): Rollout {
	const phases = createFleetPhases(stage, deployment, () => endStopped(stage, deployment));

	function start(): void {
		const { now } = stage.clockwork;
		const original = hostsOf(rolledBack, 'Blue') ?? fleet.hosts;
		const blue = original.map(host => labelled(host, 'Blue', lifecycles.allowTraffic, now));
		const green = (hostsOf(rolledBack, 'Green') ?? []).map(host =>
			labelled(host, 'Green', lifecycles.blockTraffic, now),
		);
		deployment.targets = [...blue, ...green].map(({ target }) => target);
		const phase = { minimum: allAtOnce, succeededAs: 'Succeeded' } as const;
		phases.run({ ...phase, work: blue, events: lifecycles.allowTraffic }, end => {
			if (end === 'failed') {
				endDeployment(stage, deployment, 'Failed', healthConstraints);
				return;
			}
			fleet.hosts = original;
			phases.run({ ...phase, work: green, events: lifecycles.blockTraffic }, () => {
				stage.trafficMoved(deployment.group);
				endDeployment(stage, deployment, 'Succeeded');
			});
		});
	}

	return { waitsFor: undefined, start, stop: phases.stop, proceed() {} };
}

function hostsOf({ targets }: Deployment, label: 'Blue' | 'Green'): readonly Host[] | undefined {
	return targets?.flatMap(({ detail }) =>
		detail.type === 'InstanceTarget' && detail.label === label ? [detail.host] : [],
	);
}
