import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { asDeploymentId, type InstanceId } from '../../src/domain/ids.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError, type StubRequest } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest, untilDueWithin } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();

/** Who signed, and for which region: `AKID/20261123/eu-west-1/codedeploy`. */
const signedFor = (request: StubRequest | undefined) =>
	/Credential=(?<key>[^/]+)\/\d+\/(?<rest>[^/]+\/[^/]+)/.exec(String(request?.headers.authorization))?.groups;

let folder = '';
beforeEach(async () => {
	folder = await mkdtemp(join(tmpdir(), 'rollcall-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function sharedFiles(config: string, credentials = ''): Promise<void> {
	await writeFile(join(folder, 'config'), config);
	await writeFile(join(folder, 'credentials'), credentials);
	vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'));
	vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'));
}

const withoutKeys = () => {
	vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
	vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
};

describe('the region', () => {
	test('comes from the option before the environment', async () => {
		expect(await stub.connect({ region: 'ap-south-1' }).region()).toBe('ap-south-1');
		expect(await stub.connect().region()).toBe('eu-west-1');
	});

	test('comes from the profile when nothing else names one', async () => {
		vi.stubEnv('AWS_REGION', undefined);
		await sharedFiles('[profile prod]\nregion = us-west-2\n');
		expect(await stub.connect({ profile: 'prod' }).region()).toBe('us-west-2');
	});

	test('that nobody names is a clear failure before anything is sent', async () => {
		vi.stubEnv('AWS_REGION', undefined);
		const { region, gateways } = stub.connect();
		for (const call of [region(), gateways.codeDeploy.getDeployment(id, never)]) {
			expect((await failureOf(call)).details).toEqual({
				kind: 'invalid',
				operation: 'ResolveRegion',
				code: 'NoRegion',
				detail: 'Region is missing',
			});
		}
		expect(stub.aws.requests).toEqual([]);
	});

	test('that is none is told apart', async () => {
		const failure = await failureOf(stub.connect({ region: 'eu west 1' }).region());
		expect(failure.details).toMatchObject({ kind: 'invalid', code: 'InvalidRegion' });
	});
});

describe('the endpoint', () => {
	test('of the environment is honoured', async () => {
		vi.stubEnv('AWS_ENDPOINT_URL', stub.aws.url);
		stub.aws.answer('GetDeployment', good);
		const { codeDeploy } = stub.connect({ endpointUrl: undefined }).gateways;
		await codeDeploy.getDeployment(id, never);
		expect(stub.aws.requests).toHaveLength(1);
	});

	test('of the option wins, for every service', async () => {
		vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
		const { codeDeploy, alarms, identity } = stub.connect().gateways;
		await failureOf(codeDeploy.getDeployment(id, never));
		await failureOf(alarms.describeAlarms(['a'], never));
		await failureOf(identity.getCallerIdentity(never));
		expect(stub.aws.requests.map(request => signedFor(request)?.rest)).toEqual([
			'eu-west-1/codedeploy',
			'eu-west-1/monitoring',
			'eu-west-1/sts',
		]);
	});

	test('serves what a failure is investigated with, too', async () => {
		const { hosts, commands, logs, access, bundles } = stub.connect().gateways;
		const host = 'i-00251908fcdce4b31' as InstanceId;
		await failureOf(hosts.describeInstances([host], never));
		await failureOf(commands.run(host, { kind: 'disk', platform: 'linux' }, never));
		await failureOf(logs.tail({ source: 'agent', instanceId: host, from: 0 }, never));
		await failureOf(access.getRole('hosts', never));
		await failureOf(bundles.head({ bucket: 'releases', key: 'k' }, never));
		const signed = stub.aws.requests.map(request => signedFor(request)?.rest);
		expect([...new Set(signed)]).toEqual([
			'eu-west-1/ec2',
			'eu-west-1/ssm',
			'eu-west-1/logs',
			// Only AWS's own endpoint of this service, which has no region, is signed for us-east-1.
			'eu-west-1/iam',
			'eu-west-1/s3',
		]);
	});

	test('by name: buckets stay in the path', async () => {
		const endpointUrl = stub.aws.url.replace('127.0.0.1', 'localhost');
		stub.aws.answer('HeadObject', { body: '' }, { body: '' });
		await stub.connect({ endpointUrl }).gateways.bundles.head({ bucket: 'releases', key: 'k' }, never);
		vi.stubEnv('AWS_ENDPOINT_URL', endpointUrl);
		await stub
			.connect({ endpointUrl: undefined })
			.gateways.bundles.head({ bucket: 'releases', key: 'k' }, never);
		expect(stub.aws.requests.map(({ input }) => input)).toEqual([
			{ path: '/releases/k' },
			{ path: '/releases/k' },
		]);
	});

	test('that is no URL is refused', async () => {
		const { codeDeploy } = stub.connect({ endpointUrl: 'not a url' }).gateways;
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('invalid');
	});
});

describe('credentials', () => {
	test('of the profile are used, before those of the environment', async () => {
		await sharedFiles('', '[prod]\naws_access_key_id = PRODKEY\naws_secret_access_key = s\n');
		const warn = vi.spyOn(console, 'warn');
		stub.aws.answer('GetDeployment', good);
		await stub.connect({ profile: 'prod' }).gateways.codeDeploy.getDeployment(id, never);
		expect(signedFor(stub.aws.requests[0])?.key).toBe('PRODKEY');
		expect(warn).not.toHaveBeenCalled();
	});

	test('are looked for once for all services', async () => {
		withoutKeys();
		const script = join(folder, 'credentials.sh');
		await writeFile(
			script,
			`echo run >> ${folder}/runs; echo '{"Version":1,"AccessKeyId":"SCRIPT","SecretAccessKey":"s"}'`,
		);
		await sharedFiles(`[default]\ncredential_process = sh ${script}\n`);
		stub.aws.answer('GetDeployment', good);
		stub.aws.answer('StopDeployment', { body: {} });
		stub.aws.answer('DescribeAlarms', { body: {} });
		const { codeDeploy, alarms } = stub.connect().gateways;
		await codeDeploy.getDeployment(id, never);
		await alarms.describeAlarms(['a'], never);
		await codeDeploy.stopDeployment(id, { rollBack: false }, never);
		expect(stub.aws.requests.map(request => signedFor(request)?.key)).toEqual(['SCRIPT', 'SCRIPT', 'SCRIPT']);
		const { readFile } = await import('node:fs/promises');
		expect(await readFile(join(folder, 'runs'), 'utf8')).toBe('run\n');
	});

	test('that do not exist are a failure of their own kind, and nothing is sent', async () => {
		withoutKeys();
		const { codeDeploy } = stub.connect().gateways;
		const failure = await failureOf(codeDeploy.getDeployment(id, never));
		expect(failure.details).toMatchObject({ kind: 'credentials', code: 'CredentialsProviderError' });
		expect(stub.aws.requests).toEqual([]);
	});

	test('of a profile that does not exist too', async () => {
		const { codeDeploy } = stub.connect({ profile: 'nobody' }).gateways;
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('credentials');
	});

	test.each([
		['ExpiredTokenException', 'expired'],
		['UnrecognizedClientException', 'credentials'],
	])('are read anew after %s', async (code, kind) => {
		withoutKeys();
		const profile = (key: string) => `[default]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`;
		await sharedFiles('', profile('OLD'));
		const { codeDeploy, alarms } = stub.connect().gateways;
		stub.aws.answer('GetDeployment', awsError(code), good, good);
		stub.aws.answer('DescribeAlarms', { body: {} });
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe(kind);
		await sharedFiles('', profile('NEW'));
		await codeDeploy.getDeployment(id, never);
		await alarms.describeAlarms(['a'], never);
		// Good ones are kept.
		await sharedFiles('', profile('OTHER'));
		await codeDeploy.getDeployment(id, never);
		const keys = stub.aws.requests.map(request => signedFor(request)?.key);
		expect(keys).toEqual(['OLD', 'NEW', 'NEW', 'NEW']);
	});

	test('are not looked for anew after other failures', async () => {
		withoutKeys();
		const profile = (key: string) => `[default]\naws_access_key_id = ${key}\naws_secret_access_key = s\n`;
		await sharedFiles('', profile('OLD'));
		const { codeDeploy } = stub.connect().gateways;
		stub.aws.answer('GetDeployment', awsError('AccessDeniedException'), good);
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('denied');
		await sharedFiles('', profile('NEW'));
		await codeDeploy.getDeployment(id, never);
		expect(signedFor(stub.aws.requests[1])?.key).toBe('OLD');
	});

	test('that never come have a deadline', async () => {
		withoutKeys();
		await sharedFiles('[default]\ncredential_process = sleep 60\n');
		const clock = createVirtualClock(0);
		const { codeDeploy } = stub.connect({ clock }).gateways;
		const outcome = failureOf(codeDeploy.getDeployment(id, never));
		clock.jumpTo(await untilDueWithin(clock, 30_000));
		expect((await outcome).details).toMatchObject({ kind: 'credentials', code: 'TimeoutError' });
	});

	test('of an SSO session that has ended are expired, not absent', async () => {
		withoutKeys();
		await sharedFiles(
			'[default]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = dev\n' +
				'[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example/start\n',
		);
		vi.stubEnv('HOME', folder);
		const { codeDeploy } = stub.connect().gateways;
		const failure = await failureOf(codeDeploy.getDeployment(id, never));
		expect(failure.details).toMatchObject({ kind: 'expired', code: 'CredentialsProviderError' });
	});
});

describe('the caller', () => {
	const answer = (account: string) => ({
		headers: { 'content-type': 'text/xml' },
		raw: `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
			<Arn>arn:aws:sts::123456789012:assumed-role/dev/me</Arn><UserId>AROA:me</UserId>${account}
			</GetCallerIdentityResult></GetCallerIdentityResponse>`,
	});

	test('is known by account and ARN', async () => {
		stub.aws.answer('GetCallerIdentity', answer('<Account>123456789012</Account>'));
		expect(await stub.connect().gateways.identity.getCallerIdentity(never)).toEqual({
			account: '123456789012',
			arn: 'arn:aws:sts::123456789012:assumed-role/dev/me',
		});
	});

	test('without an account is a fault', async () => {
		stub.aws.answer('GetCallerIdentity', answer(''));
		const failure = await failureOf(stub.connect().gateways.identity.getCallerIdentity(never));
		expect(failure.details).toMatchObject({ kind: 'service', code: 'EmptyAnswer' });
	});
});

test('AWS is reached through the proxy of the environment, other endpoints are not', async () => {
	const tunnels: string[] = [];
	const proxy = createServer().on('connect', ({ url = '' }, socket) => {
		tunnels.push(url);
		socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
	});
	await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve));
	const { port } = proxy.address() as AddressInfo;
	for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
		vi.stubEnv(name, `http://127.0.0.1:${port}`);
	}
	vi.stubEnv('NO_PROXY', undefined);
	vi.stubEnv('no_proxy', undefined);
	stub.aws.answer('GetDeployment', good);
	await stub.connect().gateways.codeDeploy.getDeployment(id, never);
	expect(tunnels).toEqual([]);
	const { codeDeploy } = stub.connect({ endpointUrl: undefined, maxAttempts: 1 }).gateways;
	const failure = await failureOf(codeDeploy.getDeployment(id, never));
	expect(tunnels).toEqual(['codedeploy.eu-west-1.amazonaws.com:443']);
	expect(failure.kind).toBe('network');
	proxy.close();
});

test('the user agent is sent along with the SDK’s own', async () => {
	stub.aws.answer('GetDeployment', good);
	await stub.connect({ userAgent: 'rollcall/1.2.3' }).gateways.codeDeploy.getDeployment(id, never);
	expect(stub.aws.requests[0]?.headers['user-agent']).toMatch(/^aws-sdk-js\/.* rollcall\/1\.2\.3/);
});
