import type { Deployment } from './deployment.ts';
import { healthConstraints } from './errors.ts';
import type { Host } from './host.ts';
import { createHostWaves, type HostWaves } from './host-waves.ts';
import { lifecycles } from './lifecycle.ts';
import { endDeployment, endStopped, type Rollout, type Stage } from './rollout.ts';
import { createTarget } from './target.ts';
import type { Fleet } from './workload.ts';

/** Brings machines that Auto Scaling has launched to the revision of the others (AWS: creator `autoscaling`). */
export function createLaunchRollout(
	stage: Stage,
	deployment: Deployment,
	fleet: Fleet,
	launched: readonly Host[],
): Rollout {
	// They get no traffic yet, so there is none to be blocked.
	const events = deployment.settings.trafficControl ? lifecycles.greenFleet : lifecycles.inPlace;
	let waves: HostWaves | undefined;
	return {
		waitsFor: undefined,
		start() {
			const { now } = stage.clockwork;
			fleet.hosts = [...fleet.hosts, ...launched];
			const work = launched.map(host => ({
				host,
				target: createTarget(host.id, { type: 'InstanceTarget', host, label: undefined }, events, now),
			}));
			deployment.targets = work.map(({ target }) => target);
			waves = createHostWaves(stage, deployment, {
				work,
				minimum: { type: 'HOST_COUNT', value: 0 },
				eventsOf: target => target.events,
				succeededAs: 'Succeeded',
				ended(end) {
					if (end === 'succeeded') endDeployment(stage, deployment, 'Succeeded');
					else if (end === 'failed') endDeployment(stage, deployment, 'Failed', healthConstraints);
					else endStopped(stage, deployment);
				},
			});
			waves.start();
		},
		stop() {
			if (waves) waves.stop();
			else endStopped(stage, deployment);
		},
		proceed() {},
	};
}
