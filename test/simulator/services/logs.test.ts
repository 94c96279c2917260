import { describe, expect, test } from 'vitest';
import { readTargets } from '../read-targets.ts';
import { type OpenSimulator, openSimulator } from '../support.ts';
import { type Call, callLogs } from '../wire.ts';

const agentGroup = 'codedeploy-agent-log';
const deploymentGroup = 'codedeploy-agent-deployment-log';

type Event = {
	readonly logStreamName: string;
	readonly timestamp: number;
	readonly message: string;
	readonly ingestionTime: number;
	readonly eventId: string;
};

type Page = { readonly events: readonly Event[]; readonly nextToken?: string };

async function openLogs(scenario: Parameters<typeof openSimulator>[0], passMs: number) {
	const open = await openSimulator(scenario);
	open.pass(passMs);
	const targets = await readTargets(open.call, open.sim.deploymentId);
	return {
		open,
		call: callLogs(open),
		id: targets[1]?.targetId ?? '',
		ids: targets.map(each => each.targetId),
	};
}

/** All pages of a search. */
async function search(call: Call, input: Record<string, unknown>): Promise<readonly Page[]> {
	const pages: Page[] = [];
	for (let nextToken: unknown; pages.length === 0 || nextToken !== undefined; ) {
		const { body } = await call('FilterLogEvents', { ...input, nextToken });
		if (body.events === undefined) throw new Error(JSON.stringify(body));
		pages.push(body as Page);
		nextToken = body.nextToken;
	}
	return pages;
}

describe('groups and streams', () => {
	test('are named as the documentation of the agent suggests', async () => {
		const { call, id, ids } = await openLogs('script-exit', 60_000);
		const { body } = await call('DescribeLogGroups', { logGroupNamePrefix: 'codedeploy' });
		const names = (body.logGroups as { logGroupName: string }[]).map(each => each.logGroupName);
		expect(names).toEqual([deploymentGroup, agentGroup]);
		const streams = await call('DescribeLogStreams', { logGroupName: agentGroup, logStreamNamePrefix: id });
		expect(streams.body.logStreams).toEqual([
			expect.objectContaining({
				logStreamName: `${id}-agent-log`,
				lastEventTimestamp: expect.any(Number),
				lastIngestionTime: expect.any(Number),
			}),
		]);
		const newest = await call('DescribeLogStreams', {
			logGroupName: deploymentGroup,
			orderBy: 'LastEventTime',
			descending: true,
			limit: 3,
		});
		const times = (newest.body.logStreams as { lastEventTimestamp: number }[]).map(
			each => each.lastEventTimestamp,
		);
		expect(times).toEqual([...times].sort((a, b) => b - a));
		expect(newest.body.nextToken).toEqual(expect.any(String));
		expect(ids).toHaveLength(6);
	});

	test('are the others on Windows, and none where nothing is sent', async () => {
		const windows = await openLogs('script-exit-windows', 60_000);
		const { body } = await windows.call('DescribeLogGroups', {});
		expect((body.logGroups as { logGroupName: string }[]).map(each => each.logGroupName)).toEqual([
			'codedeploy-agent-windows-deployment-log',
			'codedeploy-agent-windows-log',
		]);
		const kept = await openLogs('blue-green', 60_000);
		expect((await kept.call('DescribeLogGroups', {})).body.logGroups).toEqual([]);
		const absent = await kept.call('FilterLogEvents', { logGroupName: agentGroup });
		expect(absent.body).toEqual({
			__type: 'ResourceNotFoundException',
			message: 'The specified log group does not exist.',
		});
	});

	test('cannot be ordered by time and have a prefix', async () => {
		const { call, id } = await openLogs('script-exit', 10_000);
		const { body } = await call('DescribeLogStreams', {
			logGroupName: agentGroup,
			orderBy: 'LastEventTime',
			logStreamNamePrefix: id,
		});
		expect(body.__type).toBe('InvalidParameterException');
	});
});

