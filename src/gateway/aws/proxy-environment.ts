import { BlockList, isIP } from 'node:net';
import { GatewayFailure } from '../failure.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a request goes. */
export type Destination = {
	readonly protocol: 'http:' | 'https:';
	/** An IPv6 address with or without its brackets. */
	readonly hostname: string;
	readonly port: number;
};

/** A proxy on the way there. */
export type ProxyChoice = {
	/** Without a user name or a password: what prints it, prints no secret. */
	readonly url: URL;
	/** `Basic …`; undefined where the environment names no user. A secret. */
	readonly authorization: string | undefined;
	/** The variable that names it: `https_proxy`. */
	readonly variable: string;
};

const variables = { 'http:': 'http_proxy', 'https:': 'https_proxy' } as const;
const protocols = ['http:', 'https:'] as const;

/** Whether the environment names a proxy at all. */
export const namesProxy = (env: Environment): boolean =>
	protocols.some(protocol => read(env, variables[protocol]) !== undefined);

/**
 * The proxy that leads to `destination`, chosen as the AWS CLI does: `https_proxy` or `http_proxy` by the scheme, unless
 * `no_proxy` names the host; lower case goes before upper case. This machine itself needs none. Throws GatewayFailure
 * `invalid`, without the value, when the variable holds no proxy.
 */
export function proxyFor(destination: Destination, env: Environment): ProxyChoice | undefined {
	const found = read(env, variables[destination.protocol]);
	const hostname = withoutBrackets(destination.hostname).toLowerCase();
	if (!found || isLoopback(hostname) || isExempt(hostname, destination.port, env)) return undefined;
	const url = parseProxy(found.value);
	if (!url) throw invalidProxy(found.name);
	const { username, password } = url;
	url.username = '';
	url.password = '';
	const authorization = username === '' && password === '' ? undefined : basic(username, password);
	return { url, authorization, variable: found.name };
}

/** `proxy.example:3128`. */
export const proxyName = ({ url }: Pick<ProxyChoice, 'url'>): string =>
	url.port === '' ? `${url.hostname}:${url.protocol === 'https:' ? 443 : 80}` : url.host;

/** A variable that is set to nothing counts as none. */
function read(env: Environment, name: string): { readonly name: string; readonly value: string } | undefined {
	for (const spelling of [name, name.toUpperCase()]) {
		const value = env[spelling]?.trim() ?? '';
		if (value !== '') return { name: spelling, value };
	}
	return undefined;
}

/** The scheme may be left out. */
function parseProxy(value: string): URL | undefined {
	const url = URL.parse(value.includes('://') ? value : `http://${value}`);
	return url && protocols.some(protocol => protocol === url.protocol) ? url : undefined;
}

function basic(username: string, password: string): string {
	return `Basic ${Buffer.from(`${decoded(username)}:${decoded(password)}`).toString('base64')}`;
}

/** A percent sign that begins no escape is one. */
function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

const invalidProxy = (variable: string): GatewayFailure =>
	new GatewayFailure({
		kind: 'invalid',
		operation: 'ResolveProxy',
		code: 'InvalidProxy',
		detail: `${variable} names no proxy: expected a URL such as http://proxy.example:3128`,
	});

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const isLoopback = (hostname: string): boolean =>
	hostname === 'localhost' || hostname.endsWith('.localhost') || isListed(loopback, hostname);

function isListed(list: BlockList, hostname: string): boolean {
	const family = isIP(hostname);
	return family !== 0 && list.check(hostname, family === 6 ? 'ipv6' : 'ipv4');
}

/** `no_proxy`: hosts and domains, with commas or spaces between them, of a port if one stands behind; networks; `*`. */
function isExempt(hostname: string, port: number, env: Environment): boolean {
	const entries = (read(env, 'no_proxy')?.value ?? '').toLowerCase().split(/[\s,]+/);
	return entries.some(entry => entry !== '' && matches(entry, hostname, port));
}

function matches(entry: string, hostname: string, port: number): boolean {
	if (entry === '*') return true;
	if (entry.includes('/')) return isInNetwork(entry, hostname);
	const { host = entry, only } = /^(?<host>\[.*\]|[^:]*):(?<only>\d+)$/.exec(entry)?.groups ?? {};
	if (only !== undefined && Number(only) !== port) return false;
	const domain = withoutBrackets(host).replace(/^\*?\./, '');
	return domain !== '' && (hostname === domain || hostname.endsWith(`.${domain}`));
}

/** `10.0.0.0/8`. */
function isInNetwork(entry: string, hostname: string): boolean {
	const [network = '', bits = ''] = entry.split('/');
	const family = isIP(network);
	if (family === 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 6 ? 128 : 32)) return false;
	const list = new BlockList();
	list.addSubnet(network, Number(bits), family === 6 ? 'ipv6' : 'ipv4');
	return isListed(list, hostname);
}

const withoutBrackets = (host: string): string => host.replace(/^\[|\]$/g, '');
