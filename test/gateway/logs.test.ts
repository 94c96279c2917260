import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import type { LogAnswer, LogNames, LogQuery } from '../../src/gateway/logs.ts';
import { awsError, type StubAnswer } from '../support/stub-aws.ts';
import { failureOf, never, stubAwsForEachTest } from './harness.ts';

const stub = stubAwsForEachTest();
const logs = (logNames?: Partial<LogNames>) => stub.connect({ maxAttempts: 1, logNames }).gateways.logs;
const operations = () => stub.aws.requests.map(({ operation }) => operation);
const inputs = (operation: string) =>
	stub.aws.requests.flatMap(request => (request.operation === operation ? [request.input] : []));

const instanceId = 'i-00251908fcdce4b31';
const deploymentId = asDeploymentId('d-75I7MBT7C');
const from = 1_700_000_000_000;
const query: LogQuery = { source: 'deployments', instanceId, deploymentId, from };

const streams = (...names: readonly string[]): StubAnswer => ({
	body: { logStreams: names.map(logStreamName => ({ logStreamName })) },
});
const stream = `${instanceId}-codedeploy-agent-deployment-log`;
const event = (id: number, offset = id, more: object = {}) => ({
	eventId: `e${id}`,
	timestamp: from + offset,
	ingestionTime: from + offset + 5,
	logStreamName: stream,
	message: `line ${id}`,
	...more,
});
const page = (events: readonly object[], nextToken?: string): StubAnswer => ({ body: { events, nextToken } });

/** What was shipped; a test fails if nothing was. */
function shipped(answer: LogAnswer) {
	if (!answer.shipped) throw new Error('not shipped');
	return answer;
}
const idsOf = (answer: LogAnswer) => shipped(answer).events.map(({ id }) => id);

describe('a log that is shipped', () => {
	test('is found by the names that the documentation suggests and the host’s id', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer('FilterLogEvents', page([event(2), event(1)]));
		expect(shipped(await logs().tail({ ...query, to: from + 1000 }, never))).toMatchObject({
			group: 'codedeploy-agent-deployment-log',
			streams: [stream],
			more: false,
			events: [
				{ id: 'e1', at: from + 1, ingestedAt: from + 6, stream, text: 'line 1' },
				{ id: 'e2', at: from + 2, ingestedAt: from + 7, stream, text: 'line 2' },
			],
		});
		expect(inputs('DescribeLogStreams')).toEqual([
			{ logGroupName: 'codedeploy-agent-deployment-log', logStreamNamePrefix: instanceId, limit: 50 },
		]);
		expect(inputs('FilterLogEvents')).toEqual([
			{
				logGroupName: 'codedeploy-agent-deployment-log',
				logStreamNames: [stream],
				filterPattern: '"d-75I7MBT7C"',
				startTime: from,
				endTime: from + 999,
				limit: 10_000,
			},
		]);
	});

	test('is looked for in the next group when there is no such group, or nothing of this host in it', async () => {
		stub.aws.answer(
			'DescribeLogStreams',
			awsError('ResourceNotFoundException'),
			streams(),
			streams(`${instanceId}-agent-log`),
		);
		stub.aws.answer('FilterLogEvents', page([]));
		const answer = await logs({ agent: ['none', 'empty', 'mine'] }).tail(
			{ ...query, source: 'agent' },
			never,
		);
		expect(answer).toMatchObject({ shipped: true, group: 'mine' });
		// The agent's own log names no deployment.
		expect(inputs('FilterLogEvents')[0]).not.toHaveProperty('filterPattern');
	});

	test('is found once: its place is remembered for each host and log', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream), streams('i-0a1b2c3d'));
		stub.aws.answer('FilterLogEvents', page([]), page([]), page([]));
		const gateway = logs();
		await gateway.tail(query, never);
		await gateway.tail(query, never);
		await gateway.tail({ ...query, instanceId: 'i-0a1b2c3d' }, never);
		expect(operations()).toEqual([
			'DescribeLogStreams',
			'FilterLogEvents',
			'FilterLogEvents',
			'DescribeLogStreams',
			'FilterLogEvents',
		]);
	});

	test('that moves is found again', async () => {
		stub.aws.answer(
			'DescribeLogStreams',
			streams(stream),
			awsError('ResourceNotFoundException'),
			streams(stream),
		);
		stub.aws.answer('FilterLogEvents', page([]), awsError('ResourceNotFoundException'), page([event(1)]));
		const gateway = logs();
		await gateway.tail(query, never);
		expect(await gateway.tail(query, never)).toMatchObject({
			shipped: true,
			group: 'codedeploy-agent-windows-deployment-log',
			events: [{ id: 'e1' }],
		});
	});

	test.each<[source: LogQuery['source'], names: readonly string[], chosen: readonly string[]]>([
		[
			'agent',
			['-codedeploy-agent-log', '-codedeploy-agent-deployment-log', '-codedeploy-agent-updater-log'],
			['-codedeploy-agent-log'],
		],
		[
			'deployments',
			['-codedeploy-agent-log', '-codedeploy-agent-deployment-log'],
			['-codedeploy-agent-deployment-log'],
		],
		['scripts', ['-agent-log', '-scripts.log'], ['-scripts.log']],
		['deployments', [''], ['']],
		['deployments', ['/a', '_b'], ['/a', '_b']],
		['deployments', ['0-deployments', 'x'], []],
		['deployments', ['-agent-log'], []],
	])('%s among %o', async (source, names, chosen) => {
		stub.aws.answer('DescribeLogStreams', streams(...names.map(name => instanceId + name)));
		stub.aws.answer('FilterLogEvents', page([]));
		const answer = await logs({ [source]: ['shared'] }).tail({ ...query, source }, never);
		expect(answer.shipped ? answer.streams : []).toEqual(chosen.map(name => instanceId + name));
	});
});

