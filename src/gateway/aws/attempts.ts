import type {
	DeserializeMiddleware,
	FinalizeRequestMiddleware,
	HttpRequest,
	MetadataBearer,
	Pluggable,
} from '@smithy/types';
import { untilAborted } from '../../lib/abort.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CallGate, ServiceName } from '../call-gate.ts';
import type { CallLog } from '../call-log.ts';
import type { FailureKind } from '../failure.ts';
import { type AttemptRecord, beginRecord } from './attempt-record.ts';
import { classify } from './classify.ts';
import type { ClockSkew } from './clock-skew.ts';
import { assertFromAws } from './proxy-error.ts';
import { member } from './reply.ts';

export type AttemptGuard = {
	readonly service: ServiceName;
	readonly operation: string;
	/** The caller's: aborts the waiting, the attempt under way and all that would follow. */
	readonly signal: AbortSignal;
	readonly clock: Clock;
	readonly gate: CallGate;
	readonly log: CallLog | undefined;
	readonly timeoutMs: number;
	readonly skew: ClockSkew;
	/** The client's own configuration. */
	readonly client: SendingConfig;
	/** Called when credentials are at hand and the first attempt asks for admission. */
	readonly onReady: () => void;
};

/** What sending uses of an SDK client's configuration. */
export type SendingConfig = {
	readonly requestHandler: RequestHandler;
	/** What the SDK adds to this machine's time when it signs. */
	systemClockOffset: number;
};

/** What is used of an SDK client's request handler. */
export type RequestHandler = {
	handle(
		request: HttpRequest,
		options: { readonly abortSignal: AbortSignal },
	): Promise<{ readonly response: unknown }>;
};

/**
 * Makes every attempt of one call, the SDK's own retries included, pass the gate, and gives each a deadline of its own
 * that starts after admission. It sits between retrying and signing, so that a signature is never older than its turn
 * in the queue.
 */
export function guardAttempts<Input extends object, Output extends MetadataBearer>(
	guard: AttemptGuard,
): Pluggable<Input, Output> {
	let current: AbortSignal = guard.signal;
	let attempts = 0;
	const attempt: FinalizeRequestMiddleware<Input, Output> = next => async args => {
		guard.onReady();
		const askedAt = guard.clock.now();
		await guard.gate.admit(guard.service, guard.operation, guard.signal);
		attempts += 1;
		// A question may be asked again if its time is refused; a change is sent once, and by a client of its own.
		guard.client.systemClockOffset = guard.skew.ms();
		return runAttempt(guard, beginRecord(guard, attempts, args.request, askedAt), signal => {
			current = signal;
			return next(args);
		});
	};
	// Innermost, in place of the SDK's own last step, which knows only one signal for the whole call.
	const transport: DeserializeMiddleware<Input, Output> = next => async args => {
		if (!isHttpRequest(args.request)) return next(args);
		const sentAt = guard.clock.now();
		const answer = await guard.client.requestHandler.handle(args.request, { abortSignal: current });
		assertFromAws(args.request, answer.response);
		guard.skew.measure(answer.response, sentAt);
		return answer;
	};
	return {
		applyToStack(stack) {
			stack.addRelativeTo(attempt, {
				name: 'rollcallAttempt',
				relation: 'before',
				toMiddleware: 'httpSigningMiddleware',
			});
			stack.add(transport, { name: 'rollcallTransport', step: 'deserialize', priority: 'low' });
		},
	};
}

async function runAttempt<T>(
	guard: AttemptGuard,
	record: AttemptRecord,
	send: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const { service, operation, gate, clock, signal, timeoutMs, skew } = guard;
	const skewMs = skew.ms();
	const attempt = new AbortController();
	const ended = new AbortController();
	const abort = () => attempt.abort(signal.reason);
	signal.addEventListener('abort', abort, { once: true });
	void clock.sleep(timeoutMs, ended.signal).then(() => {
		if (!ended.signal.aborted) attempt.abort(new AttemptTimeoutError(timeoutMs));
	});
	try {
		if (signal.aborted) abort();
		const answer = await untilAborted(send(attempt.signal), attempt.signal);
		gate.report(service, operation, 'ok');
		record.answered(answer);
		return answer;
	} catch (error) {
		const failure = classify(error, operation);
		if (skew.ms() === skewMs || !ofTheTime.has(failure.kind)) forgetCorrection(error);
		gate.report(service, operation, failure.kind === 'throttled' ? 'throttled' : 'failed');
		if (signal.aborted) record.abandoned();
		else record.failed(failure);
		throw error;
	} finally {
		signal.removeEventListener('abort', abort);
		ended.abort();
	}
}

/** The kinds of failure by which AWS refuses a signature with a wrong time. */
const ofTheTime: ReadonlySet<FailureKind> = new Set(['credentials', 'expired', 'denied']);

/**
 * While the clocks are apart the SDK takes every failure for one of the time, and would ask all again that was refused for
 * good: that is worth it only where the time has just been found out.
 */
function forgetCorrection(error: unknown): void {
	const metadata = member(error, '$metadata');
	if (typeof metadata === 'object' && metadata !== null) Reflect.set(metadata, 'clockSkewCorrected', false);
}

/** Named as the SDK's retry rules know it. */
class AttemptTimeoutError extends Error {
	override readonly name = 'TimeoutError';
	constructor(ms: number) {
		super(`no answer within ${ms / 1000} s`);
	}
}

function isHttpRequest(request: unknown): request is HttpRequest {
	return typeof request === 'object' && request !== null && 'hostname' in request && 'headers' in request;
}
