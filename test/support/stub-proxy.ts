import { createServer, type IncomingHttpHeaders, request } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** What a proxy has been asked for. */
export type ProxyRequest = { readonly way: string; readonly headers: IncomingHttpHeaders };

/** A real proxy on loopback: tunnels by CONNECT, and hands requests without TLS on. */
export type StubProxy = {
	readonly port: number;
	readonly requests: readonly ProxyRequest[];
	/** How many connections to it are open. */
	openSockets(): Promise<number>;
	close(): Promise<void>;
};

/** `leadTo`: the port on loopback that everything ends up at; `status`: refused like that instead. */
export async function startStubProxy({
	leadTo,
	status,
}: {
	readonly leadTo?: number;
	readonly status?: number;
}): Promise<StubProxy> {
	const requests: ProxyRequest[] = [];
	const tunnels = new Set<Duplex>();
	const server = createServer((incoming, outgoing) => {
		requests.push({ way: `${incoming.method} ${incoming.url}`, headers: incoming.headers });
		if (status !== undefined || leadTo === undefined) {
			outgoing.writeHead(status ?? 502).end('<html>');
			return;
		}
		const { pathname, search } = new URL(incoming.url ?? '/');
		const onward = request({
			host: '127.0.0.1',
			port: leadTo,
			method: incoming.method,
			path: `${pathname}${search}`,
			headers: incoming.headers,
		});
		onward.on('response', answer => {
			outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
			answer.pipe(outgoing);
		});
		incoming.pipe(onward);
	});
	server.on('connect', ({ url, headers }, socket) => {
		requests.push({ way: `CONNECT ${url}`, headers });
		if (status !== undefined || leadTo === undefined) {
			socket.end(`HTTP/1.1 ${status ?? 502} No\r\n\r\n`);
			return;
		}
		const onward = connect(leadTo, '127.0.0.1', () => {
			socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
			socket.pipe(onward).pipe(socket);
		});
		for (const end of [socket, onward]) {
			tunnels.add(end);
			end.on('error', () => {});
			end.on('close', () => {
				tunnels.delete(end);
				(end === socket ? onward : socket).destroy();
			});
		}
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		port,
		requests,
		openSockets: () => new Promise(resolve => server.getConnections((_, count) => resolve(count))),
		close() {
			server.closeAllConnections();
			for (const tunnel of tunnels) tunnel.destroy();
			return new Promise(resolve => server.close(() => resolve()));
		},
	};
}
