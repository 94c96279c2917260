import type { Deployment } from './deployment.ts';
import { diagnose } from './diagnose.ts';
import type { Host } from './host.ts';
import { createPace } from './pace.ts';
import type { Stage } from './rollout.ts';
import type { LifecycleEvent, Target } from './target.ts';
import { type EventFate, type Walk, type WalkEnd, walk } from './walk.ts';

/** Sends one machine through lifecycle events, as the script of the deployment's revision has it. */
export type StartHostWork = (
	host: Host,
	target: Target,
	events: readonly LifecycleEvent[],
	ended: (end: WalkEnd) => void,
) => Walk;

export function createHostWork(stage: Stage, deployment: Deployment): StartHostWork {
	const script = stage.scriptOf(deployment.revision);
	const { id: deploymentId, group } = deployment;

	function fateOn(host: Host, event: string): EventFate | undefined {
		const mishap = script.mishaps?.find(each => each.event === event && each.hosts.includes(host.number));
		if (mishap === undefined) return undefined;
		const diagnostics = diagnose(mishap.failure, { event, groupId: group.id, deploymentId });
		return mishap.failure.type === 'silent'
			? { type: 'unclaimed', waitMs: stage.scale.unclaimedEventMs, diagnostics }
			: { type: 'fails', afterMs: mishap.afterMs, diagnostics };
	}

	return (host, target, events, ended) =>
		walk(stage.clockwork, {
			target,
			events,
			timing: createPace(stage.chance(`${deploymentId}/${host.id}/${events[0]?.name}`), script, host),
			fate: event => fateOn(host, event),
			passed(event) {
				if (event === 'BlockTraffic') host.inService = false;
				else if (event === 'Install') host.installed = deployment.revision;
				else if (event === 'AllowTraffic') host.inService = true;
				else return;
				stage.trafficMoved(group);
			},
			ended,
		});
}
