/** One page of a list that is continued with an opaque token. */
export type Page<T> = { readonly items: readonly T[]; readonly nextToken?: string | undefined };

/** A service handed out a token it had handed out before: going on would never end. */
export class RepeatedTokenError extends Error {
	override readonly name = 'RepeatedTokenError';
	constructor() {
		super('the service repeated a page token');
	}
}

/**
 * Walks a token-paged list, yielding the items page by page.
 * Throws {@link RepeatedTokenError} when a token comes back a second time, however far apart.
 */
export async function* pages<T>(
	fetchPage: (token: string | undefined) => Promise<Page<T>>,
): AsyncGenerator<readonly T[], void> {
	const seen = new Set<string>();
	let token: string | undefined;
	do {
		const page = await fetchPage(token);
		yield page.items;
		token = page.nextToken;
		if (token !== undefined) {
			if (seen.has(token)) throw new RepeatedTokenError();
			seen.add(token);
		}
	} while (token !== undefined);
}

/** Cuts a list into runs of at most `size`. */
export function chunk<T>(items: readonly T[], size: number): T[][] {
	if (!(size >= 1)) throw new RangeError(`cannot cut a list into runs of ${size}`);
	const chunks: T[][] = [];
	for (let at = 0; at < items.length; at += size) chunks.push(items.slice(at, at + size));
	return chunks;
}
