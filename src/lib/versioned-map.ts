/**
 * A map that is never changed but followed by another version of itself, cheaply: ten thousand entries, of which an answer
 * replaces twenty-five, are copied as one run of memory. Where each key stands is known once for all versions. In the order
 * of insertion, as a `Map` is; nothing is ever taken out.
 */
export class VersionedMap<K, V extends NonNullable<unknown>> implements ReadonlyMap<K, V> {
	/** Of this version and of those after it: what stands behind the end of `list` is theirs. */
	readonly #places: Map<K, number>;
	readonly #names: K[];
	readonly #list: readonly V[];

	private constructor(places: Map<K, number>, names: K[], list: readonly V[]) {
		this.#places = places;
		this.#names = names;
		this.#list = list;
	}

	/** `known` itself where it has versions already. */
	static of<K, V extends NonNullable<unknown>>(known: ReadonlyMap<K, V>): VersionedMap<K, V> {
		return known instanceof VersionedMap ? known : new VersionedMap<K, V>(new Map(), [], []).with(known);
	}

	/** The version in which `entries` have been set, one after the other. */
	with(entries: Iterable<readonly [K, V]>): VersionedMap<K, V> {
		const list = this.#list.slice();
		// Two versions that follow the same one do not know of each other's keys.
		const isLatest = this.#names.length === list.length;
		const names = isLatest ? this.#names : this.#names.slice(0, list.length);
		const places = isLatest ? this.#places : new Map(names.map((name, place) => [name, place]));
		for (const [key, value] of entries) {
			const place = places.get(key) ?? names.length;
			if (place === names.length) {
				names.push(key);
				places.set(key, place);
			}
			list[place] = value;
		}
		return new VersionedMap(places, names, list);
	}

	get size(): number {
		return this.#list.length;
	}

	get(key: K): V | undefined {
		const place = this.#places.get(key);
		return place === undefined ? undefined : this.#list[place];
	}

	has(key: K): boolean {
		const place = this.#places.get(key);
		return place !== undefined && place < this.#list.length;
	}

	forEach(visit: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
		for (const [key, value] of this) visit(value, key, this);
	}

	keys(): MapIterator<K> {
		const { length } = this.#list;
		return (this.#names.length === length ? this.#names : this.#names.slice(0, length)).values();
	}

	values(): MapIterator<V> {
		return this.#list.values();
	}

	*entries(): MapIterator<[K, V]> {
		let place = 0;
		for (const key of this.keys()) {
			const value = this.#list[place];
			if (value !== undefined) yield [key, value];
			place += 1;
		}
	}

	[Symbol.iterator](): MapIterator<[K, V]> {
		return this.entries();
	}
}
