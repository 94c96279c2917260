import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { queryError, type StubRequest, xmlAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = { body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } } };
const stub = stubAwsForEachTest();

let home = '';
beforeEach(async () => {
	home = await mkdtemp(join(tmpdir(), 'rollcall-'));
	vi.stubEnv('HOME', home);
	vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
	vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
	// The clients that the credential chain makes find the stub by this.
	vi.stubEnv('AWS_ENDPOINT_URL', stub.aws.url);
});
afterEach(() => rm(home, { recursive: true }));

async function configure(config: string): Promise<void> {
	await writeFile(join(home, 'config'), config);
	vi.stubEnv('AWS_CONFIG_FILE', join(home, 'config'));
}

const keyOf = (request: StubRequest | undefined) =>
	/Credential=([^/]+)/.exec(String(request?.headers.authorization))?.[1];

const inOneHour = () => new Date(Date.now() + 3_600_000).toISOString();

const startUrl = 'https://corp.example/start';
const forms = {
	session:
		'[profile release]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = dev\n' +
		`[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = ${startUrl}\n`,
	legacy: `[profile release]\nsso_start_url = ${startUrl}\nsso_region = eu-west-1\nsso_account_id = 123456789012\nsso_role_name = dev\n`,
};

/** What `aws sso login` leaves behind. */
async function signIn(named: string, accessToken: string, expiresAt: string): Promise<void> {
	const folder = join(home, '.aws/sso/cache');
	await mkdir(folder, { recursive: true });
	const file = join(folder, `${createHash('sha1').update(named).digest('hex')}.json`);
	await writeFile(file, JSON.stringify({ accessToken, expiresAt, region: 'eu-west-1', startUrl }));
}

/** What the portal gives for a token. */
const roleCredentials = (accessKeyId: string) => ({
	body: {
		roleCredentials: {
			accessKeyId,
			secretAccessKey: 's',
			sessionToken: 't',
			expiration: Date.now() + 3_600_000,
		},
	},
});

test.each([
	['session', 'corp'],
	['legacy', startUrl],
] as const)('an SSO %s that has ended heals by itself after aws sso login', async (form, named) => {
	await configure(forms[form]);
	const { codeDeploy } = stub.connect({ profile: 'release' }).gateways;
	const expired = async () => (await failureOf(codeDeploy.getDeployment(id, never))).kind;
	expect(await expired()).toBe('expired');
	await signIn(named, 'old', '2020-01-01T00:00:00Z');
	expect(await expired()).toBe('expired');
	expect(stub.aws.requests).toEqual([]);
	await signIn(named, 'new', inOneHour());
	stub.aws.answer('GetObject', roleCredentials('NEWKEY'));
	stub.aws.answer('GetDeployment', good);
	expect((await codeDeploy.getDeployment(id, never)).status).toBe('InProgress');
	expect(keyOf(stub.aws.requests.at(-1))).toBe('NEWKEY');
});

test('an SSO session that is ended elsewhere while it is watched is expired, and heals likewise', async () => {
	await configure(forms.session);
	await signIn('corp', 'first', inOneHour());
	const { codeDeploy } = stub.connect({ profile: 'release' }).gateways;
	stub.aws.answer('GetObject', roleCredentials('FIRST'), {
		status: 401,
		headers: { 'x-amzn-errortype': 'UnauthorizedException' },
		body: { message: 'Session token not found or invalid' },
	});
	stub.aws.answer('GetDeployment', good, { status: 400, body: { __type: 'ExpiredTokenException' } }, good);
	await codeDeploy.getDeployment(id, never);
	expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('expired');
	expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('expired');
	await signIn('corp', 'second', inOneHour());
	stub.aws.answer('GetObject', roleCredentials('SECOND'));
	await codeDeploy.getDeployment(id, never);
	expect(keyOf(stub.aws.requests.at(-1))).toBe('SECOND');
});

const assumed = (key: string) =>
	xmlAnswer(
		`<AssumeRoleResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleResult><Credentials><AccessKeyId>${key}</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${inOneHour()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
	);

const chain =
	'[profile release]\nrole_arn = arn:aws:iam::222222222222:role/release\nsource_profile = hub\n' +
	'[profile hub]\nrole_arn = arn:aws:iam::111111111111:role/hub\nsource_profile = keys\n' +
	'[profile keys]\naws_access_key_id = LONGLIVED\naws_secret_access_key = s\n';

test('a chain of roles is assumed one by the other', async () => {
	await configure(chain);
	stub.aws.answer('AssumeRole', assumed('HUB'), assumed('RELEASE'));
	stub.aws.answer('GetDeployment', good);
	await stub.connect({ profile: 'release' }).gateways.codeDeploy.getDeployment(id, never);
	const signedBy = stub.aws.requests.map(request => [request.operation, keyOf(request)]);
	expect(signedBy).toEqual([
		['AssumeRole', 'LONGLIVED'],
		['AssumeRole', 'HUB'],
		['GetDeployment', 'RELEASE'],
	]);
});

test('a role that may not be assumed is named as what is missing, and asked for anew', async () => {
	await configure(chain);
	const words =
		'User: arn:aws:iam::111111111111:user/me is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111111111111:role/hub';
	stub.aws.answer('AssumeRole', queryError('AccessDenied', words, 403), assumed('HUB'), assumed('RELEASE'));
	stub.aws.answer('GetDeployment', good);
	const { codeDeploy } = stub.connect({ profile: 'release' }).gateways;
	const { details } = await failureOf(codeDeploy.getDeployment(id, never));
	expect(details).toMatchObject({ kind: 'denied', action: 'sts:AssumeRole' });
	await codeDeploy.getDeployment(id, never);
	expect(keyOf(stub.aws.requests.at(-1))).toBe('RELEASE');
});

test('a role that wants an MFA code fails at once: nothing is sent, and nobody is asked', async () => {
	await configure(
		chain.replace('source_profile = hub', 'source_profile = keys\nmfa_serial = arn:aws:iam::1:mfa/me'),
	);
	const written = vi.spyOn(process.stdout, 'write');
	const { codeDeploy } = stub.connect({ profile: 'release' }).gateways;
	const { details } = await failureOf(codeDeploy.getDeployment(id, never));
	expect(details).toMatchObject({ kind: 'credentials', code: 'MfaRequired' });
	expect(stub.aws.requests).toEqual([]);
	expect(written).not.toHaveBeenCalled();
	written.mockRestore();
});
