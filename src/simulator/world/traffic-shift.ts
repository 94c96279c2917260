import type { TrafficRouting } from './deployment-config.ts';
import type { Stage } from './rollout.ts';

/** A moment between the last shift and the end of AllowTraffic, in scripted milliseconds. */
const settlingMs = 700;

/**
 * Moves traffic by the plan of the deployment configuration. `setWeight` gets the percentage of the new version,
 * `done` is called when it is 100. The answer stops the shift where it is.
 */
export function shiftTraffic(
	stage: Stage,
	routing: TrafficRouting,
	setWeight: (percent: number) => void,
	done: () => void,
): () => void {
	let callOff = () => {};

	function shiftTo(percent: number): void {
		setWeight(percent);
		callOff =
			percent >= 100 || routing.type === 'AllAtOnce'
				? stage.clockwork.after(settlingMs, done)
				: stage.clockwork.after(routing.intervalMinutes * stage.scale.minuteMs, () => shiftTo(next(percent)));
	}

	function next(percent: number): number {
		return routing.type === 'TimeBasedLinear' ? Math.min(100, percent + routing.percentage) : 100;
	}

	shiftTo(routing.type === 'AllAtOnce' ? 100 : routing.percentage);
	return () => callOff();
}
