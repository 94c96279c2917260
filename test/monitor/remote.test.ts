import { expect, test } from 'vitest';
import { failed, type Remote, received, unasked } from '../../src/monitor/remote.ts';
import { failure, noon } from './support/snapshots.ts';

const { details } = failure('network');

test('an answer is kept with the time it arrived', () => {
	expect(received(unasked, { a: 1 }, noon)).toEqual({ data: { a: 1 }, dataAt: noon, failures: 0 });
});

test('the last good answer survives failures, with its age', () => {
	const first = received(unasked, 'good', noon);
	const second = failed(first, details, noon + 1000, noon + 3000);
	const third = failed(second, details, noon + 3000);
	expect(second).toEqual({
		data: 'good',
		dataAt: noon,
		failure: details,
		failedAt: noon + 1000,
		failures: 1,
		retryAt: noon + 3000,
	});
	expect(third).toMatchObject({ data: 'good', dataAt: noon, failures: 2 });
	expect(third).not.toHaveProperty('retryAt');
});

test('a failure before any answer leaves no data behind', () => {
	expect(failed(unasked, details, noon)).not.toHaveProperty('data');
});

test('a good answer heals', () => {
	const healed = received(failed(unasked, details, noon, noon + 1), 'good', noon + 2);
	expect(healed).toEqual({ data: 'good', dataAt: noon + 2, failures: 0 });
});

test('an equal answer keeps the reference, and its age is new', () => {
	const before: Remote<{ tags: string[] }> = received(unasked, { tags: ['x'] }, noon);
	const after = received(before, { tags: ['x'] }, noon + 1000);
	expect(after.data).toBe(before.data);
	expect(after.dataAt).toBe(noon + 1000);
	expect(received(before, { tags: ['y'] }, noon + 1000).data).not.toBe(before.data);
});
