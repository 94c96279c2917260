import { describe, expect, test } from 'vitest';
import { type OpenSimulator, openSimulator, startAt } from '../support.ts';
import { callSsm, ec2Version, elements, query, runOn } from '../wire.ts';

async function hostIds(open: OpenSimulator): Promise<readonly string[]> {
	return elements((await query(open, ec2Version, 'DescribeInstances')).text, 'instanceId');
}

type Command = {
	readonly CommandId: string;
	readonly InstanceIds: readonly string[];
	readonly ExpiresAfter: number;
};

/** Sends a command to the first hosts; more input as a test needs it. */
async function send(open: OpenSimulator, commands: readonly string[], more: Record<string, unknown> = {}) {
	const [id = ''] = await hostIds(open);
	const { body, status } = await callSsm(open)('SendCommand', {
		DocumentName: 'AWS-RunShellScript',
		InstanceIds: [id],
		...more,
		Parameters: { commands, ...(more.Parameters as object) },
	});
	return { status, body, id, command: body.Command as Command };
}

describe('DescribeInstanceInformation', () => {
	test('pages, ten at a time unless told otherwise', async () => {
		const open = await openSimulator('healthy');
		const call = callSsm(open);
		const sizes: number[] = [];
		for (const MaxResults of [undefined, 5, 50]) {
			const { body } = await call('DescribeInstanceInformation', { MaxResults });
			sizes.push((body.InstanceInformationList as unknown[]).length);
			expect(body.NextToken).toEqual(expect.any(String));
		}
		expect(sizes).toEqual([10, 5, 50]);
		expect((await call('DescribeInstanceInformation', { MaxResults: 51 })).body.__type).toBe(
			'ValidationException',
		);
		expect((await call('DescribeInstanceInformation', { NextToken: 'x' })).body.__type).toBe(
			'InvalidNextToken',
		);
	});

	test('knows by id who is online, and says nothing of strangers', async () => {
		const open = await openSimulator('no-instance-profile');
		const call = callSsm(open);
		const { text } = await query(open, ec2Version, 'DescribeInstances', {
			'Filter.1.Name': 'instance-state-name',
			'Filter.1.Value.1': 'running',
		});
		const ids = elements(text, 'instanceId');
		const { body } = await call('DescribeInstanceInformation', {
			Filters: [{ Key: 'InstanceIds', Values: [...ids, 'i-00000000000000000'] }],
		});
		const list = body.InstanceInformationList as { InstanceId: string; PingStatus: string }[];
		expect(list).toHaveLength(3);
		expect(list[0]).toMatchObject({
			InstanceId: ids[0],
			PingStatus: 'Online',
			PlatformType: 'Linux',
			LastPingDateTime: startAt / 1000,
		});
		const wrong = await call('DescribeInstanceInformation', {
			Filters: [{ Key: 'Colour', Values: ['red'] }],
		});
		expect(wrong.body.__type).toBe('InvalidFilterKey');
	});
});

