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

function isSame(before: readonly unknown[], now: readonly unknown[]): boolean {
	return before.length === now.length && before.every((arg, index) => Object.is(arg, now[index]));
}
