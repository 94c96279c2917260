import { describe, expect, test } from 'vitest';
import { chunk, type Page, pages, RepeatedTokenError } from '../../src/lib/pages.ts';

/** A service that answers from a table of token to page, and remembers what it was asked. */
function createService(table: Readonly<Record<string, Page<number>>>) {
	const asked: (string | undefined)[] = [];
	const fetchPage = async (token: string | undefined) => {
		asked.push(token);
		const page = table[token ?? 'start'];
		if (page === undefined) throw new Error(`no page ${token}`);
		return page;
	};
	return { asked, fetchPage };
}

async function collect(fetchPage: (token: string | undefined) => Promise<Page<number>>) {
	const items: number[][] = [];
	let failure: unknown;
	try {
		for await (const page of pages(fetchPage)) items.push([...page]);
	} catch (error) {
		failure = error;
	}
	return { items, failure };
}

describe('pages', () => {
	test('are walked until there is no token, empty ones too', async () => {
		const { asked, fetchPage } = createService({
			start: { items: [1, 2], nextToken: 'a' },
			a: { items: [], nextToken: 'b' },
			b: { items: [3], nextToken: undefined },
		});
		expect(await collect(fetchPage)).toEqual({ items: [[1, 2], [], [3]], failure: undefined });
		expect(asked).toEqual([undefined, 'a', 'b']);
	});

	test('one page is enough', async () => {
		expect(await collect(async () => ({ items: [1] }))).toEqual({ items: [[1]], failure: undefined });
	});

	test.each<[string, Readonly<Record<string, Page<number>>>, number[][]]>([
		['at once', { start: { items: [1], nextToken: 'a' }, a: { items: [2], nextToken: 'a' } }, [[1], [2]]],
		[
			'far apart',
			{
				start: { items: [1], nextToken: 'a' },
				a: { items: [2], nextToken: 'b' },
				b: { items: [3], nextToken: 'c' },
				c: { items: [4], nextToken: 'a' },
			},
			[[1], [2], [3], [4]],
		],
	])('a token that is repeated %s ends the walk, with the items so far', async (_when, table, items) => {
		const { asked, fetchPage } = createService(table);
		const walk = await collect(fetchPage);
		expect(walk.items).toEqual(items);
		expect(walk.failure).toBeInstanceOf(RepeatedTokenError);
		expect(asked.length).toBe(items.length);
	});

	test('a failure reaches the reader', async () => {
		const { fetchPage } = createService({ start: { items: [1], nextToken: 'gone' } });
		expect(await collect(fetchPage)).toEqual({ items: [[1]], failure: new Error('no page gone') });
	});

	test('a reader who has seen enough asks for no more', async () => {
		const { asked, fetchPage } = createService({ start: { items: [1], nextToken: 'a' } });
		for await (const _page of pages(fetchPage)) break;
		expect(asked).toEqual([undefined]);
	});
});

describe('runs', () => {
	test.each<[number[], number, number[][]]>([
		[[], 2, []],
		[[1, 2], 2, [[1, 2]]],
		[[1, 2, 3], 2, [[1, 2], [3]]],
		[[1, 2, 3], 1, [[1], [2], [3]]],
		[[1, 2], 25, [[1, 2]]],
	])('%j by %i', (items, size, runs) => {
		expect(chunk(items, size)).toEqual(runs);
	});

	test.each([0, -1, Number.NaN])('of %d are refused rather than cut for ever', size => {
		expect(() => chunk([1], size)).toThrow(RangeError);
	});
});
