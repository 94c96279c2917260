import type { Deployment } from './deployment.ts';
import {
	type HostProgress,
	hostsToStart,
	judgeHealth,
	type MinimumHealthyHosts,
	minimumHealthyCount,
} from './health.ts';
import { type Host, orderOfWork } from './host.ts';
import { createHostWork } from './host-work.ts';
import type { Stage } from './rollout.ts';
import { type LifecycleEvent, setTargetStatus, type Target } from './target.ts';
import type { Walk, WalkEnd } from './walk.ts';

export type HostWaves = {
	/** Starts the first hosts; `impossible` when the minimum leaves none that could be worked on. */
	start(): 'started' | 'impossible';
	/** Starts no more; what runs ends first. */
	stop(): void;
};

export type WavesPlan = {
	readonly work: readonly { readonly host: Host; readonly target: Target }[];
	readonly minimum: MinimumHealthyHosts;
	/** Which of a target's events are walked. */
	readonly eventsOf: (target: Target) => readonly LifecycleEvent[];
	/** What a target is when its events have succeeded. */
	readonly succeededAs: 'Succeeded' | 'Ready';
	/** Called once, when no host is being worked on any more and none will be. */
	readonly ended: (end: 'succeeded' | 'failed' | 'stopped') => void;
};

type Slot = HostProgress & { readonly host: Host; readonly target: Target; walk?: Walk };

/** Works through a fleet, as many hosts at a time as minimum healthy hosts allows. */
export function createHostWaves(stage: Stage, deployment: Deployment, plan: WavesPlan): HostWaves {
	const startWork = createHostWork(stage, deployment);
	const targetOf = new Map(plan.work.map(({ host, target }) => [host, target]));
	const hosts = orderOfWork([...targetOf.keys()], deployment.revision);
	const slots: readonly Slot[] = hosts.flatMap(host => {
		const target = targetOf.get(host);
		return target ? [{ host, target, phase: 'pending', wasHealthy: host.healthy }] : [];
	});
	const minimum = minimumHealthyCount(plan.minimum, slots.length);
	let isLost = false;
	let isStopped = false;

	function startMore(): void {
		for (const index of hostsToStart(slots, minimum)) {
			const slot = slots[index];
			if (slot === undefined) continue;
			slot.phase = 'running';
			setTargetStatus(slot.target, 'InProgress', stage.clockwork.now);
			slot.walk = startWork(slot.host, slot.target, plan.eventsOf(slot.target), end => leave(slot, end));
		}
	}

	function leave(slot: Slot, end: WalkEnd): void {
		slot.phase = end === 'succeeded' ? 'succeeded' : 'failed';
		if (end === 'succeeded') setTargetStatus(slot.target, plan.succeededAs, stage.clockwork.now);
		if (end !== 'untouched') slot.host.healthy = end === 'succeeded';
		settle();
	}

	function settle(): void {
		const isBusy = slots.some(slot => slot.phase === 'running');
		if (isStopped) {
			if (!isBusy) plan.ended('stopped');
			return;
		}
		const verdict = judgeHealth(slots, minimum);
		isLost ||= verdict === 'stop' || verdict === 'failed';
		if (isLost) {
			// Hosts that are being worked on are not interrupted: it ends when they have ended.
			if (!isBusy) plan.ended('failed');
		} else if (verdict === 'succeeded') {
			plan.ended('succeeded');
		} else {
			startMore();
		}
	}

	return {
		start() {
			if (minimum >= slots.length) return 'impossible';
			startMore();
			return 'started';
		},
		stop() {
			if (isStopped) return;
			isStopped = true;
			const running = slots.filter(slot => slot.phase === 'running');
			if (running.length === 0) settle();
			for (const slot of running) slot.walk?.stop();
		},
	};
}
