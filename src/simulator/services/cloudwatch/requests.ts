import type { Input } from '../../server/input.ts';
import { ServiceError } from '../../server/service-error.ts';
import { type PageOf, pageOf } from '../paging.ts';

/** What the operations of CloudWatch have in common. */

const maxRecords = 100;

export function validationError(message: string): ServiceError {
	return new ServiceError('ValidationError', message);
}

/** MaxRecords, 1 to 100; without it, as many as a page may hold. */
export function readPageSize(input: Input): number {
	const size = input.number('MaxRecords') ?? maxRecords;
	if (Number.isInteger(size) && size >= 1 && size <= maxRecords) return size;
	throw validationError(
		`Value '${size}' at 'maxRecords' failed to satisfy constraint: between 1 and ${maxRecords}`,
	);
}

/** A page of what is listed, continued by NextToken. */
export function recordsPage<T>(
	input: Input,
	operation: string,
	all: readonly T[],
	keyOf: (item: T) => string,
): PageOf<T> {
	try {
		return pageOf({
			all,
			keyOf,
			pageSize: readPageSize(input),
			scope: `${operation} ${JSON.stringify({ ...input.raw, NextToken: undefined })}`,
			token: input.string('NextToken'),
		});
	} catch (error) {
		// CloudWatch has its own name for a token that does not fit.
		if (error instanceof ServiceError && error.code === 'InvalidNextTokenException') {
			throw new ServiceError('InvalidNextToken', 'The next token specified is invalid.');
		}
		throw error;
	}
}
