import { createHash } from 'node:crypto';
import { ServiceError } from '../server/service-error.ts';

export type PageRequest<T> = {
	/** Everything there is, in its lasting order. */
	readonly all: readonly T[];
	readonly keyOf: (item: T) => string;
	/** What this list asks for. It may be true for other items by the time the next page is asked for. */
	readonly matches?: (item: T) => boolean;
	readonly pageSize: number;
	/** What the list is of: a token does not fit another list. */
	readonly scope: string;
	readonly token: string | undefined;
};

export type PageOf<T> = { readonly items: readonly T[]; readonly nextToken: string | undefined };

/**
 * One page of a list. The token is opaque and names the item the page ended with, so that items which come or go
 * meanwhile neither repeat nor hide others. Throws InvalidNextTokenException for a token of another list.
 */
export function pageOf<T>(request: PageRequest<T>): PageOf<T> {
	const { all, keyOf, matches = () => true, pageSize, scope } = request;
	const items: T[] = [];
	for (let at = firstIndex(request); at < all.length; at++) {
		const item = all[at];
		if (item === undefined || !matches(item)) continue;
		const last = items.at(-1);
		if (items.length === pageSize && last !== undefined) {
			return { items, nextToken: writeToken(scope, keyOf(last)) };
		}
		items.push(item);
	}
	return { items, nextToken: undefined };
}

function firstIndex<T>({ all, keyOf, scope, token }: PageRequest<T>): number {
	if (token === undefined) return 0;
	const key = readToken(scope, token);
	const index = key === undefined ? -1 : all.findIndex(item => keyOf(item) === key);
	if (index < 0)
		throw new ServiceError('InvalidNextTokenException', 'The next token was specified in an invalid format.');
	return index + 1;
}

function writeToken(scope: string, key: string): string {
	return Buffer.from(`${seal(scope, key)}${key}`).toString('base64url');
}

function readToken(scope: string, token: string): string | undefined {
	const text = Buffer.from(token, 'base64url').toString();
	const key = text.slice(sealLength);
	return text.slice(0, sealLength) === seal(scope, key) ? key : undefined;
}

const sealLength = 16;

function seal(scope: string, key: string): string {
	return createHash('sha256').update(`${scope}\0${key}`).digest('hex').slice(0, sealLength);
}
