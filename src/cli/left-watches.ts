import type { Clock } from '../lib/clock.ts';
import { type Message, rolloutOf } from '../monitor/state.ts';
import type { StartedWatch, Watch } from './start-watch.ts';

/** A watch that was opened from another scene. */
export type OpenedWatch = Watch & {
	/** Back to where it was opened from. The watch ends by itself, once the outcome of what was asked for there is known. */
	leave(): void;
};

export type Said = Pick<Message, 'tone' | 'text' | 'at'>;

/** Who goes on when a watch is left. Both are told with the name of the group before the text. */
export type LeftListener = {
	/** What had been said in it before. */
	before?(said: Said): void;
	/** What is said later, as the outcome of an action may be. */
	after(said: Said): void;
	/** What was still being sent has been accepted or refused. */
	settled?(): void;
};

/** The watches that were left and are on their way out. */
export type LeftWatches = {
	add(watch: StartedWatch, listener: LeftListener): void;
	/** Waits a little for the outcomes that are due. */
	awaitOutcomes(): Promise<void>;
	/** Waits for no more of them: resolves when all watches have ended. */
	end(): Promise<void>;
};

/** How long the outcome of an action in a watch that was left is waited for. */
const outcomePatienceMs = 5_000;

/** `signal`: aborted when the program is told to end. */
export function createLeftWatches(clock: Clock, signal: AbortSignal): LeftWatches {
	const leaving = new Map<StartedWatch, Promise<void>>();
	return {
		add(watch, listener) {
			const stopTelling = tellMessages(watch, listener);
			const over = watch.runner
				.settled()
				.then(() => listener.settled?.())
				.then(() => watch.end())
				.finally(() => {
					stopTelling();
					leaving.delete(watch);
				});
			leaving.set(watch, over);
		},
		async awaitOutcomes() {
			if (leaving.size === 0) return;
			await Promise.race([Promise.all(leaving.values()), clock.sleep(outcomePatienceMs, signal)]);
		},
		async end() {
			await Promise.all([...leaving].flatMap(([watch, over]) => [watch.end(), over]));
		},
	};
}

/** Returns the way to stop. */
function tellMessages({ store }: StartedWatch, { before, after }: LeftListener): () => void {
	const { deploymentId } = store.getState().scope;
	const { application, group } = rolloutOf(store.getState(), deploymentId).deployment.data ?? {};
	const name = application === undefined ? deploymentId : `${application} / ${group ?? '?'}`;
	const told = new Set<Message>();
	const tell = (listener: LeftListener['after'] | undefined): void => {
		for (const message of store.getState().messages) {
			if (told.has(message)) continue;
			told.add(message);
			const { tone, text, at } = message;
			listener?.({ tone, text: `${name}: ${text}`, at });
		}
	};
	tell(before);
	const stop = store.subscribe(() => tell(after));
	return () => {
		stop();
		// What has not been painted yet was still said.
		tell(after);
	};
}
