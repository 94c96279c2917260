import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VersionedMap } from '../../src/lib/versioned-map.ts';

const entriesOf = <K, V>(map: ReadonlyMap<K, V>) => [...map];
const empty = VersionedMap.of(new Map<string, number>());

const changes = fc.array(
	fc.record({
		/** Which of the versions so far is followed: usually the last, sometimes one that has been followed already. */
		after: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
		entries: fc.array(fc.tuple(fc.constantFrom(...'abcdefgh'), fc.nat(9)), { maxLength: 5 }),
	}),
	{ maxLength: 12 },
);

test('every version is the map that it would have been by itself', () => {
	fc.assert(
		fc.property(changes, all => {
			const versions = [{ map: empty, model: new Map<string, number>() }];
			for (const { after, entries } of all) {
				const { map, model } = versions.at(-1 - (after % versions.length)) ?? {
					map: empty,
					model: new Map(),
				};
				versions.push({ map: map.with(entries), model: new Map([...model, ...entries]) });
			}
			for (const { map, model } of versions) {
				expect(entriesOf(map)).toEqual(entriesOf(model));
				expect([map.size, [...map.keys()], [...map.values()]]).toEqual([
					model.size,
					[...model.keys()],
					[...model.values()],
				]);
				for (const key of 'abcdefgh')
					expect([map.get(key), map.has(key)]).toEqual([model.get(key), model.has(key)]);
			}
		}),
	);
});

test('takes over what another map has, and itself as it is', () => {
	const map = VersionedMap.of(new Map([['a', 1]]));
	expect(entriesOf(map)).toEqual([['a', 1]]);
	expect(VersionedMap.of(map)).toBe(map);
});

test('can be walked through as a map can', () => {
	const seen: unknown[] = [];
	const map = empty.with([['a', 1]]);
	map.forEach((value, key, whole) => {
		seen.push(value, key, whole);
	});
	expect(seen).toEqual([1, 'a', map]);
});
