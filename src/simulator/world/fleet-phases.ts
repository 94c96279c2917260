import type { Deployment } from './deployment.ts';
import type { MinimumHealthyHosts } from './health.ts';
import type { Host } from './host.ts';
import { createHostWaves } from './host-waves.ts';
import type { Stage } from './rollout.ts';
import { createTarget, type Target } from './target.ts';

export type Work = { readonly host: Host; readonly target: Target };

export type FleetPhase = {
	readonly work: readonly Work[];
	/** The part of the targets' events that belongs to this phase. */
	readonly events: readonly string[];
	readonly minimum: MinimumHealthyHosts;
	readonly succeededAs: 'Succeeded' | 'Ready';
};

/** One thing after another, and what a stop means meanwhile. */
export type FleetPhases = {
	/** Hosts work; a stop lets their hooks end. */
	run(phase: FleetPhase, ended: (end: 'succeeded' | 'failed') => void): 'started' | 'impossible';
	/** Something takes its time; a stop ends it at once. Scripted milliseconds. */
	wait(scriptedMs: number, then: () => void): void;
	/** Somebody is waited for; a stop calls `end`. */
	rest(end: () => void): void;
	stop(): void;
};

/** `stopped` is called when a stop has taken effect. */
export function createFleetPhases(stage: Stage, deployment: Deployment, stopped: () => void): FleetPhases {
	let interrupt: () => void = stopped;
	return {
		run({ work, events, minimum, succeededAs }, ended) {
			if (work.length === 0) {
				ended('succeeded');
				return 'started';
			}
			const waves = createHostWaves(stage, deployment, {
				work,
				minimum,
				succeededAs,
				eventsOf: target => target.events.filter(event => events.includes(event.name)),
				ended: end => (end === 'stopped' ? stopped() : ended(end)),
			});
			interrupt = waves.stop;
			return waves.start();
		},
		wait(scriptedMs, then) {
			const callOff = stage.clockwork.after(scriptedMs, then);
			interrupt = () => {
				callOff();
				stopped();
			};
		},
		rest(end) {
			interrupt = () => {
				end();
				stopped();
			};
		},
		stop: () => interrupt(),
	};
}

/** A machine of one of the two fleets, as a target. */
export function labelled(host: Host, label: 'Blue' | 'Green', events: readonly string[], at: number): Work {
	return { host, target: createTarget(host.id, { type: 'InstanceTarget', host, label }, events, at) };
}
