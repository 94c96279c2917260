import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { CallRecord } from '../../src/gateway/call-log.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { jsonLine } from '../../src/view/json.ts';
import { awsError } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const id = asDeploymentId('d-75I7MBT7C');
const good = {
	headers: { 'x-amzn-requestid': '5d0e1f0a-0000-4000-8000-00000000abcd' },
	body: { deploymentInfo: { deploymentId: id, status: 'InProgress' } },
};
const stub = stubAwsForEachTest();

function connectWithLog(options: Parameters<typeof stub.connect>[0] = {}) {
	const records: CallRecord[] = [];
	const { gateways } = stub.connect({ ...options, log: record => void records.push(record) });
	return { records, ...gateways };
}

describe('every attempt is written down', () => {
	test('with its time, its outcome and its number', async () => {
		const { records, codeDeploy } = connectWithLog();
		stub.aws.answer('GetDeployment', awsError('InternalFailure', 'oops', 500), good);
		await codeDeploy.getDeployment(id, never);
		const common = { service: 'codedeploy', operation: 'GetDeployment', waitedMs: expect.any(Number) };
		expect(records).toEqual([
			{
				...common,
				at: expect.any(Number),
				ms: expect.any(Number),
				attempt: 1,
				outcome: 'service',
				code: 'InternalFailure',
				status: 500,
				requestId: 'b1946ac9-2492-4d1f-9f5e-0123456789ab',
				sentBytes: 30,
				receivedBytes: 70,
			},
			{
				...common,
				at: expect.any(Number),
				ms: expect.any(Number),
				attempt: 2,
				outcome: 'ok',
				status: 200,
				requestId: '5d0e1f0a-0000-4000-8000-00000000abcd',
				sentBytes: 30,
				receivedBytes: expect.any(Number),
			},
		]);
	});

	test('with how long it waited for its turn, apart from how long it took', async () => {
		const clock = createVirtualClock(1_000);
		const gate = { admit: async () => clock.jumpTo(6_000), report: () => {} };
		const { records, codeDeploy } = connectWithLog({ clock, gate });
		stub.aws.answer('GetDeployment', good);
		await codeDeploy.getDeployment(id, never);
		expect(records).toMatchObject([{ at: 6_000, waitedMs: 5_000, ms: 0, outcome: 'ok' }]);
	});

	test('when the connection breaks', async () => {
		const { records, codeDeploy } = connectWithLog();
		stub.aws.answer('GetDeployment', 'reset', 'reset mid-body');
		await failureOf(codeDeploy.getDeployment(id, never));
		expect(records.map(({ attempt, outcome, code }) => [attempt, outcome, code])).toEqual([
			[1, 'network', 'ECONNRESET'],
			[2, 'network', expect.any(String)],
		]);
	});

	test('when nobody waits for the answer any more', async () => {
		const { records, codeDeploy } = connectWithLog();
		stub.aws.answer('GetDeployment', 'black hole');
		const controller = new AbortController();
		const call = codeDeploy.getDeployment(id, controller.signal);
		await stub.aws.received('GetDeployment');
		controller.abort(new Error('moved on'));
		await expect(call).rejects.toThrow('moved on');
		await vi.waitFor(() => expect(records).toMatchObject([{ attempt: 1, outcome: 'abandoned' }]));
	});

	test('and a call that could not be sent at all', async () => {
		vi.stubEnv('AWS_ACCESS_KEY_ID', undefined);
		vi.stubEnv('AWS_SECRET_ACCESS_KEY', undefined);
		const { records, codeDeploy } = connectWithLog();
		await failureOf(codeDeploy.getDeployment(id, never));
		expect(records).toMatchObject([
			{ operation: 'GetDeployment', attempt: 0, outcome: 'credentials', code: 'CredentialsProviderError' },
		]);
	});
});

describe('nothing secret is written down', () => {
	const letters = [...'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'];
	const keyId = fc
		.array(fc.constantFrom(...letters), { minLength: 16, maxLength: 16 })
		.map(word => `AKIA${word.join('')}`);
	const secret = fc
		.uint8Array({ minLength: 27, maxLength: 27 })
		.map(bytes => `zQ9/${Buffer.from(bytes).toString('base64')}`);
	const token = secret.map(each => `IQoJb3JpZ2lu${each}`);

	test('of keys, headers, bodies, URLs and the words of AWS, wherever it stands', async () => {
		await fc.assert(
			fc.asyncProperty(keyId, secret, token, async (accessKey, secretKey, sessionToken) => {
				vi.stubEnv('AWS_ACCESS_KEY_ID', accessKey);
				vi.stubEnv('AWS_SECRET_ACCESS_KEY', secretKey);
				vi.stubEnv('AWS_SESSION_TOKEN', sessionToken);
				const { records, codeDeploy, bundles } = connectWithLog({ maxAttempts: 1 });
				const planted = `${accessKey} ${sessionToken} password=${secretKey}`;
				const headers = { 'x-amzn-requestid': sessionToken, 'x-secret': planted };
				stub.aws.answer(
					'GetDeployment',
					{ ...good, headers },
					{ status: 400, headers, body: { __type: accessKey, message: planted } },
					{ status: 403, headers, body: { __type: 'AccessDeniedException', message: planted } },
					{ status: 502, headers, raw: planted },
				);
				for (let each = 0; each < 4; each++) {
					await codeDeploy.getDeployment(asDeploymentId(`d-${accessKey}`), never).catch(() => {});
				}
				await bundles
					.head({ bucket: 'releases', key: `k?X-Amz-Signature=${secretKey}` }, never)
					.catch(() => {});
				expect(records.length).toBeGreaterThanOrEqual(5);
				const text = records.map(jsonLine).join('\n');
				for (const each of [accessKey, secretKey, sessionToken]) expect(text).not.toContain(each);
			}),
			{ numRuns: 25 },
		);
	});
});
