import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Exchange } from './exchange.ts';

export type HttpServer = {
	readonly port: number;
	/** Requests that are being handled. */
	readonly inFlight: number;
	/** Breaks all connections; requests that are parked end with them. */
	close(): Promise<void>;
};

/** Serves the simulated AWS on the loopback address. Rejects when the port is taken. */
export async function startHttpServer(port: number, exchange: Exchange): Promise<HttpServer> {
	let inFlight = 0;
	const server = createServer((request, response) => {
		inFlight++;
		handle(request, response)
			.catch(() => response.destroy())
			.finally(() => {
				inFlight--;
			});
	});

	async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const gone = new AbortController();
		response.once('close', () => {
			// Most have got their answer, and nobody waits for them: an exception for each would cost more than the answer.
			if (!response.writableFinished) gone.abort();
		});
		const body = await readBody(request);
		const { method = 'GET', url: target = '/', headers } = request;
		const reply = await exchange.answer({ method, target, headers, body, gone: gone.signal });
		if (reply === undefined) {
			request.socket.destroy();
		} else if (!gone.signal.aborted) {
			// In answer to HEAD, Node.js itself leaves the body out.
			response.writeHead(reply.status, reply.headers);
			response.end(reply.body);
		}
	}

	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return {
		// A server that listens on a TCP port has such an address.
		port: (server.address() as AddressInfo).port,
		get inFlight() {
			return inFlight;
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
