import type { Input } from './input.ts';
import { ServiceError } from './service-error.ts';

/** A number in a Query request, where everything is text. */
export function queryNumber(input: Input, name: string): number | undefined {
	const text = input.string(name);
	if (text === undefined) return undefined;
	if (!/^-?\d+$/.test(text))
		throw new ServiceError('MalformedQueryString', `${name} is not a number: ${text}`);
	return Number(text);
}
