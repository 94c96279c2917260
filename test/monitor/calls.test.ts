import { describe, expect, test } from 'vitest';
import { asFailure, createCalls } from '../../src/monitor/calls.ts';
import { failure } from './support/snapshots.ts';
import { settle } from './support/stage.ts';

const never = (): Promise<never> => new Promise<never>(() => {});

describe('calls', () => {
	test('are known by name from before they start until they end', async () => {
		const calls = createCalls(1);
		const { signal } = new AbortController();
		const first = Promise.withResolvers<string>();
		const asked = calls.ask('GetDeployment', () => first.promise, signal);
		const next = calls.ask('GetDeploymentGroup', async () => 'group', signal);
		expect(calls.pending()).toEqual(['GetDeployment', 'GetDeploymentGroup']);
		first.resolve('deployment');
		expect(await asked).toBe('deployment');
		expect(await next).toBe('group');
		expect(calls.pending()).toEqual([]);
	});

	test('are at most so many at a time', async () => {
		const calls = createCalls(4);
		const leaving = new AbortController();
		let running = 0;
		const call = () => {
			running += 1;
			return never();
		};
		for (let index = 0; index < 10; index += 1) {
			calls.ask('GetDeployment', call, leaving.signal).catch(() => {});
		}
		await settle();
		expect(running).toBe(4);
		leaving.abort();
		await settle();
		expect(calls.pending()).toEqual([]);
		expect(running).toBe(4);
	});

	test('that do not listen are let go of when they are aborted', async () => {
		const calls = createCalls(1);
		const leaving = new AbortController();
		const deaf = calls.ask('GetDeployment', never, leaving.signal);
		leaving.abort(new Error('moved on'));
		await expect(deaf).rejects.toThrow('moved on');
		expect(await calls.ask('GetDeployment', async () => 'next', new AbortController().signal)).toBe('next');
	});

	test('that throw before they return a promise fail like others', async () => {
		const calls = createCalls(1);
		const broken = (): Promise<never> => {
			throw new TypeError('not a function');
		};
		await expect(calls.ask('GetDeployment', broken, new AbortController().signal)).rejects.toThrow(TypeError);
		expect(calls.pending()).toEqual([]);
	});
});

describe('AWS is reached', () => {
	test.each<[string, () => Promise<string>, boolean]>([
		['by an answer', async () => 'answer', true],
		['by a refusal', () => Promise.reject(failure('denied')), true],
		['not by a dead network', () => Promise.reject(failure('network')), false],
		['not without credentials', () => Promise.reject(failure('credentials')), false],
		['not by a defect', () => Promise.reject(new TypeError('x')), false],
	])('%s', async (_how, call, expected) => {
		const calls = createCalls(1);
		await calls.ask('GetDeployment', call, new AbortController().signal).catch(() => {});
		expect(calls.reachedAws()).toBe(expected);
	});
});

test.each([
	[failure('network'), failure('network').details],
	[
		new TypeError('x is\x1b[2J not\na function'),
		{ kind: 'service', operation: 'GetDeployment', code: 'TypeError', detail: 'x is not a function' },
	],
	['text', { kind: 'service', operation: 'GetDeployment', code: 'string', detail: 'text' }],
	[undefined, { kind: 'service', operation: 'GetDeployment', code: 'undefined', detail: 'undefined' }],
])('anything thrown is a failure that can be told: %s', (thrown, expected) => {
	expect(asFailure(thrown, 'GetDeployment')).toEqual(expected);
});