describe('FilterLogEvents', () => {
	test('finds the lines of a deployment on a host, as they stand in its file', async () => {
		const { open, call, id } = await openLogs('script-exit', 60_000);
		const { deploymentId } = open.sim;
		const pages = await search(call, {
			logGroupName: deploymentGroup,
			logStreamNamePrefix: id,
			filterPattern: `"${deploymentId}"`,
		});
		const events = pages.flatMap(page => page.events);
		expect(events.length).toBeGreaterThan(10);
		expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
		for (const { logStreamName, message, timestamp, ingestionTime } of events) {
			expect(logStreamName).toBe(`${id}-codedeploy-agent-deployment-log`);
			expect(message).toContain(`[${deploymentId}]`);
			expect(new Date(timestamp).toISOString().slice(11, 23)).toBe(message.slice(12, 24));
			expect(ingestionTime - timestamp).toBeGreaterThan(1000);
		}
		expect(events.at(-1)?.message).toContain('[stderr]workers not restarted');
		expect(events.map(({ timestamp }) => timestamp)).toEqual(
			events.map(({ timestamp }) => timestamp).sort((a, b) => a - b),
		);
	});

	test('can be asked for what is new: lines are late', async () => {
		const { open, call, id } = await openLogs('script-exit', 12_000);
		const seen = new Map<string, Event>();
		let startTime = 0;
		for (let poll = 0; poll < 10; poll++) {
			const pages = await search(call, { logGroupName: deploymentGroup, logStreamNamePrefix: id, startTime });
			for (const event of pages.flatMap(page => page.events)) seen.set(event.eventId, event);
			// Somebody who is not patient enough would miss what is on its way.
			startTime = Math.max(0, ...[...seen.values()].map(({ timestamp }) => timestamp));
			open.pass(1000);
		}
		const whole = await search(call, { logGroupName: deploymentGroup, logStreamNamePrefix: id });
		expect([...seen.keys()].sort()).toEqual(
			whole.flatMap(page => page.events.map(each => each.eventId)).sort(),
		);
	});

	test('has empty pages that are not the last', async () => {
		const { call } = await openLogs('healthy', 60_000);
		const pages = await search(call, { logGroupName: deploymentGroup, filterPattern: '"unknown queue"' });
		expect(pages.length).toBeGreaterThan(3);
		expect(pages.every(({ events }) => events.length === 0)).toBe(true);
	});

	test('keeps to the limit, and to the times', async () => {
		const { call, id } = await openLogs('script-exit', 60_000);
		const input = { logGroupName: deploymentGroup, logStreamNamePrefix: id };
		const all = (await search(call, input)).flatMap(page => page.events);
		const pages = await search(call, { ...input, limit: 7 });
		expect(pages.flatMap(page => page.events).map(each => each.eventId)).toEqual(
			all.map(each => each.eventId),
		);
		expect(Math.max(...pages.map(({ events }) => events.length))).toBe(7);
		const [third, fifth] = [all[2]?.timestamp ?? 0, all[4]?.timestamp ?? 0];
		const between = await search(call, { ...input, startTime: third, endTime: fifth });
		expect(
			between.flatMap(page => page.events).every(each => each.timestamp >= third && each.timestamp < fifth),
		).toBe(true);
	});

	test.each([
		['queue mailers_low', 1],
		['"[stderr]ERROR"', 1],
		['?launched ?queue', 1],
		['queue -mailers_low', 0],
		['QUEUE', 0],
	])('understands the pattern %s', async (filterPattern, count) => {
		const { call, id } = await openLogs('script-exit', 60_000);
		const pages = await search(call, {
			logGroupName: deploymentGroup,
			logStreamNamePrefix: id,
			filterPattern,
		});
		expect(pages.flatMap(page => page.events)).toHaveLength(count);
	});

	test.each([
		[{ logStreamNames: ['a'], logStreamNamePrefix: 'a' }],
		[{ logStreamNames: Array(101).fill('a') }],
		[{ limit: 10_001 }],
		[{ filterPattern: 'd-ABC' }],
		[{ filterPattern: '{ $.a = 1 }' }],
		[{ nextToken: 'bm9uZQ' }],
	])('refuses %j', async input => {
		const { call } = await openLogs('script-exit', 10_000);
		const { body } = await call('FilterLogEvents', { logGroupName: deploymentGroup, ...input });
		expect(body.__type).toBe('InvalidParameterException');
	});

	test('goes through a log of 50 MB without holding it', async () => {
		const { open, call, ids } = await openLogs('awkward-logs', 60_000);
		const { body } = await call('FilterLogEvents', {
			logGroupName: deploymentGroup,
			logStreamNamePrefix: ids[0],
			filterPattern: `"${open.sim.deploymentId}"`,
		});
		expect((body as Page).events.length).toBeGreaterThan(1000);
		expect(body.nextToken).toEqual(expect.any(String));
	});
});

describe('GetLogEvents', () => {
	const read = async ({ open }: { readonly open: OpenSimulator }, input: Record<string, unknown>) =>
		(await callLogs(open)('GetLogEvents', input)).body as {
			events: { message: string; timestamp: number }[];
			nextForwardToken: string;
			nextBackwardToken: string;
		};

	test('goes forwards to the end, where the same token comes back until there is more', async () => {
		const logs = await openLogs('script-exit', 6000);
		const stream = {
			logGroupName: deploymentGroup,
			logStreamName: `${logs.id}-codedeploy-agent-deployment-log`,
		};
		const messages: string[] = [];
		let page = await read(logs, { ...stream, startFromHead: true, limit: 5 });
		for (let token = ''; token !== page.nextForwardToken; ) {
			messages.push(...page.events.map(({ message }) => message));
			token = page.nextForwardToken;
			page = await read(logs, { ...stream, nextToken: token, limit: 5 });
		}
		expect(page.events).toEqual([]);
		expect(messages[0]).toMatch(/^# Logfile created on/);
		logs.open.pass(60_000);
		const later = await read(logs, { ...stream, nextToken: page.nextForwardToken });
		expect(later.events.at(-1)?.message).toContain('workers not restarted');
	});

	test('begins at the end when it is not told otherwise, and goes backwards', async () => {
		const logs = await openLogs('script-exit', 60_000);
		const stream = {
			logGroupName: deploymentGroup,
			logStreamName: `${logs.id}-codedeploy-agent-deployment-log`,
		};
		const last = await read(logs, { ...stream, limit: 2 });
		expect(last.events.map(({ message }) => message.slice(39))).toEqual([
			"[stderr]ERROR: config/sidekiq.yml: unknown queue 'mailers_low'",
			'[stderr]workers not restarted',
		]);
		const before = await read(logs, { ...stream, limit: 1, nextToken: last.nextBackwardToken });
		expect(before.events[0]?.message).toContain('Restarting background workers');
		const absent = await callLogs(logs.open)('GetLogEvents', { ...stream, logStreamName: 'none' });
		expect(absent.body.__type).toBe('ResourceNotFoundException');
	});
});

test('a denial names the action and the group', async () => {
	const { open, call } = await openLogs('script-exit', 5000);
	open.sim.inject({ type: 'deny', operations: ['FilterLogEvents'] });
	const { body } = await call('FilterLogEvents', { logGroupName: agentGroup });
	expect(body.Message).toContain(
		`logs:FilterLogEvents on resource: arn:aws:logs:eu-west-1:123456789012:log-group:${agentGroup}:`,
	);
});
