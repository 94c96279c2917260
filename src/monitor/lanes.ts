/** Work that is taken piece by piece, several pieces at a time: what comes next is decided when a lane is free. */
export type Lanes = {
	/** There may be more to take. */
	wake(): void;
	/** Resolves when nothing is being worked on; rejects with what a piece of work threw. */
	drained(): Promise<void>;
};

export function createLanes<T>(
	width: () => number,
	take: () => T | undefined,
	work: (piece: T) => Promise<void>,
): Lanes {
	const running = new Set<Promise<void>>();
	let broken: { readonly error: unknown } | undefined;

	const lane = async (first: T): Promise<void> => {
		try {
			for (let piece: T | undefined = first; piece !== undefined && !broken; piece = take())
				await work(piece);
		} catch (error) {
			broken ??= { error };
		}
	};
	return {
		wake() {
			while (running.size < width() && !broken) {
				const piece = take();
				if (piece === undefined) return;
				const started = lane(piece).finally(() => running.delete(started));
				running.add(started);
			}
		},
		async drained() {
			while (running.size > 0) await Promise.all(running);
			if (broken) throw broken.error;
		},
	};
}
