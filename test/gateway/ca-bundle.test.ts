import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { getCACertificates, rootCertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { startStubProxy } from '../support/stub-proxy.ts';
import { authority, startStubTls } from '../support/stub-tls.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();
let folder = '';
let tls: Awaited<ReturnType<typeof startStubTls>>;

beforeEach(async () => {
	for (const name of ['HTTPS_PROXY', 'https_proxy', 'NO_PROXY', 'no_proxy']) vi.stubEnv(name, undefined);
	folder = mkdtempSync(path.join(tmpdir(), 'rollcall-'));
	tls = await startStubTls(Number(new URL(stub.aws.url).port));
});
afterEach(async () => {
	await tls.close();
	rmSync(folder, { recursive: true });
});

function nameBundle(text: string): string {
	const file = path.join(folder, 'bundle.pem');
	writeFileSync(file, text);
	vi.stubEnv('AWS_CA_BUNDLE', file);
	return file;
}

const connect = (endpointUrl = `https://localhost:${tls.port}`) =>
	stub.connect({ endpointUrl, maxAttempts: 1 }).gateways.codeDeploy;

test('whom AWS_CA_BUNDLE names is trusted, for questions and for changes', async () => {
	expect((await failureOf(connect().getDeployment(id, never))).details).toMatchObject({
		kind: 'network',
		code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
	});
	nameBundle(`# The proxy of this house\n${authority}`);
	stub.aws.answer('GetDeployment', good);
	stub.aws.answer('StopDeployment', { body: { status: 'Succeeded' } });
	const codeDeploy = connect();
	expect((await codeDeploy.getDeployment(id, never)).status).toBe('InProgress');
	await codeDeploy.stopDeployment(id, { rollBack: false }, never);
	expect(stub.aws.requests).toHaveLength(2);
});

test('nobody else is, not even whom Node.js trusts', async () => {
	const before = getCACertificates('default');
	setDefaultCACertificates([...before, authority]);
	nameBundle(rootCertificates[0] ?? '');
	const { code } = (await failureOf(connect().getDeployment(id, never))).details;
	setDefaultCACertificates(before);
	expect(code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
	expect(stub.aws.requests).toEqual([]);
});

test('a certificate for another name is not taken from them either', async () => {
	nameBundle(authority);
	const { details } = await failureOf(connect(`https://127.0.0.1:${tls.port}`).getDeployment(id, never));
	expect(details).toMatchObject({ kind: 'network', code: 'ERR_TLS_CERT_ALTNAME_INVALID' });
	expect(stub.aws.requests).toEqual([]);
});

test('at the far end of a tunnel too', async () => {
	const proxy = await startStubProxy({ leadTo: tls.port });
	vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${proxy.port}`);
	nameBundle(authority);
	stub.aws.answer('GetDeployment', good);
	expect((await connect('https://aws.test').getDeployment(id, never)).status).toBe('InProgress');
	expect(proxy.requests).toHaveLength(1);
	await proxy.close();
});

test('a bundle that is none is told by its name, nothing is sent, and it is read again', async () => {
	vi.stubEnv('AWS_CA_BUNDLE', '/nonexistent/bundle.pem');
	const codeDeploy = connect();
	const detailOf = async () => (await failureOf(codeDeploy.getDeployment(id, never))).details;
	expect(await detailOf()).toMatchObject({
		kind: 'invalid',
		code: 'InvalidCaBundle',
		detail:
			'AWS_CA_BUNDLE: /nonexistent/bundle.pem cannot be read (ENOENT): expected a file of PEM certificates',
	});
	const file = nameBundle('nothing of that kind');
	expect((await detailOf()).detail).toBe(
		`AWS_CA_BUNDLE: ${file} holds no certificate: expected a file of PEM certificates`,
	);
	nameBundle(authority);
	stub.aws.answer('GetDeployment', good);
	expect((await codeDeploy.getDeployment(id, never)).status).toBe('InProgress');
});
