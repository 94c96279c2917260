import pLimit from 'p-limit';
import { type FailureDetails, GatewayFailure } from '../gateway/failure.ts';
import { untilAborted } from '../lib/abort.ts';
import { sanitizeLine } from '../lib/sanitize.ts';

/** All calls of the engine: at most so many at a time, each of them known by name while it lasts. */
export type Calls = {
	/** Rejects with the signal's reason as soon as that aborts, whether or not the call itself listens. */
	ask<T>(operation: string, call: (signal: AbortSignal) => Promise<T>, signal: AbortSignal): Promise<T>;
	/** Registers something that is going on; returns the way to end it. */
	begin(name: string): () => void;
	/** Names of what is going on, calls that wait for their turn too. */
	pending(): readonly string[];
	/** Whether AWS has answered at all, be it with a refusal. */
	reachedAws(): boolean;
};

export function createCalls(concurrency: number): Calls {
	const limit = pLimit(concurrency);
	const running = new Map<symbol, string>();
	let reached = false;

	const begin = (name: string) => {
		const key = Symbol(name);
		running.set(key, name);
		return () => void running.delete(key);
	};
	return {
		async ask(operation, call, signal) {
			const end = begin(operation);
			try {
				const answer = await limit(async () => {
					signal.throwIfAborted();
					return untilAborted(call(signal), signal);
				});
				reached = true;
				return answer;
			} catch (error) {
				if (!signal.aborted) reached ||= isAnswer(error);
				throw error;
			} finally {
				end();
			}
		},
		begin,
		pending: () => [...running.values()],
		reachedAws: () => reached,
	};
}

/** Credentials can fail before anything is sent. */
const unanswered: ReadonlySet<string> = new Set(['network', 'credentials', 'expired']);

const isAnswer = (error: unknown): boolean => error instanceof GatewayFailure && !unanswered.has(error.kind);

/** Anything thrown as a failure that can be told; what is not a gateway's own failure is a defect somewhere. */
export function asFailure(error: unknown, operation: string): FailureDetails {
	if (error instanceof GatewayFailure) return error.details;
	const code = error instanceof Error ? error.name : typeof error;
	const text = error instanceof Error ? error.message : String(error);
	return { kind: 'service', operation, code, detail: sanitizeLine(text) };
}
