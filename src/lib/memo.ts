/** Remembers the last call only: the same arguments (by `Object.is`) return the same reference. */
export function memoOne<A extends readonly unknown[], R>(compute: (...args: A) => R): (...args: A) => R {
	let last: { readonly args: A; readonly result: R } | undefined;
	return (...args) => {
		const known = last;
		if (known?.args.every((arg, index) => Object.is(arg, args[index]))) return known.result;
		last = { args, result: compute(...args) };
		return last.result;
	};
}
