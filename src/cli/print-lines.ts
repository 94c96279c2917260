import type { DeploymentId } from '../domain/ids.ts';
import type { AppState } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { changeLines } from '../view/change-lines.ts';
import { isStoryOver } from '../view/story.ts';

/** Prints a line for every change until the deployment, and its rollback if there is one, has ended. */
export function printLines(
	store: Store,
	id: DeploymentId,
	say: (line: string) => void,
	signal: AbortSignal,
): Promise<void> {
	return new Promise(resolve => {
		let printed: AppState | undefined;
		const print = () => {
			const state = store.getSnapshot();
			for (const line of changeLines(printed, state, id)) say(line);
			printed = state;
			if (isStoryOver(state, id)) stop();
		};
		const stop = () => {
			unsubscribe();
			signal.removeEventListener('abort', stop);
			resolve();
		};
		const unsubscribe = store.subscribe(print);
		signal.addEventListener('abort', stop, { once: true });
		print();
	});
}
