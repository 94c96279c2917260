import type { Deployment } from './deployment.ts';
import { healthConstraints, healthConstraintsInvalid, noInstances, stopError } from './errors.ts';
import { type HostProgress, hostsToStart, judgeHealth, minimumHealthyCount } from './health.ts';
import { type Host, orderOfWork } from './host.ts';
import { createHostWork } from './host-work.ts';
import { lifecycles } from './lifecycle.ts';
import { endDeployment, type Rollout, type Stage } from './rollout.ts';
import { createTarget, setTargetStatus, type Target } from './target.ts';
import type { Walk, WalkEnd } from './walk.ts';

type Slot = HostProgress & { readonly host: Host; readonly target: Target; walk?: Walk };

/** Deploys to the machines that serve already, as many at a time as minimum healthy hosts allows. */
export function createInPlaceRollout(stage: Stage, deployment: Deployment): Rollout {
	const { group } = deployment;
	const events = group.settings.trafficControl ? lifecycles.inPlaceWithLoadBalancer : lifecycles.inPlace;
	const minimumHealthyHosts = deployment.config.minimumHealthyHosts ?? { type: 'FLEET_PERCENT', value: 50 };
	const startWork = createHostWork(stage, deployment);
	let slots: readonly Slot[] = [];
	let minimum = 0;
	let isLost = false;

	function start(): void {
		const { now } = stage.clockwork;
		const targets = group.hosts.map(host =>
			createTarget(host.id, { type: 'InstanceTarget', host, label: undefined }, events, now),
		);
		deployment.targets = targets;
		const targetOf = new Map(targets.map(target => [target.id, target]));
		slots = orderOfWork(group.hosts, deployment.revision).flatMap(host => {
			const target = targetOf.get(host.id);
			return target ? [{ host, target, phase: 'pending', wasHealthy: host.healthy }] : [];
		});
		minimum = minimumHealthyCount(minimumHealthyHosts, slots.length);
		if (slots.length === 0) endDeployment(stage, deployment, 'Failed', noInstances);
		else if (minimum >= slots.length) endDeployment(stage, deployment, 'Failed', healthConstraintsInvalid);
		else startMore();
	}

	function startMore(): void {
		for (const index of hostsToStart(slots, minimum)) {
			const slot = slots[index];
			if (slot === undefined) continue;
			slot.phase = 'running';
			setTargetStatus(slot.target, 'InProgress', stage.clockwork.now);
			slot.walk = startWork(slot.host, slot.target, slot.target.events, end => leave(slot, end));
		}
	}

	function leave(slot: Slot, end: WalkEnd): void {
		slot.phase = end === 'succeeded' ? 'succeeded' : 'failed';
		if (end === 'succeeded') setTargetStatus(slot.target, 'Succeeded', stage.clockwork.now);
		if (end !== 'untouched') slot.host.healthy = end === 'succeeded';
		settle();
	}

	function settle(): void {
		const isBusy = slots.some(slot => slot.phase === 'running');
		if (deployment.stop !== undefined) {
			if (!isBusy) endDeployment(stage, deployment, 'Stopped', stopError(deployment.stop));
			return;
		}
		const verdict = judgeHealth(slots, minimum);
		isLost ||= verdict === 'stop' || verdict === 'failed';
		if (isLost) {
			// Hosts that are being worked on are not interrupted: the deployment ends when they have ended.
			if (!isBusy) endDeployment(stage, deployment, 'Failed', healthConstraints);
		} else if (verdict === 'succeeded') {
			endDeployment(stage, deployment, 'Succeeded');
		} else {
			startMore();
		}
	}

	return {
		waitsFor: undefined,
		start,
		stop() {
			for (const slot of slots) if (slot.phase === 'running') slot.walk?.stop();
			if (deployment.completedAt === undefined) settle();
		},
		proceed() {},
	};
}
