import { aborted } from '../../lib/abort.ts';
import type { Clock } from '../../lib/clock.ts';
import { type CallLog, readAttempt } from './call-log.ts';
import type { FaultBoard } from './faults.ts';
import { createInput } from './input.ts';
import { type Incoming, identify, type Signature, signatureOf } from './protocol.ts';
import { type Reply, writeError, writeReply } from './reply.ts';
import type { OperationContext, Service, WireRequest } from './service.ts';
import { ServiceError } from './service-error.ts';

export type ExchangeOptions = {
	readonly clock: Clock;
	readonly services: readonly Service[];
	readonly calls: CallLog;
	readonly faults: FaultBoard;
	readonly nextRequestId: () => string;
	/** Brings the world a request is about up to date and hands it out. Throws ServiceError for a key nobody has. */
	readonly context: (service: Service | undefined, signature: Signature) => OperationContext;
};

export type ExchangeRequest = WireRequest & {
	/** Aborted when the client is gone. */
	readonly gone: AbortSignal;
};

/** From a request to its answer, or to none. */
export type Exchange = {
	/** Undefined: the connection is to be broken. */
	answer(request: ExchangeRequest): Promise<Reply | undefined>;
	/** Requests that wait for the clock, or for the client to give up. */
	readonly parked: number;
};

export function createExchange(options: ExchangeOptions): Exchange {
	const { clock, services, calls, faults } = options;
	let parked = 0;

	async function park(until: Promise<void>): Promise<void> {
		parked++;
		await until;
		parked--;
	}

	async function answer(request: ExchangeRequest): Promise<Reply | undefined> {
		const { gone } = request;
		const incoming = identify(services, request);
		const { service, operation, input = {} } = incoming;
		const context = () => options.context(service, signatureOf(request));
		const place = placeOf(context);
		const entry = calls.open({
			service: service?.name ?? 'unknown',
			operation,
			...place,
			at: clock.now(),
			...readAttempt(request.headers),
			input,
		});
		const plan = faults.plan(operation, place, () => denialOf(incoming, context()));
		const isLost = plan.silence !== undefined && !plan.silence.handled;
		const reply = isLost ? undefined : perform(incoming, plan.error, context);
		if (plan.latencyMs > 0) await park(clock.sleep(plan.latencyMs, gone));
		if (plan.silence?.type === 'blackHole') await park(aborted(gone));
		if (plan.silence !== undefined || reply === undefined) return undefined;
		entry.answered(reply.status, reply.errorCode);
		const body = plan.malformed ? reply.body.slice(0, reply.body.length / 2) : reply.body;
		return { ...reply, headers: { date: new Date(clock.now()).toUTCString(), ...reply.headers }, body };
	}

	function perform(
		{ service, operation, input }: Incoming,
		fault: ServiceError | undefined,
		context: () => OperationContext,
	): Reply {
		const requestId = options.nextRequestId();
		try {
			if (fault) throw fault;
			const run = service && Object.hasOwn(service.operations, operation) && service.operations[operation];
			if (!run) throw new ServiceError('UnknownOperationException', `Unknown operation ${operation}`);
			if (input === undefined) {
				throw new ServiceError('SerializationException', 'The request body is not a JSON object');
			}
			return writeReply(service, operation, run(createInput(input), context()), requestId);
		} catch (error) {
			return writeError(service, asServiceError(error), requestId);
		}
	}

	return {
		answer,
		get parked() {
			return parked;
		},
	};
}

/** Nowhere, if nobody has the key. */
function placeOf(context: () => OperationContext): { accountId?: string; region?: string } {
	try {
		const { world, signedFor } = context();
		return { accountId: world.accountId, region: signedFor };
	} catch (error) {
		if (error instanceof ServiceError) return {};
		throw error;
	}
}

function denialOf({ service, operation, input = {} }: Incoming, context: OperationContext): ServiceError {
	const message = service?.denial(operation, createInput(input), context);
	return new ServiceError('AccessDeniedException', message ?? 'Access denied');
}

/** A defect of the simulator answers like a defect of AWS. */
function asServiceError(error: unknown): ServiceError {
	if (error instanceof ServiceError) return error;
	const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
	return new ServiceError('InternalFailure', text, { status: 500 });
}
