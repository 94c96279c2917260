import { nearest } from '../../lib/nearest.ts';
import { sanitizeLine } from '../../lib/sanitize.ts';
import { meant } from '../../lib/sentence.ts';
import { truncateEnd } from '../../lib/width.ts';
import { noUserKeys } from '../../monitor/user-keys.ts';
import { allLayers, bindingsOf, type KeyOverrides, type Layer } from '../../view/keys/bindings.ts';
import { checkUserKeys, type KeyOverride } from '../../view/keys/check-user-keys.ts';
import type { Intent } from '../../view/keys/intent.ts';
import { keyExpected, keyFault, namedKeys } from '../../view/keys/known-keys.ts';
import { type Field, type Reading, refuse, shown } from './field.ts';
import { listOf, pathOf } from './fields.ts';
import type { Entry, LocatedMap } from './located.ts';

const intentsIn = (layer: Layer): readonly Intent[] =>
	bindingsOf(layer, noUserKeys).map(({ intent }) => intent);

/** Every intent that has a key somewhere. */
const allIntents: readonly Intent[] = [...new Set(allLayers.flatMap(intentsIn))].sort();

const key: Field<string> = {
	schema: {
		type: 'string',
		anyOf: [{ enum: namedKeys }, { pattern: '^[^\\p{C}\\p{Z}\\p{M}]$' }],
	},
	read(value, path, reading) {
		if (value.kind !== 'scalar' || typeof value.value !== 'string') {
			const quoted = value.kind === 'scalar' && value.value !== null ? `, in quotes: "${value.written}"` : '';
			return refuse(value, path, reading, keyExpected + quoted);
		}
		if (value.value === '') return refuse(value, path, reading, `${keyExpected}; a sign needs quotes`);
		const fault = keyFault(value.value);
		if (fault === undefined) return value.value;
		reading.problems.push({ at: value.at, text: `${path}: ${shown(value)} ${fault}${guessed(value.value)}` });
		return undefined;
	},
};

const guessed = (word: string): string =>
	[...word].length < 3 ? '' : meant(nearest(word.replace('+', '-'), namedKeys));

const keys: Field<readonly string[]> = {
	schema: { anyOf: [key.schema, listOf(key, 'keys', 10).schema] },
	read(value, path, reading) {
		if (value.kind === 'list') return listOf(key, 'keys', 10).read(value, path, reading);
		const only = key.read(value, path, reading);
		return only === undefined ? undefined : [only];
	},
};

/**
 * `keys`: an intent with its keys, for wherever there is that intent; or a screen with such a mapping, for there alone.
 * A name can be both, and what stands under it tells which.
 */
export const keysField: Field<KeyOverrides> = {
	schema: schemaOfKeys(),
	read(value, path, reading) {
		if (value.kind !== 'map') return refuse(value, path, reading, 'a mapping of what a key does to keys');
		const before = reading.problems.length;
		const overrides: { [layer: string]: { readonly [intent: string]: readonly string[] } } = {};
		const forAll = value.entries.filter(entry => entry.value.kind !== 'map');
		if (forAll.length > 0) overrides.all = readIntents(forAll, path, reading);
		for (const entry of value.entries) {
			if (entry.value.kind === 'map') readLayer(entry, entry.value, path, reading, overrides);
		}
		// All names in it have been looked up in the table of keys.
		const known = overrides as KeyOverrides;
		// What is no key yet cannot be in conflict with another.
		if (reading.problems.length === before) tellProblems(known, path, reading);
		return known;
	},
};

function readLayer(
	{ key: name, at }: Entry,
	map: LocatedMap,
	path: string,
	reading: Reading,
	overrides: { [layer: string]: { readonly [intent: string]: readonly string[] } },
): void {
	const layer = allLayers.find(each => each === name);
	if (layer === undefined) {
		const guess = meant(nearest(name, allLayers));
		reading.problems.push({
			at,
			text: `${path}: there is no screen “${brief(name)}”${expectedLayers}${guess}`,
		});
		return;
	}
	overrides[layer] = readIntents(map.entries, pathOf(path, layer), reading);
}

const expectedLayers = `: expected ${allLayers.join(', ')}`;

function readIntents(entries: readonly Entry[], path: string, reading: Reading) {
	const found = entries.flatMap(({ key: name, at, value }): readonly [Intent, readonly string[]][] => {
		const intent = allIntents.find(each => each === name);
		if (intent === undefined) {
			const guess = meant(nearest(name, allIntents));
			const text = `${path}: no key does “${brief(name)}”: expected a name that rollcall config keys lists${guess}`;
			reading.problems.push({ at, text });
			return [];
		}
		const place = pathOf(path, intent);
		reading.places.set(place, at);
		const read = keys.read(value, place, reading);
		return read === undefined ? [] : [[intent, read]];
	});
	return Object.fromEntries(found);
}

/** What is wrong with the keys as a whole, each with the lines that it comes from. */
function tellProblems(overrides: KeyOverrides, path: string, reading: Reading): void {
	for (const { override, text, other } of checkUserKeys(overrides)) {
		const found = [override, ...(other ? [other] : [])].flatMap(each => {
			const name = pathFor(path, each);
			const at = reading.places.get(name);
			return at ? [{ name, at }] : [];
		});
		const [last, before] = found.toSorted((a, b) => b.at.line - a.at.line);
		const pointer = before ? ` (${before.name} is on line ${before.at.line})` : '';
		if (last) reading.problems.push({ at: last.at, text: `${last.name}: ${text}${pointer}` });
	}
}

const pathFor = (path: string, { layer, intent }: KeyOverride): string =>
	pathOf(layer === 'all' ? path : pathOf(path, layer), intent);

const brief = (name: string): string => truncateEnd(sanitizeLine(name), 40);

function schemaOfKeys() {
	const ofLayer = (layer: Layer) => ({
		type: 'object',
		description: `only in: ${layer}`,
		properties: Object.fromEntries(intentsIn(layer).map(intent => [intent, { $ref: '#/$defs/keys' }])),
		additionalProperties: false,
	});
	const forAll = { $ref: '#/$defs/keys' };
	const names = [...new Set<string>([...allIntents, ...allLayers])].sort();
	const properties = names.map(name => {
		const intent = allIntents.some(each => each === name) ? [forAll] : [];
		const layer = allLayers.find(each => each === name);
		const options = [...intent, ...(layer === undefined ? [] : [ofLayer(layer)])];
		return [name, options.length === 1 ? options[0] : { anyOf: options }];
	});
	return { type: 'object', properties: Object.fromEntries(properties), additionalProperties: false };
}

/** What the schema of the keys refers to. */
export const keysDefinition = keys.schema;
