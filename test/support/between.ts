import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Simulator } from '../../src/simulator/simulator.ts';

export type Between = {
	readonly url: string;
	close(): Promise<void>;
};

export type Listening = {
	/** Told of each request before it is handed on; what answers false never is, and gets no answer. */
	readonly asked?: (operation: string) => boolean;
	/** What becomes of the text of an answer. */
	readonly answered?: (operation: string, body: string) => string;
};

/** Somebody between the program and AWS, on loopback, who hears everything and may change it. */
export async function listenBetween(
	{ url: behind }: { readonly url: string },
	{ asked = () => true, answered }: Listening,
): Promise<Between> {
	const server = createServer(async (incoming, outgoing) => {
		const body = await bodyOf(incoming);
		const operation = operationOf(incoming, body);
		if (!asked(operation)) return;
		try {
			const { method = 'GET', url = '/' } = incoming;
			const answer = await fetch(`${behind}${url}`, {
				method,
				headers: headersOf(incoming),
				...(body.length > 0 && { body: new Uint8Array(body) }),
			});
			const headers = Object.fromEntries(answer.headers);
			if (!answered || method === 'HEAD') {
				outgoing.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
				return;
			}
			const { 'content-length': _, ...others } = headers;
			outgoing.writeHead(answer.status, others).end(answered(operation, await answer.text()));
		} catch {
			incoming.socket.destroy();
		}
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		close() {
			server.closeAllConnections();
			return new Promise(resolve => server.close(() => resolve()));
		},
	};
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of incoming) chunks.push(Buffer.from(chunk));
	return Buffer.concat(chunks);
}

/** A header in JSON protocols, a field in those that send forms; empty in REST. */
function operationOf({ headers }: IncomingMessage, body: Buffer): string {
	const target = headers['x-amz-target'];
	if (typeof target === 'string') return target.split('.').at(-1) ?? '';
	return new URLSearchParams(body.toString('utf8')).get('Action') ?? '';
}

/** What belongs to the connection is that connection's own. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect']);

const headersOf = ({ headers }: IncomingMessage): [string, string][] =>
	Object.entries(headers).flatMap(([name, value]) =>
		ownHeaders.has(name) || value === undefined ? [] : [[name, String(value)] as [string, string]],
	);

/** The simulator as it is seen through whoever listens in between; by itself when nobody does. */
export async function behind(simulator: Simulator, listening: Listening | undefined): Promise<Simulator> {
	if (!listening) return simulator;
	const between = await listenBetween(simulator, listening);
	return new Proxy(simulator, {
		get(target, name, receiver) {
			if (name === 'url') return between.url;
			if (name !== 'close') return Reflect.get(target, name, receiver);
			return async () => {
				await between.close();
				await target.close();
			};
		},
	});
}
