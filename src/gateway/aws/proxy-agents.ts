import type { AgentOptions, ClientRequest, Agent as HttpAgent } from 'node:http';
import type { Socket } from 'node:net';
import { Agent, type AgentConnectOpts } from 'agent-base';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { type Destination, type ProxyChoice, proxyFor } from './proxy-environment.ts';
import { refusedByProxy, unreachableProxy } from './proxy-error.ts';
import type { AgentPair } from './session.ts';

/**
 * Agents that take each request through the proxy that the environment names for it, or else hand it to `direct`. Loaded
 * only where there is a proxy.
 */
export function createProxyAgents(
	env: Readonly<Record<string, string | undefined>>,
	options: AgentOptions,
	direct: AgentPair,
): AgentPair {
	const choose = (destination: Destination) => proxyFor(destination, env);
	return {
		httpAgent: new RoutingAgent('http:', direct.httpAgent, options, choose),
		httpsAgent: new RoutingAgent('https:', direct.httpsAgent, options, choose),
	};
}

type Protocol = Destination['protocol'];

/** Hands each request to the agent of its way. */
class RoutingAgent extends Agent {
	readonly #proxies = new Map<string, Agent>();
	readonly #scheme: Protocol;
	readonly #direct: HttpAgent;
	readonly #options: AgentOptions;
	readonly #choose: (destination: Destination) => ProxyChoice | undefined;

	constructor(
		scheme: Protocol,
		direct: HttpAgent,
		options: AgentOptions,
		choose: (destination: Destination) => ProxyChoice | undefined,
	) {
		// The agents behind it bound the sockets: a request must not wait twice.
		super({ ...options, maxSockets: Number.POSITIVE_INFINITY });
		this.#scheme = scheme;
		this.#direct = direct;
		this.#options = options;
		this.#choose = choose;
		this.protocol = scheme;
		this.defaultPort = scheme === 'https:' ? 443 : 80;
	}

	override isSecureEndpoint(): boolean {
		return this.#scheme === 'https:';
	}

	override connect(_request: ClientRequest, options: AgentConnectOpts): HttpAgent {
		const proxy = this.#choose(destinationOf(this.#scheme, options));
		if (!proxy) return this.#direct;
		const known = this.#proxies.get(proxy.url.href);
		if (known) return known;
		const Way = this.#scheme === 'https:' ? TunnelAgent : ForwardAgent;
		const agent = new Way(proxy, this.#options);
		this.#proxies.set(proxy.url.href, agent);
		return agent;
	}

	override destroy(): void {
		for (const agent of [this.#direct, ...this.#proxies.values()]) agent.destroy();
		super.destroy();
	}
}

/** For TLS: the proxy sees where the request goes, and nothing of what it says. */
class TunnelAgent extends HttpsProxyAgent<string> {
	readonly #proxy: ProxyChoice;

	constructor(proxy: ProxyChoice, options: AgentOptions) {
		super(proxy.url, { ...options, headers: () => headersOf(proxy) });
		this.#proxy = proxy;
	}

	/** Throws ProxyError, where the library would take what the proxy says for an answer of AWS. */
	override async connect(request: ClientRequest, options: AgentConnectOpts): Promise<Socket> {
		let status: number | undefined;
		request.once('proxyConnect', (answer: { readonly statusCode: number }) => {
			status = answer.statusCode;
		});
		const socket = await super.connect(request, options).catch((error: unknown) => {
			throw unreachableProxy(this.#proxy, error);
		});
		if (status === 200) return socket;
		socket.destroy();
		throw refusedByProxy(this.#proxy, status, destinationOf('https:', options));
	}
}

/** For endpoints without TLS: the proxy is handed the whole request. */
class ForwardAgent extends HttpProxyAgent<string> {
	readonly #proxy: ProxyChoice;

	constructor(proxy: ProxyChoice, options: AgentOptions) {
		super(proxy.url, { ...options, headers: () => headersOf(proxy) });
		this.#proxy = proxy;
	}

	override async connect(
		...[request, options]: Parameters<HttpProxyAgent<string>['connect']>
	): Promise<Socket> {
		return super.connect(request, options).catch((error: unknown) => {
			throw unreachableProxy(this.#proxy, error);
		});
	}
}

/** The library knows the user and the password only as a header: it would print the URL where it is being debugged. */
const headersOf = ({ authorization }: ProxyChoice): Record<string, string> =>
	authorization === undefined ? {} : { 'Proxy-Authorization': authorization };

const destinationOf = (protocol: Protocol, { host, port }: AgentConnectOpts): Destination => ({
	protocol,
	hostname: host ?? '',
	port: Number(port),
});