describe('a log that is not shipped', () => {
	test('is said to be so, and where it was looked for', async () => {
		stub.aws.answer('DescribeLogStreams', awsError('ResourceNotFoundException'), streams());
		expect(await logs().tail(query, never)).toEqual({
			shipped: false,
			looked: [
				{ group: 'codedeploy-agent-deployment-log', exists: false },
				{ group: 'codedeploy-agent-windows-deployment-log', exists: true },
			],
		});
	});

	test('costs nothing where there is nowhere to look', async () => {
		expect(await logs().tail({ ...query, source: 'scripts' }, never)).toEqual({ shipped: false, looked: [] });
		expect(stub.aws.requests).toEqual([]);
	});
});

describe('reading on', () => {
	test('follows empty pages with a token', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer('FilterLogEvents', page([], 'a'), page([], 'b'), page([event(1)]));
		expect(idsOf(await logs().tail(query, never))).toEqual(['e1']);
		expect(inputs('FilterLogEvents')).toMatchObject([{}, { nextToken: 'a' }, { nextToken: 'b' }]);
	});

	test('stops at a bound, says that there is more, and goes on from there', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		for (let at = 0; at < 20; at += 1) stub.aws.answer('FilterLogEvents', page([event(at)], `t${at}`));
		stub.aws.answer('FilterLogEvents', page([event(20)]));
		const gateway = logs();
		const first = shipped(await gateway.tail(query, never));
		expect([first.events.length, first.more]).toEqual([20, true]);
		const second = shipped(await gateway.tail({ ...query, after: first.cursor }, never));
		expect([idsOf(second), second.more]).toEqual([['e20'], false]);
		expect(inputs('FilterLogEvents').at(-1)).toMatchObject({ nextToken: 't19', startTime: from });
	});

	test('stops when a page fills the answer', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		const full = Array.from({ length: 10_000 }, (_, index) => event(index));
		stub.aws.answer('FilterLogEvents', page(full, 'a'));
		expect(shipped(await logs().tail(query, never)).more).toBe(true);
		expect(inputs('FilterLogEvents')).toHaveLength(1);
	});

	test('ends where a token comes round again', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer('FilterLogEvents', page([], 'a'), page([event(1)], 'a'));
		const answer = shipped(await logs().tail(query, never));
		expect([idsOf(answer), answer.more]).toEqual([['e1'], false]);
	});

	test('hands out every event once, late arrivals too', async () => {
		const gateway = logs();
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer('FilterLogEvents', page([event(1, 0), event(2, 300_000)]));
		const first = shipped(await gateway.tail(query, never));
		expect(idsOf(first)).toEqual(['e1', 'e2']);
		// Written before the newest one, arrived after it.
		stub.aws.answer('FilterLogEvents', page([event(3, 250_000), event(2, 300_000), event(4, 300_000)]));
		const second = shipped(await gateway.tail({ ...query, after: first.cursor }, never));
		expect(idsOf(second)).toEqual(['e3', 'e4']);
		expect(inputs('FilterLogEvents').at(-1)).toMatchObject({ startTime: from + 180_000 });
		stub.aws.answer('FilterLogEvents', page([event(3, 250_000), event(2, 300_000), event(4, 300_000)]));
		const third = shipped(await gateway.tail({ ...query, after: second.cursor }, never));
		expect(idsOf(third)).toEqual([]);
		expect(third.cursor.seen.map(({ id }) => id).sort()).toEqual(['e2', 'e3', 'e4']);
	});

	test('never asks for what is before the question', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer('FilterLogEvents', page([event(1)]));
		expect(shipped(await logs().tail(query, never)).cursor.from).toBe(from);
	});

	test('with a token that is too old begins anew, without doubles', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer(
			'FilterLogEvents',
			awsError('InvalidParameterException', 'token'),
			page([event(1), event(2)]),
		);
		const after = { from, newestAt: from + 1, token: 'old', seen: [{ id: 'e1', at: from + 1 }] };
		expect(idsOf(await logs().tail({ ...query, after }, never))).toEqual(['e2']);
		expect(inputs('FilterLogEvents')[1]).not.toHaveProperty('nextToken');
	});

	test('with a token that is too old does not begin where it began the first time', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer('FilterLogEvents', awsError('InvalidParameterException', 'token'), page([]));
		const after = { from, newestAt: from + 300_000, token: 'old', seen: [] };
		await logs().tail({ ...query, after }, never);
		expect(inputs('FilterLogEvents')).toMatchObject([{ startTime: from }, { startTime: from + 180_000 }]);
	});
});

