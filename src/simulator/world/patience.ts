import type { DeploymentWait, Stage } from './rollout.ts';

/** A wait that somebody can cut short (AWS: ContinueDeployment) and that ends by itself. */
export type Patience = {
	/** What is waited for, if anything is. */
	readonly waitsFor: DeploymentWait | undefined;
	/** Waits; `proceed` calls `continued`, the end of the wait calls `timedOut`. */
	begin(wait: DeploymentWait, minutes: number, continued: () => void, timedOut: () => void): void;
	proceed(): void;
	/** Waits no more, and calls nobody. */
	end(): void;
};

export function createPatience(stage: Stage): Patience {
	let current:
		| { readonly wait: DeploymentWait; readonly continued: () => void; readonly callOff: () => void }
		| undefined;

	function end(): void {
		current?.callOff();
		current = undefined;
	}

	return {
		get waitsFor() {
			return current?.wait;
		},
		begin(wait, minutes, continued, timedOut) {
			const callOff = stage.clockwork.after(minutes * stage.scale.minuteMs, () => {
				current = undefined;
				timedOut();
			});
			current = { wait, continued, callOff };
		},
		proceed() {
			const waiting = current;
			end();
			waiting?.continued();
		},
		end,
	};
}
