import type { MetadataBearer, Pluggable } from '@smithy/types';
import type { Clock } from '../../lib/clock.ts';
import { finite } from './fields.ts';
import { member } from './reply.ts';

/**
 * How far AWS's clock is ahead of this machine's, as a connection has found it. What is less than a minute is none, and what
 * was found is kept until it is wrong by more: equal answers stay equal.
 */
export type ClockSkew = {
	/** Milliseconds, whole seconds of them; less than 0 while AWS's clock is behind. */
	ms(): number;
	/** Takes the time from the answer to what was sent at `sentAt`. */
	measure(response: unknown, sentAt: number): void;
};

const toleranceMs = 60_000;

export function createClockSkew(clock: Clock): ClockSkew {
	let skewMs = 0;
	return {
		ms: () => skewMs,
		measure(response, sentAt) {
			const writtenAt = dateOf(member(response, 'headers'));
			const now = clock.now();
			// A machine that slept meanwhile, or whose clock was set, would take the answer for an old one.
			if (writtenAt === undefined || Math.abs(now - sentAt) > toleranceMs) return;
			// HTTP leaves out the parts of a second.
			const foundMs = Math.ceil((writtenAt - now) / 1000) * 1000;
			if (Math.abs(foundMs - skewMs) <= toleranceMs) return;
			skewMs = Math.abs(foundMs) <= toleranceMs ? 0 : foundMs;
		},
	};
}

const httpDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const requestIds = ['x-amzn-requestid', 'x-amz-request-id'];

/** When AWS wrote an answer. Undefined for what somebody else on the way has said, or kept. */
function dateOf(headers: unknown): number | undefined {
	const isFromAws = requestIds.some(name => member(headers, name) !== undefined);
	if (!isFromAws || member(headers, 'age') !== undefined) return undefined;
	const date = String(member(headers, 'date'));
	// JavaScript makes a date of almost anything.
	return httpDate.test(date) ? finite(Date.parse(date)) : undefined;
}

/**
 * Lets everything behind the gateway keep this machine's time: what is asked is moved into AWS's, what is answered back.
 * `numbers` are the names of times that are epoch milliseconds.
 */
export function translateTimes<Input extends object, Output extends MetadataBearer>(
	skew: ClockSkew,
	numbers: ReadonlySet<string>,
): Pluggable<Input, Output> {
	return {
		applyToStack(stack) {
			stack.add(
				next => async args => {
					// A command belongs to the one call that it is made for.
					moveTimes(args.input, skew.ms(), numbers);
					const result = await next(args);
					moveTimes(result.output, -skew.ms(), numbers);
					return result;
				},
				{ name: 'rollcallTimes', step: 'initialize', priority: 'high' },
			);
		},
	};
}

function moveTimes(value: unknown, ms: number, numbers: ReadonlySet<string>): void {
	if (ms === 0 || !isPlain(value)) return;
	for (const [name, each] of Object.entries(value)) {
		if (each instanceof Date) Reflect.set(value, name, new Date(each.getTime() + ms));
		else if (typeof each === 'number' && numbers.has(name)) Reflect.set(value, name, each + ms);
		else moveTimes(each, ms, numbers);
	}
}

/** A list or a structure of the SDK's; the body of an object is neither. */
function isPlain(value: unknown): value is object {
	if (typeof value !== 'object' || value === null) return false;
	const prototype: unknown = Object.getPrototypeOf(value);
	return prototype === Object.prototype || prototype === Array.prototype || prototype === null;
}
