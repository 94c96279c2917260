import { isSystemError } from '../../lib/system-error.ts';
import { type Destination, type ProxyChoice, proxyFor, proxyName } from './proxy-environment.ts';

/** What went wrong before AWS was reached: it names the proxy, never its user or password. */
export class ProxyError extends Error {
	override readonly name = 'ProxyError';

	constructor(
		message: string,
		/** Node.js's own for a tunnel that was not dug, or why the proxy itself is not reached. */
		readonly code = 'ERR_PROXY_TUNNEL',
	) {
		super(message);
	}
}

/** The proxy has answered with this status instead of leading on. */
export function refusedByProxy(proxy: ProxyChoice, status: number | undefined, to: Destination): ProxyError {
	const name = `the proxy ${proxyName(proxy)}`;
	const answer = status === undefined ? 'no HTTP' : `HTTP ${status}`;
	if (status !== 407) {
		return new ProxyError(`${name} does not connect to ${to.hostname}:${to.port} (${answer})`);
	}
	return new ProxyError(
		proxy.authorization === undefined
			? `${name} wants a user name and a password (HTTP 407): put them into ${proxy.variable}`
			: `${name} refuses the user name or the password in ${proxy.variable} (HTTP 407)`,
	);
}

/** The proxy is not there, or hangs up. */
export function unreachableProxy(proxy: ProxyChoice, error: unknown): ProxyError {
	const name = `the proxy ${proxyName(proxy)} of ${proxy.variable}`;
	if (!isSystemError(error)) return new ProxyError(`${name} ends the connection before it leads on`);
	return new ProxyError(`${name} cannot be reached (${error.code})`, error.code);
}

type Request = { readonly protocol?: string; readonly hostname: string; readonly port?: number };

/**
 * Takes an answer for what it is: the status that asks for a password is only ever a proxy's. That of a request without
 * TLS, which a proxy answers in AWS's place, is thrown as ProxyError.
 */
export function assertFromAws(request: Request, response: unknown): void {
	if (typeof response !== 'object' || response === null) return;
	if (Reflect.get(response, 'statusCode') !== 407 || request.protocol !== 'http:') return;
	const destination = { protocol: 'http:', hostname: request.hostname, port: request.port ?? 80 } as const;
	const proxy = proxyFor(destination, process.env);
	if (proxy) throw refusedByProxy(proxy, 407, destination);
}
