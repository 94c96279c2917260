import type { Clock } from '../../lib/clock.ts';
import type { ServiceName } from '../call-gate.ts';
import type { CallLog, CallRecord } from '../call-log.ts';
import type { GatewayFailure } from '../failure.ts';
import { member, readReply } from './reply.ts';

type Call = {
	readonly service: ServiceName;
	readonly operation: string;
	readonly clock: Clock;
	readonly log: CallLog | undefined;
};

/** An attempt that is under way; told how it ended, it is written down. */
export type AttemptRecord = {
	answered(answer: unknown): void;
	failed(failure: GatewayFailure): void;
	abandoned(): void;
};

/** `attempt` counts from 1; `request` is what is sent; `askedAt`: when it asked to be admitted, which it is now. */
export function beginRecord(
	{ service, operation, clock, log }: Call,
	attempt: number,
	request: unknown,
	askedAt: number,
): AttemptRecord {
	const at = clock.now();
	const sentBytes = lengthOf(member(request, 'headers'));
	const write = (outcome: CallRecord['outcome'], more: Partial<CallRecord> = {}) =>
		log?.({
			at,
			service,
			operation,
			attempt,
			waitedMs: at - askedAt,
			ms: clock.now() - at,
			outcome,
			...more,
			...(sentBytes !== undefined && { sentBytes }),
		});
	return {
		answered: answer => write('ok', readAnswer(answer)),
		failed: failure => write(failure.kind, readFailure(failure)),
		abandoned: () => write('abandoned'),
	};
}

/** A call that failed before its first attempt: no region, no credentials. */
export function recordUnsent(
	{ service, operation, clock, log }: Call,
	failure: GatewayFailure,
	askedAt: number,
): void {
	const { kind: outcome, details } = failure;
	const ms = clock.now() - askedAt;
	log?.({ at: askedAt, service, operation, attempt: 0, waitedMs: 0, ms, outcome, code: details.code });
}

/** What the SDK hands out of its middleware: the answer as it came, and as it was understood. */
function readAnswer(answer: unknown): Partial<CallRecord> {
	const metadata = member(member(answer, 'output'), '$metadata');
	const status = member(metadata, 'httpStatusCode');
	const requestId = member(metadata, 'requestId');
	return {
		...(typeof status === 'number' && { status }),
		...(typeof requestId === 'string' && { requestId }),
		...received(member(member(answer, 'response'), 'headers')),
	};
}

function readFailure({ details, cause }: GatewayFailure): Partial<CallRecord> {
	const { status, headers } = readReply(cause);
	return {
		code: details.code,
		...(status !== undefined && { status }),
		...(details.requestId !== undefined && { requestId: details.requestId }),
		...received(headers),
	};
}

function received(headers: unknown): Pick<CallRecord, 'receivedBytes'> {
	const receivedBytes = lengthOf(headers);
	return receivedBytes === undefined ? {} : { receivedBytes };
}

/** What the headers say of the body. */
function lengthOf(headers: unknown): number | undefined {
	const text = String(member(headers, 'content-length'));
	return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}
