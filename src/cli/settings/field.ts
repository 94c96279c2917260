import { sanitizeLine } from '../../lib/sanitize.ts';
import { truncateEnd } from '../../lib/width.ts';
import type { Located, Place, Problem } from './located.ts';

/** JSON Schema, as far as it is used for the settings. */
export type Schema = { readonly [keyword: string]: unknown };

/** What is found while a file is read. */
export type Reading = {
	readonly problems: Problem[];
	/** Where each setting stands, by its path (`budget.burst`). */
	readonly places: Map<string, Place>;
};

/**
 * One kind of value in the file: how it is read, and the JSON Schema that says the same. `read` notes what is wrong
 * and returns undefined then.
 */
export type Field<T> = {
	readonly schema: Schema;
	read(value: Located, path: string, reading: Reading): T | undefined;
};

export type ValueOf<F> = F extends Field<infer T> ? T : never;

/** The same field with a sentence for editors and for the reader of the schema. */
export const described = <T>(description: string, field: Field<T>): Field<T> => ({
	...field,
	schema: { description, ...field.schema },
});

/** Notes that a value is not what was expected. */
export function refuse(value: Located, path: string, reading: Reading, expected: string): undefined {
	const text = `${path === '' ? 'the file' : path} is ${shown(value)}: expected ${expected}`;
	reading.problems.push({ at: value.at, text });
	return undefined;
}

/** A value in a sentence. */
export function shown(value: Located): string {
	switch (value.kind) {
		case 'map':
			return 'a mapping';
		case 'list':
			return value.items.length === 0 ? 'an empty list' : 'a list';
		case 'scalar':
			if (value.value === null && value.written === '') return 'empty';
			if (value.value === '') return 'an empty text';
			return `“${truncateEnd(sanitizeLine(value.written === '' ? String(value.value) : value.written), 40)}”`;
	}
}

/** A field of scalars that `accept` turns into a value, or refuses with undefined. */
export const scalar = <T>(
	schema: Schema,
	expected: string,
	accept: (value: string | number | boolean | null) => T | undefined,
): Field<T> => ({
	schema,
	read(value, path, reading) {
		const accepted = value.kind === 'scalar' ? accept(value.value) : undefined;
		if (accepted !== undefined) return accepted;
		return refuse(value, path, reading, expected + quotesHint(schema, value));
	},
});

/** YAML has read something else than text where text was meant, or text where something else was. */
function quotesHint({ type }: Schema, value: Located): string {
	if (value.kind !== 'scalar' || value.written === '') return '';
	if (type === 'string' && typeof value.value !== 'string') {
		return `, in quotes: "${truncateEnd(sanitizeLine(value.written), 40)}"`;
	}
	const isQuoted = /^(true|false|[\d.]+)$/.test(value.written) && typeof value.value === 'string';
	return isQuoted ? ', without quotes' : '';
}

export const flag: Field<boolean> = scalar({ type: 'boolean' }, 'true or false', value =>
	typeof value === 'boolean' ? value : undefined,
);
