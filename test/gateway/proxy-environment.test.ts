import { describe, expect, test } from 'vitest';
import { namesProxy, proxyFor, proxyName } from '../../src/gateway/aws/proxy-environment.ts';

const aws = { protocol: 'https:', hostname: 'codedeploy.eu-west-1.amazonaws.com', port: 443 } as const;
const proxied = (env: Record<string, string>, destination: Partial<Parameters<typeof proxyFor>[0]> = {}) =>
	proxyFor({ ...aws, ...destination }, env);

describe('the variable', () => {
	test.each([
		['HTTPS_PROXY', { HTTPS_PROXY: 'http://upper:1' }, 'upper:1'],
		['https_proxy', { https_proxy: 'http://lower:1' }, 'lower:1'],
		['lower case first', { HTTPS_PROXY: 'http://upper:1', https_proxy: 'http://lower:1' }, 'lower:1'],
		['unless it is empty', { HTTPS_PROXY: 'http://upper:1', https_proxy: ' ' }, 'upper:1'],
		['without a scheme', { HTTPS_PROXY: 'proxy.corp:3128' }, 'proxy.corp:3128'],
		['without a port', { HTTPS_PROXY: 'http://proxy.corp' }, 'proxy.corp:80'],
		['behind TLS', { HTTPS_PROXY: 'https://proxy.corp' }, 'proxy.corp:443'],
		['of the other scheme', { HTTP_PROXY: 'http://proxy.corp' }, undefined],
		['that is empty', { HTTPS_PROXY: '' }, undefined],
	])('%s', (_, env, name) => {
		const proxy = proxied(env);
		expect(proxy && proxyName(proxy)).toBe(name);
	});

	test('for an endpoint without TLS is HTTP_PROXY', () => {
		const env = { HTTP_PROXY: 'http://plain:8', HTTPS_PROXY: 'http://tls:9' };
		expect(proxied(env, { protocol: 'http:', port: 80 })?.url.host).toBe('plain:8');
		expect(proxied(env)?.url.host).toBe('tls:9');
	});

	test.each(['socks5://me:hunter2@proxy.corp:1080', 'http://me:hunter2@'])(
		'that names no proxy is refused without being repeated: %s',
		value => {
			const refused = () => proxied({ HTTPS_PROXY: value });
			expect(refused).toThrow('HTTPS_PROXY names no proxy: expected a URL such as http://proxy.example:3128');
			expect(refused).not.toThrow(/hunter2/);
		},
	);

	test('with a user keeps the user out of the URL', () => {
		const proxy = proxied({ HTTPS_PROXY: 'http://me:p%40ss%zz@proxy.corp:3128' });
		expect(proxy?.url.href).toBe('http://proxy.corp:3128/');
		expect(proxy?.authorization).toBe(`Basic ${Buffer.from('me:p%40ss%zz').toString('base64')}`);
		expect(proxied({ HTTPS_PROXY: 'http://me:p%40ss@proxy.corp' })?.authorization).toBe(
			`Basic ${Buffer.from('me:p@ss').toString('base64')}`,
		);
	});

	test('is looked for in both cases', () => {
		expect(namesProxy({ http_proxy: 'x' })).toBe(true);
		expect(namesProxy({ HTTPS_PROXY: 'x' })).toBe(true);
		expect(namesProxy({ NO_PROXY: 'x', https_proxy: '' })).toBe(false);
	});
});

describe('no_proxy', () => {
	test.each([
		['amazonaws.com', true],
		['.amazonaws.com', true],
		['*.amazonaws.com', true],
		['codedeploy.eu-west-1.amazonaws.com', true],
		['CODEDEPLOY.EU-WEST-1.AMAZONAWS.COM', true],
		['example.com, .amazonaws.com', true],
		['example.com .amazonaws.com', true],
		['amazonaws.com:443', true],
		['*', true],
		['amazonaws.com:8443', false],
		['aws.com', false],
		['eu-west-1', false],
		['amazonaws.com.example', false],
		['.', false],
		[',', false],
		['10.0.0.0/8', false],
	])('%s', (value, exempt) => {
		for (const name of ['NO_PROXY', 'no_proxy']) {
			expect(proxied({ HTTPS_PROXY: 'http://proxy', [name]: value }) === undefined).toBe(exempt);
		}
	});

	test.each([
		['10.0.0.0/8', '10.1.2.3', true],
		['10.0.0.0/8', '11.1.2.3', false],
		['10.1.2.3', '10.1.2.3', true],
		['fd00::/8', '[fd00::1]', true],
		['[fd00::1]:443', 'fd00::1', true],
		['10.0.0.0/99', '10.1.2.3', false],
		['nonsense/8', '10.1.2.3', false],
	])('%s for %s', (value, hostname, exempt) => {
		const proxy = proxied({ HTTPS_PROXY: 'http://proxy', NO_PROXY: value }, { hostname });
		expect(proxy === undefined).toBe(exempt);
	});

	test.each(['localhost', 'dev.localhost', '127.0.0.1', '127.9.9.9', '::1', '[::1]'])(
		'this machine needs none: %s',
		hostname => {
			expect(proxied({ HTTPS_PROXY: 'http://proxy' }, { hostname })).toBeUndefined();
		},
	);
});
