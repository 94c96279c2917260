import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { classify } from '../../src/gateway/aws/classify.ts';
import { type FailureKind, GatewayFailure, isTransient } from '../../src/gateway/failure.ts';
import { awsError, type StubAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const stub = stubAwsForEachTest();

const failing = (answer: StubAnswer) => {
	stub.aws.answer('GetDeployment', answer);
	return failureOf(stub.connect({ maxAttempts: 1 }).gateways.codeDeploy.getDeployment(id, never));
};

describe('what AWS answers', () => {
	test.each<[type: string, kind: FailureKind]>([
		['ThrottlingException', 'throttled'],
		['Throttling', 'throttled'],
		['RequestLimitExceeded', 'throttled'],
		['TooManyRequestsException', 'throttled'],
		['AccessDeniedException', 'denied'],
		['AccessDenied', 'denied'],
		['UnauthorizedOperation', 'denied'],
		['ExpiredTokenException', 'expired'],
		['ExpiredToken', 'expired'],
		['RequestExpired', 'expired'],
		['UnrecognizedClientException', 'credentials'],
		['InvalidSignatureException', 'credentials'],
		['InvalidClientTokenId', 'credentials'],
		['SignatureDoesNotMatch', 'credentials'],
		['MissingAuthenticationTokenException', 'credentials'],
		['DeploymentDoesNotExistException', 'missing'],
		['DeploymentTargetDoesNotExistException', 'missing'],
		['DeploymentConfigDoesNotExistException', 'missing'],
		['ApplicationDoesNotExistException', 'missing'],
		['ResourceNotFound', 'missing'],
		['NoSuchEntity', 'missing'],
		['NoSuchBucket', 'missing'],
		['InvalidInstanceID.NotFound', 'missing'],
		['InvalidInstanceId', 'missing'],
		['InvocationDoesNotExist', 'missing'],
		['DeploymentNotStartedException', 'not-started'],
		['InvalidDeploymentIdException', 'invalid'],
		['InvalidNextTokenException', 'invalid'],
		['ValidationException', 'invalid'],
		['DeploymentAlreadyCompletedException', 'invalid'],
		['DeploymentIsNotInReadyStateException', 'invalid'],
		['DeploymentLimitExceededException', 'invalid'],
		['BatchLimitExceededException', 'invalid'],
		['UnsupportedActionForDeploymentTypeException', 'invalid'],
		['RevisionDoesNotExistException', 'missing'],
		['DeploymentGroupDoesNotExistException', 'missing'],
		['GitHubAccountTokenDoesNotExistException', 'missing'],
		['TargetGroupNotFound', 'missing'],
		['TargetGroupNotFoundException', 'missing'],
		['InvalidAlarmConfigException', 'invalid'],
		['AlarmsLimitExceededException', 'invalid'],
		['InvalidAutoRollbackConfigException', 'invalid'],
		['InvalidFileExistsBehaviorException', 'invalid'],
		['InvalidRevisionException', 'invalid'],
		['InvalidRoleException', 'invalid'],
		['InvalidTagFilterException', 'invalid'],
		['RevisionRequiredException', 'invalid'],
		['DescriptionTooLongException', 'invalid'],
		['LifecycleHookLimitExceededException', 'invalid'],
		['FilterLimitExceeded', 'invalid'],
		['SomethingNewException', 'invalid'],
		['InternalFailure', 'service'],
		['ServiceUnavailable', 'service'],
	])('%s is %s', async (type, kind) => {
		const failure = await failing(awsError(type, 'AWS says so'));
		expect(failure.details).toEqual({
			kind,
			operation: 'GetDeployment',
			code: type,
			detail: 'AWS says so',
			requestId: 'b1946ac9-2492-4d1f-9f5e-0123456789ab',
		});
		expect(failure.message).toBe(`GetDeployment: ${type}: AWS says so`);
	});

	test.each<[status: number, kind: FailureKind]>([
		[429, 'throttled'],
		[500, 'service'],
		[502, 'service'],
		[503, 'service'],
		[403, 'denied'],
		[407, 'network'],
		[408, 'network'],
		[404, 'invalid'],
	])('status %i with an unknown name is %s', async (status, kind) => {
		expect((await failing(awsError('Whatever', '', status))).kind).toBe(kind);
	});

	test.each<[what: string, answer: StubAnswer, kind: FailureKind]>([
		['truncated JSON', { raw: '{"deploymentInfo":{"deploymentId":' }, 'service'],
		['a web page', { raw: '<html>captive portal</html>' }, 'service'],
		['a web page with status 502', { status: 502, raw: '<html>Bad Gateway</html>' }, 'service'],
		['an empty 500', { status: 500, raw: '' }, 'service'],
		['an empty 404 of another server', { status: 404, raw: '' }, 'service'],
		['JSON null', { raw: 'null' }, 'service'],
		['a list', { raw: '[]' }, 'service'],
		['an ISO timestamp', { body: { deploymentInfo: { createTime: '2026-11-23T12:00:00Z' } } }, 'service'],
	])('%s is a fault that is told', async (_, answer, kind) => {
		const failure = await failing(answer);
		expect(failure.kind).toBe(kind);
		expect(failure.details.detail).not.toContain('Deserialization error');
		expect(failure.details.detail).not.toContain('\n');
	});

	test.each<[what: string, answer: StubAnswer, detail: string]>([
		['a login page', { raw: '<html>captive portal</html>' }, 'HTTP 200, is not JSON'],
		['a page of a proxy', { status: 502, raw: '<html>Bad Gateway</html>' }, 'HTTP 502, is not JSON'],
		['nothing', { status: 404, raw: '' }, 'HTTP 404, names no error'],
	])('%s is not from AWS, and says so', async (_, answer, detail) => {
		expect((await failing(answer)).details.detail).toBe(
			`the answer, ${detail}, which is not how AWS answers: check the endpoint, and the proxy if there is one`,
		);
	});

	test('CloudWatch’s older names for the same things are understood', async () => {
		stub.aws.answer('DescribeAlarms', {
			status: 400,
			headers: { 'x-amzn-query-error': 'Throttling;Sender' },
			body: { __type: 'ThrottlingException', message: 'Rate exceeded' },
		});
		const { alarms } = stub.connect({ maxAttempts: 1 }).gateways;
		const failure = await failureOf(alarms.describeAlarms(['a'], never));
		expect(failure.details).toMatchObject({ kind: 'throttled', code: 'Throttling' });
	});

	test('STS speaks XML', async () => {
		stub.aws.answer('GetCallerIdentity', {
			status: 403,
			headers: { 'content-type': 'text/xml' },
			raw: '<ErrorResponse><Error><Type>Sender</Type><Code>ExpiredToken</Code><Message>The security token included in the request is expired</Message></Error><RequestId>abc</RequestId></ErrorResponse>',
		});
		const failure = await failureOf(stub.connect().gateways.identity.getCallerIdentity(never));
		expect(failure.details).toMatchObject({
			kind: 'expired',
			code: 'ExpiredToken',
			detail: 'The security token included in the request is expired',
		});
	});
});

describe('a denied call', () => {
	test.each([
		[
			'User: arn:aws:sts::123456789012:assumed-role/dev/me is not authorized to perform: codedeploy:GetDeployment on resource: arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:a/b because no identity-based policy allows the codedeploy:GetDeployment action',
			'codedeploy:GetDeployment',
		],
		[
			'User: arn:aws:iam::123456789012:user/me is not authorized to perform: sts:AssumeRole on resource: x',
			'sts:AssumeRole',
		],
		['Access Denied', undefined],
	])('names the missing action: %s', async (message, action) => {
		expect((await failing(awsError('AccessDeniedException', message))).details.action).toBe(action);
	});
});

describe('no answer', () => {
	test('nobody listens', async () => {
		const { codeDeploy } = stub.connect({ endpointUrl: 'http://127.0.0.1:1' }).gateways;
		const failure = await failureOf(codeDeploy.getDeployment(id, never));
		expect(failure.details).toMatchObject({
			kind: 'network',
			code: 'ECONNREFUSED',
			detail: 'connect ECONNREFUSED 127.0.0.1:1',
		});
	});

	test('nobody listens on either of two addresses', () => {
		const refused = (address: string) =>
			Object.assign(new Error(`connect ECONNREFUSED ${address}:443`), { code: 'ECONNREFUSED' });
		const both = Object.assign(new AggregateError([refused('::1'), refused('127.0.0.1')]), {
			code: 'ECONNREFUSED',
		});
		expect(classify(both, 'X').details).toMatchObject({
			kind: 'network',
			code: 'ECONNREFUSED',
			detail: 'connect ECONNREFUSED ::1:443',
		});
	});

	test('the name is not found', async () => {
		const { codeDeploy } = stub.connect({ endpointUrl: 'http://nowhere.invalid', maxAttempts: 1 }).gateways;
		const failure = await failureOf(codeDeploy.getDeployment(id, never));
		expect(failure.kind).toBe('network');
		expect(['ENOTFOUND', 'EAI_AGAIN']).toContain(failure.details.code);
		expect(failure.details.detail).toContain('nowhere.invalid');
	});

	test('something listens that does not speak HTTP', async () => {
		const server = createServer(socket => socket.end('SSH-2.0-OpenSSH_9.9\r\n'));
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		const address = server.address();
		const port = typeof address === 'object' ? address?.port : 0;
		const { codeDeploy } = stub.connect({ endpointUrl: `http://127.0.0.1:${port}`, maxAttempts: 1 }).gateways;
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('service');
		server.close();
	});

	test.each([
		'ECONNRESET',
		'EPIPE',
		'ETIMEDOUT',
		'EHOSTUNREACH',
		'EAI_AGAIN',
		'CERT_HAS_EXPIRED',
		'DEPTH_ZERO_SELF_SIGNED_CERT',
		'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
		'ERR_TLS_CERT_ALTNAME_INVALID',
		'ERR_SSL_WRONG_VERSION_NUMBER',
		'ERR_STREAM_PREMATURE_CLOSE',
	])('%s is the network’s', code => {
		const failure = classify(Object.assign(new Error('trouble'), { code }), 'X');
		expect(failure.details).toMatchObject({ kind: 'network', code, detail: 'trouble' });
	});
});

describe('whatever is thrown', () => {
	test.each([undefined, null, 'text', 7, {}, { name: 3, message: 4, code: 5 }, new AggregateError([])])(
		'%s becomes a failure of the service',
		thrown => {
			expect(classify(thrown, 'X').kind).toBe('service');
		},
	);

	test('a failure stays what it is', () => {
		const failure = new GatewayFailure({ kind: 'missing', operation: 'A', code: 'B', detail: 'C' });
		expect(classify(failure, 'X')).toBe(failure);
	});

	test('hostile text is made safe and short', async () => {
		const failure = await failing(
			awsError('Evil\u001b]0;owned\u0007Exception', `\u001b[2J${'x\n😀'.repeat(500)}`),
		);
		expect(failure.details.code).toBe('EvilException');
		expect(failure.details.detail).toMatch(/^x 😀x 😀[x 😀]*…$/u);
		expect(failure.details.detail.length).toBeLessThanOrEqual(300);
		expect(failure.details.detail.isWellFormed()).toBe(true);
	});

	test('only what can pass by itself is transient', () => {
		const kinds: FailureKind[] = [
			'throttled',
			'network',
			'service',
			'denied',
			'expired',
			'missing',
			'invalid',
		];
		expect(kinds.filter(isTransient)).toEqual(['throttled', 'network', 'service']);
	});
});
