import type { ActionRunner } from '../actions/runner.ts';

/** An action runner that can tell whether it is still busy, for who quits in the middle of a stop. */
export type PendingActions = ActionRunner & {
	readonly isBusy: boolean;
	/** Resolves when the outcome of all that was asked for is known and audited. */
	settled(): Promise<void>;
};

export function trackActions(runner: ActionRunner): PendingActions {
	const pending = new Set<Promise<void>>();
	return {
		get isBusy() {
			return pending.size > 0;
		},
		perform(request, seenStatus) {
			const performing = runner.perform(request, seenStatus).finally(() => pending.delete(performing));
			pending.add(performing);
			return performing;
		},
		async settled() {
			await Promise.all(pending);
		},
	};
}
