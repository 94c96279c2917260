/** Closes a `switch` over a union: a case that is forgotten is a type error here. */
export function unreachable(value: never): never {
	throw new Error(`unexpected value: ${JSON.stringify(value)}`);
}
