import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { type StubProxy, startStubProxy } from '../support/stub-proxy.ts';
import { authority, startStubTls } from '../support/stub-tls.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();
const closing: (() => Promise<void>)[] = [];

beforeEach(() => {
	for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy', 'NO_PROXY', 'no_proxy']) {
		vi.stubEnv(name, undefined);
	}
});
afterEach(async () => {
	for (const close of closing.splice(0)) await close();
});

const stubPort = () => Number(new URL(stub.aws.url).port);

/** A proxy that leads to the stub behind TLS, for everything that trusts its certificate. */
async function proxyToTls(): Promise<StubProxy> {
	const tls = await startStubTls(stubPort());
	const proxy = await startStubProxy({ leadTo: tls.port });
	closing.push(proxy.close, tls.close);
	return proxy;
}

async function proxyWith(status: number): Promise<StubProxy> {
	const proxy = await startStubProxy({ status });
	closing.push(proxy.close);
	return proxy;
}

function trustStub(): void {
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, authority]);
	closing.push(async () => setDefaultCACertificates(before));
}

const ask = (endpointUrl: string | undefined = 'https://aws.test') =>
	stub.connect({ endpointUrl, maxAttempts: 1 }).gateways.codeDeploy.getDeployment(id, never);

describe('a tunnel', () => {
	test.each(['HTTPS_PROXY', 'https_proxy'])(
		'of %s is dug for AWS, with the user and the password',
		async name => {
			trustStub();
			const proxy = await proxyToTls();
			vi.stubEnv(name, `http://me:hunter2@127.0.0.1:${proxy.port}`);
			stub.aws.answer('GetDeployment', good);
			expect((await ask()).status).toBe('InProgress');
			expect(proxy.requests.map(({ way }) => way)).toEqual(['CONNECT aws.test:443']);
			const credentials = Buffer.from('me:hunter2').toString('base64');
			expect(proxy.requests[0]?.headers['proxy-authorization']).toBe(`Basic ${credentials}`);
			// It is for the proxy alone.
			expect(stub.aws.requests[0]?.headers).not.toHaveProperty('proxy-authorization');
		},
	);

	test('is kept open for questions, dug anew for a change, and never more than eight at a time', async () => {
		trustStub();
		const proxy = await proxyToTls();
		vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
		const connection = stub.connect({ endpointUrl: 'https://aws.test', maxAttempts: 1 });
		const { codeDeploy } = connection.gateways;
		const answers = Array.from({ length: 40 }, () => good);
		stub.aws.answer('GetDeployment', ...answers);
		stub.aws.answer('StopDeployment', { body: { status: 'Succeeded' } });
		await Promise.all(answers.map(() => codeDeploy.getDeployment(id, never)));
		expect(proxy.requests.length).toBeLessThanOrEqual(8);
		const dug = proxy.requests.length;
		await codeDeploy.stopDeployment(id, { rollBack: false }, never);
		expect(proxy.requests).toHaveLength(dug + 1);
		expect(stub.aws.requests.at(-1)?.headers.connection).toBe('close');
		connection.close();
		await vi.waitFor(async () => expect(await proxy.openSockets()).toBe(0));
	});

	test('is not dug for hosts of NO_PROXY', async () => {
		const proxy = await proxyWith(403);
		vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
		vi.stubEnv('no_proxy', '.test');
		expect((await failureOf(ask())).details).toMatchObject({
			kind: 'network',
			// By whether there is a resolver at all.
			code: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/),
		});
		expect(proxy.requests).toEqual([]);
	});

	test('whose far end shows a certificate that nobody vouches for is told as such', async () => {
		const proxy = await proxyToTls();
		vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
		const { kind, code } = (await failureOf(ask())).details;
		expect([kind, code]).toEqual(['network', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE']);
	});
});

describe('an endpoint without TLS', () => {
	test.each(['HTTP_PROXY', 'http_proxy'])('is asked through %s', async name => {
		const proxy = await startStubProxy({ leadTo: stubPort() });
		closing.push(proxy.close);
		vi.stubEnv(name, `http://me:hunter2@127.0.0.1:${proxy.port}`);
		stub.aws.answer('GetDeployment', good);
		expect((await ask('http://aws.test:8080')).status).toBe('InProgress');
		expect(proxy.requests.map(({ way }) => way)).toEqual(['POST http://aws.test:8080/']);
		expect(proxy.requests[0]?.headers).toHaveProperty('proxy-authorization');
	});

	test('on this machine is asked without one', async () => {
		const proxy = await proxyWith(403);
		vi.stubEnv('HTTP_PROXY', `http://127.0.0.1:${proxy.port}`);
		stub.aws.answer('GetDeployment', good);
		expect((await ask(stub.aws.url)).status).toBe('InProgress');
		expect(proxy.requests).toEqual([]);
	});
});

describe('what a proxy says is told in one line that names it, without the password', () => {
	test.each([
		[
			'https://aws.test',
			407,
			'me:hunter2@',
			'refuses the user name or the password in HTTPS_PROXY (HTTP 407)',
		],
		['https://aws.test', 407, '', 'wants a user name and a password (HTTP 407): put them into HTTPS_PROXY'],
		['https://aws.test', 403, 'me:hunter2@', 'does not connect to aws.test:443 (HTTP 403)'],
		['https://aws.test', 502, 'me:hunter2@', 'does not connect to aws.test:443 (HTTP 502)'],
		['http://aws.test', 407, 'me:hunter2@', 'refuses the user name or the password in HTTP_PROXY (HTTP 407)'],
	])('%s: %s', async (endpoint, status, user, words) => {
		const proxy = await proxyWith(status);
		for (const name of ['HTTPS_PROXY', 'HTTP_PROXY'])
			vi.stubEnv(name, `http://${user}127.0.0.1:${proxy.port}`);
		const failure = await failureOf(ask(endpoint));
		expect(failure.details).toMatchObject({
			kind: 'network',
			code: 'ERR_PROXY_TUNNEL',
			detail: `the proxy 127.0.0.1:${proxy.port} ${words}`,
		});
		expect(`${failure.stack} ${JSON.stringify(failure)}`).not.toContain('hunter2');
	});

	test.each(['https://aws.test', 'http://aws.test'])('when it is not there: %s', async endpoint => {
		for (const name of ['HTTPS_PROXY', 'HTTP_PROXY']) vi.stubEnv(name, 'http://me:hunter2@127.0.0.1:9');
		expect((await failureOf(ask(endpoint))).details).toMatchObject({
			kind: 'network',
			code: 'ECONNREFUSED',
			detail: expect.stringMatching(
				/^the proxy 127\.0\.0\.1:9 of HTTPS?_PROXY cannot be reached \(ECONNREFUSED\)$/,
			),
		});
	});

	test('when the variable is no proxy', async () => {
		vi.stubEnv('HTTPS_PROXY', 'socks5://me:hunter2@127.0.0.1:9');
		const { kind, code, detail } = (await failureOf(ask())).details;
		expect([kind, code]).toEqual(['invalid', 'InvalidProxy']);
		expect(detail).not.toContain('hunter2');
	});
});

test('credentials are fetched through the proxy, too', async () => {
	const home = await mkdtemp(join(tmpdir(), 'rollcall-'));
	closing.push(() => rm(home, { recursive: true }));
	const startUrl = 'https://corp.example/start';
	await mkdir(join(home, '.aws/sso/cache'), { recursive: true });
	const { createHash } = await import('node:crypto');
	const token = join(home, '.aws/sso/cache', `${createHash('sha1').update(startUrl).digest('hex')}.json`);
	const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
	await writeFile(token, JSON.stringify({ accessToken: 't', expiresAt }));
	await writeFile(
		join(home, 'config'),
		`[profile sso]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = dev\n` +
			'[profile role]\nrole_arn = arn:aws:iam::123456789012:role/dev\nsource_profile = keys\n' +
			'[profile keys]\naws_access_key_id = AKID\naws_secret_access_key = s\n',
	);
	vi.stubEnv('HOME', home);
	vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
	vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
	vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
	const proxy = await proxyWith(403);
	vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
	for (const profile of ['sso', 'role']) {
		const { codeDeploy } = stub.connect({ profile }).gateways;
		expect((await failureOf(codeDeploy.getDeployment(id, never))).details).toMatchObject({
			kind: 'network',
			detail: expect.stringContaining(`the proxy 127.0.0.1:${proxy.port} does not connect to`),
		});
	}
	expect([...new Set(proxy.requests.map(({ way }) => way))]).toEqual([
		'CONNECT portal.sso.eu-west-1.amazonaws.com:443',
		'CONNECT sts.eu-west-1.amazonaws.com:443',
	]);
});
