import { nearest } from '../../lib/nearest.ts';
import { sanitizeLine } from '../../lib/sanitize.ts';
import { listed, meant } from '../../lib/sentence.ts';
import { truncateEnd } from '../../lib/width.ts';
import { type Field, type Reading, refuse, scalar, type ValueOf } from './field.ts';
import type { Entry } from './located.ts';

/** Text of one line in which nothing is invisible, and that matches `pattern`. */
export const text = (expected: string, pattern = /\S/): Field<string> =>
	scalar({ type: 'string', pattern: pattern.source }, expected, value =>
		typeof value === 'string' && pattern.test(value) && sanitizeLine(value) === value ? value : undefined,
	);

/** A number of `unit`, both bounds allowed. */
export const numberFrom = (unit: string, minimum: number, maximum: number): Field<number> =>
	scalar({ type: 'number', minimum, maximum }, `${unit} from ${minimum} to ${maximum}`, value =>
		typeof value === 'number' && value >= minimum && value <= maximum ? value : undefined,
	);

export const wholeNumberFrom = (unit: string, minimum: number, maximum: number): Field<number> =>
	scalar(
		{ type: 'integer', minimum, maximum },
		`a whole number of ${unit} from ${minimum} to ${maximum}`,
		value =>
			Number.isInteger(value) && Number(value) >= minimum && Number(value) <= maximum
				? Number(value)
				: undefined,
	);

/** One of some words; a misspelt one is told the nearest. */
export function oneOf<const Word extends string>(words: readonly Word[]): Field<Word> {
	const known = `expected ${listed(words)}`;
	return {
		schema: { enum: words },
		read(value, path, reading) {
			const word = value.kind === 'scalar' ? words.find(each => each === value.value) : undefined;
			if (word !== undefined) return word;
			const guess = value.kind === 'scalar' ? nearest(String(value.value), words) : undefined;
			return refuse(value, path, reading, known.replace(/^expected /, '') + meant(guess));
		},
	};
}

/** A list of at most `most` values; each that is wrong is told, and the list is none then. */
export function listOf<T>(item: Field<T>, what: string, most = 100): Field<readonly T[]> {
	return {
		schema: { type: 'array', items: item.schema, maxItems: most },
		read(value, path, reading) {
			if (value.kind !== 'list') return refuse(value, path, reading, `a list of ${what}`);
			if (value.items.length > most) {
				return refuse(value, path, reading, `at most ${most} ${what}, not ${value.items.length}`);
			}
			const items = value.items.map((each, index) => readAt(item, each, `${path}[${index}]`, reading));
			return items.every(each => each !== undefined) ? items : undefined;
		},
	};
}

/** One value alone, or a list of them. */
export function oneOrMore<T>(item: Field<T>, what: string): Field<readonly T[]> {
	const list = listOf(item, what);
	return {
		schema: { anyOf: [item.schema, list.schema] },
		read(value, path, reading) {
			if (value.kind === 'list') return list.read(value, path, reading);
			const only = item.read(value, path, reading);
			return only === undefined ? undefined : [only];
		},
	};
}

type Fields = Readonly<Record<string, Field<unknown>>>;
type Values<Shape extends Fields> = { readonly [Name in keyof Shape]?: ValueOf<Shape[Name]> };

/** A mapping with some of these names. One that is not known is told, with the name that was probably meant. */
export function mapping<Shape extends Fields>(
	shape: Shape,
	required: readonly (keyof Shape & string)[] = [],
): Field<Values<Shape>> {
	const names = Object.keys(shape);
	const properties = Object.fromEntries(names.map(name => [name, shape[name]?.schema]));
	return {
		schema: {
			type: 'object',
			properties,
			additionalProperties: false,
			...(required.length > 0 && { required }),
		},
		read(value, path, reading) {
			if (value.kind !== 'map') return refuse(value, path, reading, `a mapping with ${listed(names)}`);
			const missing = required.filter(name => value.entries.every(({ key }) => key !== name));
			for (const name of missing) {
				reading.problems.push({ at: value.at, text: `${path} has no ${name}: expected one` });
			}
			const values = value.entries.flatMap(entry => {
				const field = Object.hasOwn(shape, entry.key) ? shape[entry.key] : undefined;
				if (!field) return unknownName(entry, path, names, reading);
				const read = readAt(field, entry.value, pathOf(path, entry.key), reading, entry.at);
				return read === undefined ? [] : [[entry.key, read] as const];
			});
			// What each name holds has been read by the field of that name.
			return missing.length > 0 ? undefined : (Object.fromEntries(values) as Values<Shape>);
		},
	};
}

/** Reads a part and notes where it stands: at its name, if it has one. */
function readAt<T>(
	field: Field<T>,
	value: Entry['value'],
	path: string,
	reading: Reading,
	at = value.at,
): T | undefined {
	reading.places.set(path, at);
	return field.read(value, path, reading);
}

function unknownName(
	{ key, at }: Entry,
	path: string,
	names: readonly string[],
	reading: Reading,
): readonly [] {
	const shownKey = truncateEnd(sanitizeLine(key), 40);
	const text = `there is no setting “${pathOf(path, shownKey)}”: expected ${listed(names)}${meant(nearest(key, names))}`;
	reading.problems.push({ at, text });
	return [];
}

export const pathOf = (parent: string, name: string): string => (parent === '' ? name : `${parent}.${name}`);