describe('an event', () => {
	test('may have several lines, and no harm in them', async () => {
		stub.aws.answer('DescribeLogStreams', streams(stream));
		stub.aws.answer(
			'FilterLogEvents',
			page([
				event(1, 1, { message: 'ERROR\r\n\tat x\u001b]52;c;ZXZpbA==\u0007\n', logStreamName: 'a\u202eb' }),
				event(2, 2, { message: undefined, eventId: undefined }),
				{ message: 'from nowhen' },
			]),
		);
		const { events } = shipped(await logs().tail(query, never));
		expect(events.map(({ text, stream }) => [text, stream])).toEqual([
			['ERROR\n    at x', 'ab'],
			['', stream],
		]);
	});
});

describe('trouble', () => {
	test.each<[operation: string, type: string, kind: string]>([
		['DescribeLogStreams', 'AccessDeniedException', 'denied'],
		['DescribeLogStreams', 'ThrottlingException', 'throttled'],
		['FilterLogEvents', 'AccessDeniedException', 'denied'],
		['FilterLogEvents', 'ThrottlingException', 'throttled'],
		['FilterLogEvents', 'ServiceUnavailableException', 'service'],
		['FilterLogEvents', 'InvalidParameterException', 'invalid'],
	])('%s: %s is %s', async (operation, type, kind) => {
		if (operation === 'FilterLogEvents') stub.aws.answer('DescribeLogStreams', streams(stream));
		else stub.aws.answer(operation, awsError('ResourceNotFoundException'));
		stub.aws.answer(operation, awsError(type, `User: x is not authorized to perform: logs:${operation}`));
		const { details } = await failureOf(logs().tail(query, never));
		expect(details).toMatchObject({ kind, operation });
		expect(details.action).toBe(kind === 'denied' ? `logs:${operation}` : undefined);
	});

	test('a group that is denied does not hide another that may be read', async () => {
		stub.aws.answer('DescribeLogStreams', awsError('AccessDeniedException'), streams(stream));
		stub.aws.answer('FilterLogEvents', page([]));
		expect(await logs().tail(query, never)).toMatchObject({
			shipped: true,
			group: 'codedeploy-agent-windows-deployment-log',
		});
	});

	test('a denial is told when the log is found nowhere else', async () => {
		stub.aws.answer('DescribeLogStreams', awsError('AccessDeniedException', 'first'), streams());
		expect((await failureOf(logs().tail(query, never))).details).toMatchObject({
			kind: 'denied',
			detail: 'first',
		});
	});

	test.each([
		['no host', { instanceId: '' }],
		['every host', { instanceId: '*' }],
		['a pattern', { deploymentId: asDeploymentId('d-75I7MBT7C" OR "') }],
	])('%s is not asked for', async (_, part) => {
		const failure = await failureOf(logs().tail({ ...query, ...part }, never));
		expect(failure.details).toMatchObject({ kind: 'invalid', code: 'InvalidId' });
		expect(stub.aws.requests).toEqual([]);
	});
});
