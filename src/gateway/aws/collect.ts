import { type Page, pages, RepeatedTokenError } from '../../lib/pages.ts';
import { classify } from './classify.ts';

/** All items of a token-paged list, but not more than `limit` pages of it. */
export async function collect<T>(
	operation: string,
	limit: number,
	fetchPage: (token: string | undefined) => Promise<Page<T>>,
): Promise<readonly T[]> {
	const items: T[] = [];
	let fetched = 0;
	try {
		for await (const page of pages(fetchPage)) {
			for (const item of page) items.push(item);
			fetched += 1;
			if (fetched === limit) break;
		}
	} catch (error) {
		throw error instanceof RepeatedTokenError ? classify(error, operation) : error;
	}
	return items;
}
