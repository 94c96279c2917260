import type { Deployment } from './deployment.ts';
import { half } from './deployment-config.ts';
import { healthConstraints, healthConstraintsInvalid, noInstances } from './errors.ts';
import type { Host } from './host.ts';
import { createHostWaves, type HostWaves } from './host-waves.ts';
import { lifecycles } from './lifecycle.ts';
import { endDeployment, endStopped, type Rollout, type Stage } from './rollout.ts';
import { createTarget } from './target.ts';

/** Deploys to the machines that serve already. */
export function createInPlaceRollout(stage: Stage, deployment: Deployment, hosts: readonly Host[]): Rollout {
	const { trafficControl } = deployment.settings;
	const events = trafficControl ? lifecycles.inPlaceWithLoadBalancer : lifecycles.inPlace;
	let waves: HostWaves | undefined;

	return {
		waitsFor: undefined,
		start() {
			const { now } = stage.clockwork;
			const work = hosts.map(host => ({
				host,
				target: createTarget(host.id, { type: 'InstanceTarget', host, label: undefined }, events, now),
			}));
			deployment.targets = work.map(({ target }) => target);
			waves = createHostWaves(stage, deployment, {
				work,
				minimum: deployment.config.minimumHealthyHosts ?? half,
				eventsOf: target => target.events,
				succeededAs: 'Succeeded',
				ended(end) {
					if (end === 'succeeded') endDeployment(stage, deployment, 'Succeeded');
					else if (end === 'failed') endDeployment(stage, deployment, 'Failed', healthConstraints);
					else endStopped(stage, deployment);
				},
			});
			if (work.length === 0) endDeployment(stage, deployment, 'Failed', noInstances);
			else if (waves.start() === 'impossible') {
				endDeployment(stage, deployment, 'Failed', healthConstraintsInvalid);
			}
		},
		stop() {
			if (waves) waves.stop();
			else endStopped(stage, deployment);
		},
		proceed() {},
	};
}
