import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the stub does with one request. */
export type StubAnswer =
	| { readonly status?: number; readonly headers?: Record<string, string>; readonly body: unknown }
	| { readonly status?: number; readonly headers?: Record<string, string>; readonly raw: string }
	/** Takes the request and never answers. */
	| 'black hole'
	/** Hangs up without an answer. */
	| 'reset'
	/** Hangs up in the middle of the answer. */
	| 'reset mid-body'
	/** Stops in the middle of the answer and keeps the connection open. */
	| 'stall mid-body';

export type StubRequest = {
	readonly operation: string;
	/** As parsed from JSON, or the form's fields, or the path and the query of a REST call. */
	readonly input: unknown;
	readonly headers: IncomingHttpHeaders;
	/** The SDK's own count, from 1. */
	readonly attempt: number;
};

/**
 * A scripted AWS on loopback, for answers that no decent service would give. Each operation has a queue of answers; a
 * request that finds its queue empty is answered with a client error named `Unscripted`, which nobody retries. What time
 * it is says only who writes so into an answer.
 */
export type StubAws = {
	readonly url: string;
	readonly requests: readonly StubRequest[];
	answer(operation: string, ...answers: readonly StubAnswer[]): void;
	/** Resolves when `operation` has been asked for `times` times in all. */
	received(operation: string, times?: number): Promise<void>;
	/** Connections that are open. */
	openSockets(): Promise<number>;
	close(): Promise<void>;
};

/** An error as CodeDeploy words it on the wire. */
export const awsError = (type: string, message = '', status = 400): StubAnswer => ({
	status,
	headers: { 'x-amzn-requestid': 'b1946ac9-2492-4d1f-9f5e-0123456789ab' },
	body: { __type: `com.amazonaws.codedeploy#${type}`, message },
});

/** An answer in XML. */
export const xmlAnswer = (raw: string, status = 200): StubAnswer => ({
	status,
	headers: { 'content-type': 'text/xml' },
	raw,
});

/** An error as EC2 words it on the wire, and as the other services that speak XML do. */
export const ec2Error = (code: string, message = '', status = 400): StubAnswer =>
	xmlAnswer(
		`<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors><RequestID>r</RequestID></Response>`,
		status,
	);
export const queryError = (code: string, message = '', status = 400): StubAnswer =>
	xmlAnswer(
		`<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error><RequestId>r</RequestId></ErrorResponse>`,
		status,
	);
export const s3Error = (code: string, message = '', status = 400): StubAnswer =>
	xmlAnswer(`<Error><Code>${code}</Code><Message>${message}</Message></Error>`, status);

export async function startStubAws(): Promise<StubAws> {
	const queues = new Map<string, StubAnswer[]>();
	const requests: StubRequest[] = [];
	const waiting = new Set<() => void>();
	const countOf = (operation: string) => requests.filter(request => request.operation === operation).length;

	const server = createServer(async (incoming, outgoing) => {
		outgoing.sendDate = false;
		const request = await readRequest(incoming);
		requests.push(request);
		const answer = queues.get(request.operation)?.shift() ?? awsError('Unscripted', request.operation);
		send(answer, incoming, outgoing);
		for (const look of waiting) look();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	return {
		url: `http://127.0.0.1:${port}`,
		requests,
		answer(operation, ...answers) {
			queues.set(operation, [...(queues.get(operation) ?? []), ...answers]);
		},
		received: (operation, times = 1) =>
			new Promise(resolve => {
				const look = () => {
					if (countOf(operation) < times) return;
					waiting.delete(look);
					resolve();
				};
				waiting.add(look);
				look();
			}),
		openSockets: () => new Promise(resolve => server.getConnections((_, count) => resolve(count))),
		close() {
			server.closeAllConnections();
			return new Promise(resolve => server.close(() => resolve()));
		},
	};
}

async function readRequest(incoming: IncomingMessage): Promise<StubRequest> {
	const chunks: Buffer[] = [];
	for await (const piece of incoming) chunks.push(piece as Buffer);
	const body = Buffer.concat(chunks).toString();
	const attempt = /attempt=(\d+)/.exec(String(incoming.headers['amz-sdk-request']))?.[1];
	return { ...readOperation(incoming, body), headers: incoming.headers, attempt: Number(attempt) };
}

/** By the service's protocol: JSON has a header for the operation, Query a field, REST a verb and a path. */
function readOperation(
	{ method, url, headers }: IncomingMessage,
	body: string,
): Pick<StubRequest, 'operation' | 'input'> {
	const target = headers['x-amz-target'];
	if (target !== undefined) return { operation: String(target).split('.')[1] ?? '', input: JSON.parse(body) };
	const form = new URLSearchParams(body);
	if (form.has('Action')) return { operation: form.get('Action') ?? '', input: Object.fromEntries(form) };
	const { pathname, searchParams } = new URL(url ?? '/', 'http://localhost');
	const operation =
		method === 'HEAD' ? 'HeadObject' : searchParams.has('location') ? 'GetBucketLocation' : 'GetObject';
	return { operation, input: { path: pathname, ...Object.fromEntries(searchParams) } };
}

function send(answer: StubAnswer, incoming: IncomingMessage, outgoing: ServerResponse): void {
	if (answer === 'black hole') return;
	if (answer === 'reset') {
		incoming.socket.resetAndDestroy();
		return;
	}
	if (typeof answer === 'string') {
		outgoing.writeHead(200, { 'content-type': 'application/x-amz-json-1.1', 'content-length': '1000' });
		outgoing.write('{"deploymentInfo":{"deploymentId":', () => {
			if (answer === 'reset mid-body') incoming.socket.resetAndDestroy();
		});
		return;
	}
	const raw = 'raw' in answer ? answer.raw : JSON.stringify(answer.body);
	outgoing.writeHead(answer.status ?? 200, {
		'content-type': 'application/x-amz-json-1.1',
		'content-length': String(Buffer.byteLength(raw)),
		...answer.headers,
	});
	outgoing.end(raw);
}
