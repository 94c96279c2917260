import { isDeaf } from './ailment.ts';
import type { Deployment } from './deployment.ts';
import { diagnose, eventsOfOldRevision, unclaimed } from './diagnose.ts';
import type { Host } from './host.ts';
import { agentGeneration } from './machine.ts';
import { failureOn } from './mishap.ts';
import { createPace } from './pace.ts';
import type { Stage } from './rollout.ts';
import type { Diagnostics, LifecycleEvent, Target } from './target.ts';
import { type EventFate, type Walk, type WalkEnd, walk } from './walk.ts';

/** Sends one machine through lifecycle events, as the script of the deployment's revision has it. */
export type StartHostWork = (
	host: Host,
	target: Target,
	events: readonly LifecycleEvent[],
	ended: (end: WalkEnd) => void,
) => Walk;

export function createHostWork(stage: Stage, deployment: Deployment): StartHostWork {
	const { scale, clockwork } = stage;
	const script = stage.scriptOf(deployment.revision);
	const { id: deploymentId, group } = deployment;
	const ignoresStopFailures = deployment.options.ignoreApplicationStopFailures === true;

	function fateOn(host: Host, event: string): EventFate | undefined {
		if (isDeaf(host.ailment) || host.terminatedAt !== undefined) return noAnswer();
		const before = host.installed && stage.scriptOf(host.installed);
		const failing = failureOn(script, host, event, before);
		if (failing === undefined) return undefined;
		const { failure, afterMs } = failing;
		const { installedBy } = host;
		const place = { event, groupId: group.id, deploymentId, installedBy };
		return {
			type: 'fails',
			afterMs: failure.type === 'unhealthy' ? scale.silentEventMs : afterMs,
			report: () => asItsAgentWrites(host, diagnose(failure, place)),
		};
	}

	function noAnswer(): EventFate {
		return { type: 'unclaimed', waitMs: scale.unclaimedEventMs, diagnostics: unclaimed };
	}

	/** The second generation begins each line of the log with the time. */
	function asItsAgentWrites({ machine }: Host, told: Diagnostics | undefined): Diagnostics | undefined {
		if (told === undefined || agentGeneration(machine) === 1) return told;
		const time = new Date(clockwork.now).toISOString().slice(0, 19).replace('T', ' ');
		return { ...told, logTail: told.logTail.replaceAll(/^(?=.)/gm, `${time} `) };
	}

	return (host, target, events, ended) =>
		walk(clockwork, {
			target,
			events,
			timing: createPace(stage.chance(`${deploymentId}/${host.id}/${events[0]?.name}`), script, host),
			fate: event => fateOn(host, event),
			isTolerated: event => ignoresStopFailures && eventsOfOldRevision.has(event),
			isGone: () => host.terminatedAt !== undefined,
			giveUpAfterMs: scale.silentEventMs,
			passed(event) {
				if (event === 'BlockTraffic') host.inService = false;
				else if (event === 'Install') {
					host.installed = deployment.revision;
					host.installedBy = deploymentId;
				} else if (event === 'AllowTraffic') host.inService = true;
				else return;
				stage.trafficMoved(group);
			},
			ended,
		});
}
