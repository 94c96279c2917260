import type { ServiceName } from './call-gate.ts';
import type { FailureKind } from './failure.ts';

/**
 * One attempt of one call, without anything that was said in it: no headers, no bodies, no URLs, nobody's credentials. `code`
 * and `requestId` are AWS's words.
 */
export type CallRecord = {
	/** When it was admitted, epoch milliseconds. */
	readonly at: number;
	readonly service: ServiceName;
	/** AWS's name of the operation. */
	readonly operation: string;
	/** From 1; 0 for a call that failed before anything could be sent. */
	readonly attempt: number;
	/** How long it had to wait for its turn. */
	readonly waitedMs: number;
	/** From its admission to the end of the answer. */
	readonly ms: number;
	/** `abandoned`: nobody wanted the answer any more. */
	readonly outcome: 'ok' | 'abandoned' | FailureKind;
	readonly code?: string;
	/** Of HTTP. */
	readonly status?: number;
	readonly requestId?: string;
	/** The bodies', where their length was told. */
	readonly sentBytes?: number;
	readonly receivedBytes?: number;
};

/** Is told of every attempt when it has ended. Never throws. */
export type CallLog = (record: CallRecord) => void;
