import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../lib/clock.ts';
import { type CallEntry, type CallLog, readAttempt } from './call-log.ts';
import { createInput } from './input.ts';
import { type Incoming, identify, type Reply, writeError, writeReply } from './protocol.ts';
import type { OperationContext, Service } from './service.ts';
import { ServiceError } from './service-error.ts';

export type HttpServerOptions = {
	readonly port: number;
	readonly clock: Clock;
	readonly services: readonly Service[];
	readonly calls: CallLog;
	readonly nextRequestId: () => string;
	/** Brings the world up to date and hands it out. */
	readonly context: () => OperationContext;
};

export type HttpServer = {
	readonly port: number;
	readonly inFlight: number;
	readonly parked: number;
	close(): Promise<void>;
};

/** Serves the simulated AWS on the loopback address. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
	const { clock, services, calls } = options;
	let inFlight = 0;
	const parked = 0;

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const body = await readBody(request);
		const incoming = identify(services, request.headers, body);
		const entry = calls.open({
			service: incoming.service?.name ?? 'unknown',
			operation: incoming.operation,
			at: clock.now(),
			...readAttempt(request.headers),
			input: incoming.input ?? {},
		});
		send(response, perform(incoming, entry));
	}

	function perform(incoming: Incoming, entry: CallEntry): Reply {
		const requestId = options.nextRequestId();
		const { service, operation } = incoming;
		try {
			const run = service && Object.hasOwn(service.operations, operation) && service.operations[operation];
			if (!run) throw new ServiceError('UnknownOperationException', `Unknown operation ${operation}`);
			if (incoming.input === undefined) {
				throw new ServiceError('SerializationException', 'The request body is not a JSON object');
			}
			const output = run(createInput(incoming.input), options.context());
			entry.answered(200);
			return writeReply(service, operation, output, requestId);
		} catch (error) {
			const failure = asServiceError(error);
			entry.answered(failure.status, failure.code);
			return writeError(service, failure, requestId);
		}
	}

	const server = createServer((request, response) => {
		inFlight++;
		handle(request, response)
			.catch(() => response.destroy())
			.finally(() => {
				inFlight--;
			});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(options.port, '127.0.0.1', resolve);
	});
	return {
		// A server that listens on a TCP port has such an address.
		port: (server.address() as AddressInfo).port,
		get inFlight() {
			return inFlight;
		},
		get parked() {
			return parked;
		},
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

async function readBody(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks).toString('utf8');
}

function send(response: ServerResponse, reply: Reply): void {
	response.writeHead(reply.status, reply.headers);
	response.end(reply.body);
}

/** A defect of the simulator answers like a defect of AWS. */
function asServiceError(error: unknown): ServiceError {
	if (error instanceof ServiceError) return error;
	return new ServiceError(
		'InternalFailure',
		error instanceof Error ? (error.stack ?? error.message) : String(error),
		{
			status: 500,
		},
	);
}
