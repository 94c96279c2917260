/**
 * Readers for single fields of an answer. The SDK's types say what AWS documents; what arrives may be anything. A value
 * of the wrong shape reads as absent: nothing here throws, and nothing is made up.
 */
import { sanitizeLine, sanitizeText } from '../../lib/sanitize.ts';

/** One line of safe text; undefined for anything but text, and for an empty one. */
export function line(value: unknown): string | undefined {
	if (typeof value !== 'string' || value === '') return undefined;
	return sanitizeLine(value) || undefined;
}

/** Safe text of several lines; undefined for anything but text, and for an empty one. */
export function text(value: unknown): string | undefined {
	if (typeof value !== 'string' || value === '') return undefined;
	return sanitizeText(value) || undefined;
}

/**
 * An identifier exactly as AWS sent it, since it will be sent back. One that sanitising would change is no identifier
 * of AWS: it is refused rather than shown or altered.
 */
export function identifier(value: unknown): string | undefined {
	return typeof value === 'string' && value !== '' && sanitizeLine(value) === value ? value : undefined;
}

/**
 * A word of an enumeration, exactly as AWS sent it, known here or not. One that sanitising would change might turn into
 * another that is known: it reads as absent.
 */
export const word = identifier;

/** A name of a thing that exists under it, even when nothing of it can be shown. */
export function shownName(value: unknown): string | undefined {
	return line(value) ?? (typeof value === 'string' && value !== '' ? '(invisible name)' : undefined);
}

const decimal = /^-?\d+(\.\d+)?$/;

/** A finite number, also when it was written as text. */
export function finite(value: unknown): number | undefined {
	const number = typeof value === 'string' && decimal.test(value) ? Number(value) : value;
	return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A number of things: whole and never negative. */
export function count(value: unknown): number | undefined {
	const number = finite(value);
	return number !== undefined && number >= 0 ? Math.floor(number) : undefined;
}

/** Epoch milliseconds of a valid date. */
export function time(value: unknown): number | undefined {
	return value instanceof Date ? finite(value.getTime()) : undefined;
}

/** A boolean that is there. */
export function flag(value: unknown): boolean | undefined {
	return typeof value === 'boolean' ? value : undefined;
}

/** The elements of a list that are there; nothing for anything but a list. */
export function list<T>(value: readonly T[] | null | undefined): readonly NonNullable<T>[] {
	if (!Array.isArray(value)) return [];
	return value.filter((item): item is NonNullable<T> => item !== null && item !== undefined);
}

/** The safe lines among a list's elements. */
export function lines(value: readonly unknown[] | null | undefined): readonly string[] {
	return list(value).flatMap(item => line(item) ?? []);
}

type Present<Fields> = {
	[Key in keyof Fields as undefined extends Fields[Key] ? never : Key]: Fields[Key];
} & {
	[Key in keyof Fields as undefined extends Fields[Key] ? Key : never]?: Exclude<Fields[Key], undefined>;
};

/** Leaves out the fields that are undefined: an absent field is absent, not there with no value. */
export function present<Fields extends object>(fields: Fields): Present<Fields> {
	for (const value of Object.values(fields)) {
		if (value === undefined) return withoutUndefined(fields);
	}
	return fields as Present<Fields>;
}

function withoutUndefined<Fields extends object>(fields: Fields): Present<Fields> {
	return Object.fromEntries(
		Object.entries(fields).filter(([, value]) => value !== undefined),
	) as Present<Fields>;
}

/** The token of the next page; an empty one says, as none does, that there is no other page. */
export const pageToken = (value: unknown): string | undefined =>
	typeof value === 'string' ? value || undefined : undefined;
