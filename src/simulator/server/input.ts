import { ServiceError } from './service-error.ts';

/**
 * The members of a request, read with the type they must have. A member of another type is answered as AWS's
 * deserialisers do, with a SerializationException. A member that is null counts as absent.
 */
export type Input = {
	string(name: string): string | undefined;
	boolean(name: string): boolean | undefined;
	number(name: string): number | undefined;
	/** A list of strings. */
	strings(name: string): readonly string[] | undefined;
	/** A structure or a map. */
	structure(name: string): Input | undefined;
	/** A list of structures. */
	structures(name: string): readonly Input[] | undefined;
	/** A list of lists of structures. */
	lists(name: string): readonly (readonly Input[])[] | undefined;
	/** A point in time, sent as epoch seconds; the answer is epoch milliseconds. */
	timestamp(name: string): number | undefined;
	/** Names of the members that are present. */
	readonly names: readonly string[];
	readonly raw: Readonly<Record<string, unknown>>;
};

export function createInput(raw: Readonly<Record<string, unknown>>): Input {
	function read<T>(name: string, isRight: (value: unknown) => value is T): T | undefined {
		const value = raw[name] ?? undefined;
		if (value === undefined || isRight(value)) return value;
		throw new ServiceError('SerializationException', `Unexpected type of the member ${name}`);
	}
	const number = (name: string) => read(name, value => typeof value === 'number');
	return {
		raw,
		names: Object.keys(raw).filter(name => (raw[name] ?? undefined) !== undefined),
		string: name => read(name, value => typeof value === 'string'),
		boolean: name => read(name, value => typeof value === 'boolean'),
		number,
		strings: name => read(name, isListOf(isString)),
		structure(name) {
			const value = read(name, isStructure);
			return value && createInput(value);
		},
		structures: name => read(name, isListOf(isStructure))?.map(createInput),
		lists: name => read(name, isListOf(isListOf(isStructure)))?.map(list => list.map(createInput)),
		timestamp(name) {
			const seconds = number(name);
			return seconds === undefined ? undefined : seconds * 1000;
		},
	};
}

export function isStructure(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isString(value: unknown): value is string {
	return typeof value === 'string';
}

function isListOf<T>(isRight: (value: unknown) => value is T): (value: unknown) => value is readonly T[] {
	return (value): value is readonly T[] => Array.isArray(value) && value.every(isRight);
}
