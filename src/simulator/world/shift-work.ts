import type { Random } from '../../lib/random.ts';
import type { Deployment } from './deployment.ts';
import type { Stage } from './rollout.ts';
import type { ShiftSubject } from './shift-rollout.ts';
import { type Diagnostics, type LifecycleEvent, touchTarget } from './target.ts';
import { shiftTraffic } from './traffic-shift.ts';

/** What the events take, in scripted milliseconds; AllowTraffic takes as long as the shift. */
const usualMs: Readonly<Record<string, number>> = {
	Install: 14_000,
	AllowTestTraffic: 1500,
	AfterAllowTestTraffic: 4000,
	BeforeAllowTraffic: 3000,
	AfterAllowTraffic: 2000,
};
const noHookMs = 200;
/** A rollback only moves weights back; the service is done within seconds. */
const rollbackPace = 0.05;

/** How the work on one event can end by itself. */
export type ShiftWorkEnds = {
	readonly done: () => void;
	readonly failed: (diagnostics: Diagnostics | undefined) => void;
};

export type ShiftWork = {
	/** Multiplies how long everything takes. */
	readonly pace: number;
	/** Does what an event is about; the answer breaks it off where it is. */
	start(subject: ShiftSubject, event: LifecycleEvent, ends: ShiftWorkEnds): () => void;
};

/** What happens during the events of a deployment that moves traffic. */
export function createShiftWork(stage: Stage, deployment: Deployment): ShiftWork {
	const { clockwork } = stage;
	const { group, config, creator } = deployment;
	const script = stage.scriptOf(deployment.revision);
	const random: Random = stage.chance(deployment.id);
	const pace = (script.pace ?? 1) * (creator === 'codeDeployRollback' ? rollbackPace : 1);

	function move(subject: ShiftSubject, percent: number): void {
		subject.setWeight(percent);
		touchTarget(subject.target, clockwork.now);
		group.exposure.set(clockwork.now, script.faulty ? percent / 100 : 0);
	}

	return {
		pace,
		start(subject, event, { done, failed }) {
			const withinMs = (usualMs[event.name] ?? noHookMs) * pace * (0.85 + 0.3 * random());
			const mishap = script.mishaps?.find(each => each.event === event.name);
			if (mishap !== undefined) {
				const { failure } = mishap;
				const diagnostics = failure.type === 'authored' ? failure.diagnostics : undefined;
				return clockwork.after(mishap.afterMs ?? withinMs, () => failed(diagnostics));
			}
			if (event.name === 'AllowTraffic') {
				const routing = config.traffic ?? { type: 'AllAtOnce' };
				return shiftTraffic(stage, routing, percent => move(subject, percent), done);
			}
			const breakOff = event.name === 'Install' ? subject.install(withinMs) : () => {};
			const callOff = clockwork.after(withinMs, done);
			return () => {
				breakOff();
				callOff();
			};
		},
	};
}
