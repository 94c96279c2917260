import fc from 'fast-check';
import { expect } from 'vitest';
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';

/** Answers that no decent service would give, and what may come out of them nevertheless. */

/** Text that would do harm on a terminal, or that no parser expects. */
const hostileText = fc.oneof(
	fc.constantFrom(
		'\u001b]52;c;ZXZpbA==\u0007',
		'\u001b[2J\u001b[H',
		'\u009b31m',
		'a\nb\r\nc',
		'\u202egnp.exe',
		'zero\u200bwidth',
		'\ud800',
		'',
	),
	fc.string({ unit: 'binary', maxLength: 20 }),
);

const junk = fc.oneof(
	hostileText,
	fc.constantFrom(null, undefined, Number.NaN, Infinity, -1, 1e21, true, new Date(Number.NaN), [], {}, [
		null,
	]),
	fc.integer(),
	fc.array(fc.anything({ maxDepth: 1 }), { maxLength: 3 }),
);

/** The same answer with a part here and there replaced by junk. */
export function mutated(answer: unknown): fc.Arbitrary<unknown> {
	const kept =
		Array.isArray(answer) && answer.length > 0
			? fc.tuple(...answer.map(mutated))
			: isRecord(answer)
				? fc.record(Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, mutated(value)])))
				: fc.constant(answer);
	return fc.oneof({ arbitrary: kept, weight: 8 }, { arbitrary: junk, weight: 1 });
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Fields whose text may have several lines. */
export const multiLine: ReadonlySet<string> = new Set([
	'logTail',
	'description',
	'statusMessages',
	'content',
	'text',
	'stdout',
	'stderr',
	'trustPolicy',
]);
/** Sent back to AWS as it came, never shown. */
const opaque = new Set(['query', 'nextToken', 'token']);

/** Every text safe, every number a number, nothing undefined. */
export function expectClean(value: unknown, field = ''): void {
	if (opaque.has(field)) return;
	if (typeof value === 'string') {
		expect(value).toBe((multiLine.has(field) ? sanitizeText : sanitizeLine)(value));
	} else if (typeof value === 'number') {
		expect(value).toSatisfy(Number.isFinite);
	} else if (Array.isArray(value)) {
		for (const item of value) expectClean(item, field);
	} else if (isRecord(value)) {
		for (const [name, item] of Object.entries(value)) expectClean(item, name);
	} else if (value !== undefined || field !== '') {
		expect(value).toBeTypeOf('boolean');
	}
}
