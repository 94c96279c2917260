/** Remembers the last call only: the same arguments (by `Object.is`) return the same reference. */
export function memoOne<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
	let last: { readonly args: A; readonly result: R } | undefined;
	return (...args) => {
		const known = last;
		if (known !== undefined && isSame(known.args, args)) return known.result;
		last = { args, result: compute(...args) };
		return last.result;
	};
}

/** Remembers what each object gave for as long as the object lives: for things of which several are looked at in turn. */
export function memoEach<K extends object, R>(compute: (key: K) => R): (key: K) => R {
	const known = new WeakMap<K, { readonly result: R }>();
	return key => {
		const found = known.get(key) ?? { result: compute(key) };
		known.set(key, found);
		return found.result;
	};
}

/**
 * Remembers what each of the texts gave that came lately: at least the last `size` different ones, at most twice as many.
 * For what is worked out again and again of the rows of a screen.
 */
export function memoRecent<R>(size: number, compute: (text: string) => R): (text: string) => R {
	type Known = Map<string, { readonly result: R }>;
	let recent: Known = new Map();
	let older: Known = new Map();
	return text => {
		const known = recent.get(text);
		if (known !== undefined) return known.result;
		const found = older.get(text) ?? { result: compute(text) };
		if (recent.size >= size) {
			older = recent;
			recent = new Map();
		}
		recent.set(text, found);
		return found.result;
	};
}

/** Hands on the value before as long as the new one is the same by `isEqual`: what depends on it is not worked out anew. */
export function keepSame<T>(isEqual: (before: T, now: T) => boolean): (now: T) => T {
	let kept: { readonly value: T } | undefined;
	return now => {
		if (kept === undefined || !isEqual(kept.value, now)) kept = { value: now };
		return kept.value;
	};
}

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
	return before.length === now.length && before.every((arg, index) => Object.is(arg, now[index]));
}
