import type { DeploymentId } from '../domain/ids.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { type ShownCheck, selectChecks } from '../view/checklist.ts';
import { checkLines } from '../view/doctor-text.ts';

/**
 * Prints the checks of a run until it has ended: in the order of the checklist, each as soon as it and all before it are
 * known, and once more at the end if it has come out differently since.
 */
export function printChecks(
	store: Store,
	id: DeploymentId,
	say: (line: string) => void,
	signal: AbortSignal,
): Promise<void> {
	return new Promise(resolve => {
		const printed: ShownCheck[] = [];
		const print = (state: AppState, check: ShownCheck) => {
			for (const line of checkLines(state, id, check)) say(line);
		};
		const follow = () => {
			const state = store.getSnapshot();
			const rollout = rolloutOf(state, id);
			const checks = selectChecks(state, rollout);
			const isOver = rollout.checkup?.endedAt !== undefined;
			for (const check of checks.slice(printed.length)) {
				if (check.verdict === 'pending' && !isOver) break;
				print(state, check);
				printed.push(check);
			}
			if (!isOver) return;
			for (const [index, check] of checks.entries())
				if (check.verdict !== printed[index]?.verdict) print(state, check);
			stop();
		};
		const stop = () => {
			unsubscribe();
			signal.removeEventListener('abort', stop);
			resolve();
		};
		const unsubscribe = store.subscribe(follow);
		signal.addEventListener('abort', stop, { once: true });
		if (signal.aborted) stop();
		else follow();
	});
}
