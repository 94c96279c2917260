import { describe, expect, test } from 'vitest';
import { asDeploymentId, asTargetId, type InstanceId } from '../../src/domain/ids.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { mergeTargets } from '../../src/monitor/reduce-rollout.ts';
import type { StubAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const id = asDeploymentId('d-75I7MBT7C');
const noon = Date.UTC(2026, 10, 23, 12);
const hour = 3_600_000;
const requestId = { 'x-amzn-requestid': 'r' };

/** A machine whose clock says noon until it is set. */
function machine() {
	let at = noon;
	// What it waits for between two looks at a command costs no time.
	const clock: Clock = {
		now: () => at,
		sleep: (ms, signal) => systemClock.sleep(ms < 1000 ? 0 : ms, signal),
	};
	return {
		connection: stub.connect({ clock }),
		set: (ms: number) => {
			at = ms;
		},
	};
}

/** An answer that AWS writes at `at`. */
const written = (at: number, body: object, headers: Record<string, string> = requestId) => ({
	headers: { ...headers, date: new Date(at).toUTCString() },
	body,
});
const created = (at: number) => ({ deploymentInfo: { deploymentId: id, createTime: at / 1000 } });
const inputOf = (operation: string) => stub.aws.requests.find(each => each.operation === operation)?.input;

describe.each([
	['behind', hour],
	['ahead of', -hour],
])('a clock that is an hour %s that of AWS', (_, aheadMs) => {
	test('is not noticed in answers, and not in questions', async () => {
		const { codeDeploy, alarms } = machine().connection.gateways;
		stub.aws.answer('GetDeployment', written(noon + aheadMs, created(noon + aheadMs - 5000)));
		expect(await codeDeploy.getDeployment(id, never)).toMatchObject({ createdAt: noon - 5000 });

		stub.aws.answer('ListDeployments', { body: {} });
		await codeDeploy.listDeployments({ createdAfter: noon - 60_000 }, never);
		expect(inputOf('ListDeployments')).toEqual({
			createTimeRange: { start: (noon + aheadMs - 60_000) / 1000 },
		});

		const range = { from: noon - 60_000, to: noon };
		const at = (noon + aheadMs - 30_000) / 1000;
		const series = { Id: 'watched', Timestamps: [at], Values: [7] };
		stub.aws.answer('GetMetricData', { body: { MetricDataResults: [series] } });
		const alarm = {
			name: 'a',
			kind: 'metric',
			state: 'OK',
			reason: '',
			query: { watched: 'watched', queries: [{ Id: 'watched' }] },
		} as const;
		expect(await alarms.getSeries(alarm, range, never)).toEqual([{ at: noon - 30_000, value: 7 }]);
		expect(inputOf('GetMetricData')).toMatchObject({
			StartTime: (range.from + aheadMs) / 1000,
			EndTime: (range.to + aheadMs) / 1000,
		});
	});

	test('is not noticed in logs, whose times are numbers', async () => {
		const { logs } = machine().connection.gateways;
		const stream = 'i-00251908fcdce4b31-codedeploy-agent-log';
		const timestamp = noon + aheadMs - 9000;
		const event = { eventId: 'e', logStreamName: stream, message: 'm', timestamp };
		stub.aws.answer(
			'DescribeLogStreams',
			written(noon + aheadMs, { logStreams: [{ logStreamName: stream }] }),
		);
		stub.aws.answer('FilterLogEvents', {
			body: { events: [{ ...event, ingestionTime: timestamp + 100 }] },
		});
		const query = {
			source: 'agent',
			instanceId: 'i-00251908fcdce4b31',
			from: noon - hour,
			to: noon,
		} as const;
		expect(await logs.tail(query, never)).toMatchObject({
			events: [{ at: noon - 9000, ingestedAt: noon - 8900 }],
		});
		expect(inputOf('FilterLogEvents')).toMatchObject({
			startTime: noon + aheadMs - hour,
			endTime: noon + aheadMs - 1,
			limit: 10_000,
		});
	});
});

test('the body of an object is no time', async () => {
	const { bundles } = machine().connection.gateways;
	const headers = { 'x-amz-request-id': 'r', date: new Date(noon + hour).toUTCString() };
	stub.aws.answer('GetObject', { headers, raw: 'PK' });
	const location = { bucket: 'artifacts', key: 'build.zip' };
	const bytes = await bundles.read(location, { from: 0, length: 100 }, never);
	expect(Buffer.from(bytes).toString()).toBe('PK');
});

describe('what is kept of it', () => {
	const impossible = 'Mon, 99 Nov 2026 12:00:00 GMT';
	/** Answers one after the other: when each arrives, when AWS wrote it, and what it takes of that. */
	async function found(...answers: readonly (readonly [at: number, writtenAt: number])[]) {
		const { connection, set } = machine();
		const times: (number | undefined)[] = [];
		for (const [at, writtenAt] of answers) {
			set(at);
			stub.aws.answer('GetDeployment', written(writtenAt, created(noon)));
			times.push((await connection.gateways.codeDeploy.getDeployment(id, never)).createdAt);
		}
		return { times, skewMs: connection.clockSkewMs() };
	}

	test('nothing while it is less than a minute', async () => {
		expect(await found([noon, noon + 59_000], [noon, noon - 59_000])).toEqual({
			times: [noon, noon],
			skewMs: 0,
		});
	});

	test('the same while it is right to a minute: equal answers stay equal', async () => {
		const { times } = await found([noon, noon + hour], [noon + 10_900, noon + hour + 50_000]);
		expect(times).toEqual([noon - hour, noon - hour]);
	});

	test('whole seconds, which HTTP cuts off', async () => {
		expect(await found([noon + 700, noon + hour])).toMatchObject({ skewMs: hour });
		expect(await found([noon + 700, noon - hour])).toMatchObject({ skewMs: -hour });
	});

	test('nothing any more once the clock has been set', async () => {
		const right = noon + hour;
		expect(await found([noon, right], [right + 1000, right + 31_000])).toEqual({
			times: [noon - hour, noon],
			skewMs: 0,
		});
	});

	test('the order of the answers, when the clock is set back between two of them', async () => {
		const { connection, set } = machine();
		const targetId = asTargetId('i-0123456789abcdef0');
		const read = async (at: number, writtenAt: number, status: string) => {
			set(at);
			const instanceTarget = { deploymentId: id, targetId, status, lastUpdatedAt: writtenAt / 1000 - 1 };
			const deploymentTargets = [{ deploymentTargetType: 'InstanceTarget', instanceTarget }];
			stub.aws.answer('BatchGetDeploymentTargets', written(writtenAt, { deploymentTargets }));
			return connection.gateways.codeDeploy.getTargets(id, [targetId], never);
		};
		const before = await read(noon + hour, noon, 'InProgress');
		const after = await read(noon + 10_000, noon + 10_000, 'Failed');
		const known = mergeTargets(new Map(), before);
		expect(mergeTargets(known, after).get(targetId)).toMatchObject({
			status: 'Failed',
			updatedAt: noon + 9000,
		});
		expect(mergeTargets(mergeTargets(known, after), before).get(targetId)?.status).toBe('Failed');
	});

	test.each([
		['somebody else on the way', written(noon + hour, created(noon), {})],
		['a cache', written(noon + hour, created(noon), { ...requestId, age: '3600' })],
		['a clock that cannot be read', { headers: { ...requestId, date: 'yesterday' }, body: created(noon) }],
		['a clock that is none', { headers: { ...requestId, date: '7' }, body: created(noon) }],
		['a day that there is not', { headers: { ...requestId, date: impossible }, body: created(noon) }],
	])('nothing by the word of %s', async (_, answer) => {
		const { connection } = machine();
		stub.aws.answer('GetDeployment', answer);
		expect((await connection.gateways.codeDeploy.getDeployment(id, never)).createdAt).toBe(noon);
		expect(connection.clockSkewMs()).toBe(0);
	});

	test('nothing of an answer that lay there while the machine slept', async () => {
		const { connection, set } = machine();
		stub.aws.answer('GetDeployment', written(noon, created(noon)));
		const asked = connection.gateways.codeDeploy.getDeployment(id, never);
		await stub.aws.received('GetDeployment');
		set(noon + hour);
		expect((await asked).createdAt).toBe(noon);
	});

	test('for the times that hosts tell, on which Systems Manager has no say', async () => {
		const { connection } = machine();
		const host = 'i-00251908fcdce4b31';
		stub.aws.answer('SendCommand', written(noon + hour, { Command: { CommandId: 'c' } }));
		stub.aws.answer('GetCommandInvocation', { body: { Status: 'Success', ResponseCode: 0 } });
		const command = { kind: 'clock', platform: 'linux' } as const;
		expect(await connection.gateways.commands.run(host as InstanceId, command, never)).toMatchObject({
			skewMs: hour,
		});
	});
});

describe('what is signed', () => {
	const refused = (type: string, at: number): StubAnswer => ({
		...written(at, { __type: type, message: 'Signature not yet current' }),
		status: 400,
	});
	const signedAt = (index: number) => {
		const stamp = String(stub.aws.requests[index]?.headers['x-amz-date']);
		return Date.parse(stamp.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
	};

	test('has AWS’s time from the second attempt on, and a change from its first and only one', async () => {
		const { gateways } = stub.connect();
		const theirs = Date.now() - hour;
		stub.aws.answer(
			'GetDeployment',
			refused('InvalidSignatureException', theirs),
			written(theirs, created(theirs)),
		);
		await gateways.codeDeploy.getDeployment(id, never);
		stub.aws.answer('StopDeployment', written(theirs, { status: 'Pending' }));
		await gateways.codeDeploy.stopDeployment(id, { rollBack: false }, never);
		stub.aws.answer('DescribeAlarms', written(theirs, {}));
		await gateways.alarms.describeAlarms(['a'], never);
		expect(stub.aws.requests.map(({ operation }) => operation)).toEqual([
			'GetDeployment',
			'GetDeployment',
			'StopDeployment',
			'DescribeAlarms',
		]);
		expect(Math.abs(signedAt(0) - theirs - hour)).toBeLessThan(60_000);
		for (const later of [1, 2, 3]) expect(Math.abs(signedAt(later) - theirs)).toBeLessThan(60_000);
	});

	test('is not sent again because of the time if that was known, or if it is not about the time', async () => {
		const { codeDeploy } = stub.connect().gateways;
		const theirs = Date.now() - hour;
		for (const type of ['DeploymentDoesNotExistException', 'AccessDeniedException'])
			stub.aws.answer('GetDeployment', refused(type, theirs));
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('missing');
		expect((await failureOf(codeDeploy.getDeployment(id, never))).kind).toBe('denied');
		expect(stub.aws.requests).toHaveLength(2);
	});
});