describe('a command', () => {
	test('is unknown at first, then pending, then running, then done', async () => {
		const open = await openSimulator('healthy');
		const { command, id } = await send(open, ['echo out', 'cat /none']);
		expect(command).toMatchObject({ Status: 'Pending', TargetCount: 1, ExpiresAfter: startAt / 1000 + 7200 });
		expect(command.CommandId).toMatch(/^[0-9a-f-]{36}$/);
		const seen: unknown[] = [];
		for (let step = 0; step < 16; step++) {
			const { body } = await callSsm(open)('GetCommandInvocation', {
				CommandId: command.CommandId,
				InstanceId: id,
			});
			const { Status = body.__type, ResponseCode, StandardOutputContent } = body;
			const told = `${Status} ${ResponseCode} ${JSON.stringify(StandardOutputContent)}`;
			if (seen.at(-1) !== told) seen.push(told);
			open.pass(250);
		}
		expect(seen).toEqual([
			'InvocationDoesNotExist undefined undefined',
			'Pending -1 ""',
			'InProgress -1 ""',
			'Failed 1 "out\\n"',
		]);
		const { body } = await callSsm(open)('GetCommandInvocation', {
			CommandId: command.CommandId,
			InstanceId: id,
		});
		expect(body).toMatchObject({
			StatusDetails: 'Failed',
			PluginName: 'aws:runShellScript',
			StandardErrorContent: 'cat: /none: No such file or directory\nfailed to run commands: exit status 1',
			ExecutionStartDateTime: expect.stringMatching(/^2026-11-23T12:00:0/),
			ExecutionElapsedTime: expect.stringMatching(/^PT0\.\d{3}S$/),
		});
	});

	test('shows the first 24,000 characters of its output', async () => {
		const open = await openSimulator('awkward-logs');
		open.pass(40_000);
		const [id = ''] = await hostIds(open);
		const log = '/opt/codedeploy-agent/deployment-root/deployment-logs/codedeploy-agent-deployments.log';
		const whole = await runOn(open, id, [`cat ${log}`]);
		expect(whole.StandardOutputContent).toHaveLength(24_000);
		expect(whole.StandardOutputContent).toMatch(/--output truncated--$/);
		expect(whole.StandardOutputContent).not.toContain('mailers_low');
		const end = await runOn(open, id, [`tail -c 20000 ${log}`]);
		expect(end.StandardOutputContent).toHaveLength(20_000);
		expect(end.StandardOutputContent).toContain('mailers_low');
		const { body } = await callSsm(open)('ListCommandInvocations', { Details: true, MaxResults: 1 });
		const [listed] = body.CommandInvocations as { CommandPlugins: { Output: string }[] }[];
		expect(listed?.CommandPlugins[0]?.Output).toHaveLength(2500);
	});

	test('sees the host as it is when it runs', async () => {
		const open = await openSimulator('script-exit');
		open.pass(20_000);
		const ids = await hostIds(open);
		const earlier = await runOn(open, ids[1] ?? '', ['date -u +%s']);
		open.pass(60_000);
		const later = await runOn(open, ids[1] ?? '', ['date -u +%s']);
		const [before, after] = [earlier, later].map(({ StandardOutputContent }) =>
			Number(StandardOutputContent),
		);
		expect((after ?? 0) - (before ?? 0)).toBeGreaterThanOrEqual(65);
	});

	test('ends when it takes too long, or is called off', async () => {
		const open = await openSimulator('healthy');
		const call = callSsm(open);
		const slow = await send(open, ['sleep 60; echo late'], { Parameters: { executionTimeout: ['5'] } });
		const unwanted = await send(open, ['sleep 60']);
		open.pass(3000);
		expect((await call('CancelCommand', { CommandId: unwanted.command.CommandId })).body).toEqual({});
		open.pass(120_000);
		const ended = await Promise.all(
			[slow, unwanted].map(({ command, id }) =>
				call('GetCommandInvocation', { CommandId: command.CommandId, InstanceId: id }),
			),
		);
		expect(ended.map(({ body }) => [body.Status, body.StatusDetails, body.StandardOutputContent])).toEqual([
			['TimedOut', 'ExecutionTimedOut', ''],
			['Cancelled', 'Cancelled', ''],
		]);
	});

	test('that cannot be delivered waits, and is given up', async () => {
		const open = await openSimulator('agent-silent');
		const call = callSsm(open);
		const lost = await call('DescribeInstanceInformation', {
			Filters: [{ Key: 'PingStatus', Values: ['ConnectionLost'] }],
		});
		const [host] = lost.body.InstanceInformationList as { InstanceId: string }[];
		const InstanceId = host?.InstanceId;
		const { command } = await send(open, ['true'], { InstanceIds: [InstanceId], TimeoutSeconds: 30 });
		const seen: unknown[] = [];
		for (const ms of [10_000, 15_000, 10_000]) {
			open.pass(ms);
			const { body } = await call('GetCommandInvocation', { CommandId: command.CommandId, InstanceId });
			seen.push(body.StatusDetails);
		}
		expect(seen).toEqual(['Pending', 'Pending', 'DeliveryTimedOut']);
		expect((await call('StartSession', { Target: InstanceId })).body.__type).toBe('TargetNotConnected');
	});

	test('goes to all that have a tag, each by itself', async () => {
		const open = await openSimulator('healthy');
		const { command } = await send(open, ['hostname'], {
			InstanceIds: undefined,
			Targets: [{ Key: 'tag:Name', Values: ['checkout-api-03', 'checkout-api-04'] }],
		});
		open.pass(6000);
		const { body } = await callSsm(open)('ListCommandInvocations', {
			CommandId: command.CommandId,
			Details: true,
		});
		const invocations = body.CommandInvocations as {
			InstanceName: string;
			Status: string;
			CommandPlugins: { Output: string }[];
		}[];
		expect(invocations.map(({ InstanceName, Status }) => [InstanceName, Status])).toEqual([
			['checkout-api-03', 'Success'],
			['checkout-api-04', 'Success'],
		]);
		expect(new Set(invocations.map(({ CommandPlugins }) => CommandPlugins[0]?.Output)).size).toBe(2);
	});

	test.each([
		['an unknown document', { DocumentName: 'AWS-RunAnything' }, 'InvalidDocument'],
		['a document for another platform', { DocumentName: 'AWS-RunPowerShellScript' }, undefined],
		['a short timeout', { TimeoutSeconds: 29 }, 'ValidationException'],
		['a long comment', { Comment: 'x'.repeat(101) }, 'ValidationException'],
		['too many hosts', { InstanceIds: Array(51).fill('i-00000000000000000') }, 'ValidationException'],
		[
			'too many targets',
			{ InstanceIds: [], Targets: Array(6).fill({ Key: 'tag:a', Values: ['b'] }) },
			'ValidationException',
		],
		['nobody', { InstanceIds: [] }, 'InvalidParameters'],
		['a stranger', { InstanceIds: ['i-00000000000000000'] }, 'InvalidInstanceId'],
		['one host twice', { InstanceIds: ['i-1', 'i-1'] }, 'DuplicateInstanceId'],
		['an odd timeout', { Parameters: { executionTimeout: ['soon'] } }, 'InvalidParameters'],
		['no commands', { Parameters: { commands: [] } }, 'InvalidParameters'],
	])('for %s', async (_what, more, code) => {
		const open = await openSimulator('healthy');
		expect((await send(open, ['true'], more)).body.__type).toBe(code);
	});

	test('is not for a machine with Windows when it is for a shell', async () => {
		const open = await openSimulator('script-exit-windows');
		expect((await send(open, ['true'])).body.__type).toBe('UnsupportedPlatformType');
	});

	test('that nobody sent', async () => {
		const open = await openSimulator('healthy');
		const CommandId = '00000000-0000-4000-a000-000000000000';
		const { body } = await callSsm(open)('GetCommandInvocation', {
			CommandId,
			InstanceId: 'i-00000000000000000',
		});
		expect(body.__type).toBe('InvalidCommandId');
	});
});

describe('a session', () => {
	test('is handed out for a host that is online, and for no other', async () => {
		const open = await openSimulator('no-instance-profile');
		const { text } = await query(open, ec2Version, 'DescribeInstances', {
			'Filter.1.Name': 'instance-state-name',
			'Filter.1.Value.1': 'running',
		});
		const [well, lost] = elements(text, 'instanceId');
		const call = callSsm(open);
		expect((await call('StartSession', { Target: well })).body).toMatchObject({
			SessionId: expect.any(String),
			TokenValue: expect.any(String),
			StreamUrl: expect.stringMatching(/^wss:\/\//),
		});
		expect((await call('StartSession', { Target: lost })).body).toEqual({
			__type: 'TargetNotConnected',
			message: `${lost} is not connected.`,
		});
	});
});

test('a denial names the action and the instance', async () => {
	const open = await openSimulator('healthy');
	open.sim.inject({ type: 'deny', operations: ['SendCommand'] });
	const { body, id } = await send(open, ['true']);
	expect(body).toEqual({
		__type: 'AccessDeniedException',
		Message: expect.stringContaining(
			`ssm:SendCommand on resource: arn:aws:ec2:eu-west-1:123456789012:instance/${id} because`,
		),
	});
});
