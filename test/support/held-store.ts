/** A store whose readers can be kept from hearing of changes for a while: painting is what virtual time costs most. */
export type HeldStore<Store> = {
	readonly store: Store;
	hold(): void;
	/** Tells what has been missed, once. */
	release(): void;
};

type Heard = { subscribe(listener: () => void): () => void };

export function createHeldStore<Store extends Heard>(store: Store): HeldStore<Store> {
	const missed = new Set<() => void>();
	let held = false;
	return {
		store: {
			...store,
			subscribe(listener) {
				const unsubscribe = store.subscribe(() => {
					if (held) missed.add(listener);
					else listener();
				});
				return () => {
					missed.delete(listener);
					unsubscribe();
				};
			},
		},
		hold() {
			held = true;
		},
		release() {
			held = false;
			const listeners = [...missed];
			missed.clear();
			for (const listener of listeners) listener();
		},
	};
}
