import type { WireRequest } from './service.ts';

/** One HTTP request that reached the simulator; a call that the SDK retries leaves several. */
export type CallRecord = {
	/** `CodeDeploy`, `CloudWatch`, `EC2`…, or `unknown`. */
	readonly service: string;
	readonly operation: string;
	/** Where it was asked; undefined when nobody knows its key. */
	readonly accountId?: string;
	readonly region?: string;
	/** When it arrived, epoch milliseconds. */
	readonly at: number;
	/** Which attempt of its call it is, from 1, as the SDK declares it. */
	readonly attempt: number;
	/** The same for all attempts of one call. */
	readonly invocationId: string;
	readonly input: Readonly<Record<string, unknown>>;
	/** HTTP status of the answer; undefined while there is none, and for ever if the connection was dropped. */
	readonly status: number | undefined;
	readonly errorCode?: string;
};

export type CallLog = {
	readonly calls: readonly CallRecord[];
	/** Notes an arrival; the answer is told how the request was answered. */
	open(arrival: Omit<CallRecord, 'status' | 'errorCode'>): CallEntry;
};

export type CallEntry = { answered(status: number, errorCode?: string): void };

/** A simulator may serve for days: only the newest calls are kept. */
const maxCalls = 20_000;

export function createCallLog(): CallLog {
	const calls: CallRecord[] = [];
	return {
		calls,
		open(arrival) {
			const record: { -readonly [K in keyof CallRecord]: CallRecord[K] } = { ...arrival, status: undefined };
			calls.push(record);
			if (calls.length > maxCalls) calls.shift();
			return {
				answered(status, errorCode) {
					record.status = status;
					if (errorCode !== undefined) record.errorCode = errorCode;
				},
			};
		},
	};
}

/** What the SDKs say about retries: `amz-sdk-request: attempt=2; max=3`. */
export function readAttempt(headers: WireRequest['headers']): { attempt: number; invocationId: string } {
	const attempt = /attempt=(\d+)/.exec(String(headers['amz-sdk-request'] ?? ''))?.[1];
	return { attempt: Number(attempt ?? 1), invocationId: String(headers['amz-sdk-invocation-id'] ?? '') };
}
