import { describe, expect, test, vi } from 'vitest';
import type { HostCommand } from '../../src/domain/host-command.ts';
import { asDeploymentId, type InstanceId } from '../../src/domain/ids.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import { awsError } from '../support/stub-aws.ts';
import { createRecordingGate, failureOf, never, stubAwsForEachTest, untilDueWithin } from './harness.ts';

const stub = stubAwsForEachTest();
const id = 'i-00251908fcdce4b31' as InstanceId;
const command: HostCommand = { kind: 'agent-log', platform: 'linux' };
const sent = { body: { Command: { CommandId: 'command-1' } } };
const running = { body: { Status: 'InProgress', ResponseCode: -1 } };
const ended = (more: object = {}) => ({
	body: { Status: 'Success', StatusDetails: 'Success', ResponseCode: 0, ...more },
});
const operations = () => stub.aws.requests.map(({ operation }) => operation);

/** Runs the command, moving the clock on whenever it is waited for. */
async function run(what = command, signal = never, clock: VirtualClock = createVirtualClock(0)) {
	let settled = false;
	const { commands } = stub.connect({ clock, maxAttempts: 1 }).gateways;
	const result = commands.run(id, what, signal).finally(() => {
		settled = true;
	});
	result.catch(() => {});
	while (!settled) {
		// Deadlines of single calls are due later than any wait between two looks.
		const dueAt = clock.nextDueAt();
		if (dueAt !== undefined && dueAt - clock.now() <= 5000) clock.jumpTo(dueAt);
		await new Promise(resolve => setTimeout(resolve, 1));
	}
	return result;
}

describe('a command', () => {
	test('is sent once, looked at until it has ended, and its outputs are safe text', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer(
			'GetCommandInvocation',
			awsError('InvocationDoesNotExist'),
			{ body: { Status: 'Pending', ResponseCode: -1 } },
			running,
			ended({
				StandardOutputContent: 'one\r\n\u001b[31mtwo\u001b[0m\n',
				StandardErrorContent: '\u001b]0;owned\u0007warning\n',
				ExecutionStartDateTime: '2026-11-23T12:00:00.500Z',
				ExecutionEndDateTime: '',
			}),
		);
		expect(await run()).toEqual({
			status: 'Success',
			detail: 'Success',
			exitCode: 0,
			stdout: 'one\ntwo\n',
			stderr: 'warning\n',
			stdoutCut: false,
			stderrCut: false,
			startCut: false,
			startedAt: Date.UTC(2026, 10, 23, 12, 0, 0, 500),
		});
		expect(operations()).toEqual(['SendCommand', ...Array(4).fill('GetCommandInvocation')]);
		expect(stub.aws.requests[0]?.input).toEqual({
			InstanceIds: [id],
			DocumentName: 'AWS-RunShellScript',
			Comment: 'rollcall: end of the agent log',
			TimeoutSeconds: 30,
			Parameters: {
				commands: ['tail -c 20000 /var/log/aws/codedeploy-agent/codedeploy-agent.log'],
				executionTimeout: ['30'],
			},
		});
		expect(stub.aws.requests[1]?.input).toEqual({ CommandId: 'command-1', InstanceId: id });
	});

	test('for Windows goes by another document', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', ended());
		await run({ kind: 'agent-version', platform: 'windows' });
		expect(stub.aws.requests[0]?.input).toMatchObject({ DocumentName: 'AWS-RunPowerShellScript' });
	});

	test('is waited for longer and longer', async () => {
		const clock = createVirtualClock(0);
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', ...Array(8).fill(running), ended());
		const sleep = vi.spyOn(clock, 'sleep');
		await run(command, never, clock);
		const waits = sleep.mock.calls.map(([ms]) => ms).filter(ms => ms <= 5000);
		expect(waits.map(Math.round)).toEqual([500, 750, 1125, 1688, 2531, 3797, 5000, 5000, 5000]);
	});

	test('that fails on the host is an answer', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer(
			'GetCommandInvocation',
			ended({
				Status: 'Failed',
				StatusDetails: 'Failed',
				ResponseCode: 1,
				StandardErrorContent: 'tail: no such file',
			}),
		);
		expect(await run()).toMatchObject({ status: 'Failed', exitCode: 1, stderr: 'tail: no such file' });
	});

	test('that never reached its host says so', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', {
			body: { Status: 'TimedOut', StatusDetails: 'DeliveryTimedOut', ResponseCode: -1 },
		});
		const result = await run();
		expect(result).toMatchObject({ status: 'TimedOut', detail: 'DeliveryTimedOut', stdout: '' });
		expect(result).not.toHaveProperty('exitCode');
	});

	test('that does not end is given up and cancelled', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', ...Array(50).fill(running));
		stub.aws.answer('CancelCommand', { body: {} });
		expect(await run()).toMatchObject({ status: 'Unfinished', detail: 'not ended within 75 s' });
		await stub.aws.received('CancelCommand');
		expect(stub.aws.requests.at(-1)?.input).toEqual({ CommandId: 'command-1', InstanceIds: [id] });
	});
});

describe('long output', () => {
	const outcome = async (stdout: string, stderr = '') => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer(
			'GetCommandInvocation',
			ended({ StandardOutputContent: stdout, StandardErrorContent: stderr }),
		);
		const { stdoutCut, stderrCut, startCut } = await run();
		return { stdoutCut, stderrCut, startCut };
	};

	test.each<[what: string, stdout: string, stderr: string, cut: object]>([
		[
			'that fits',
			'x'.repeat(19_999),
			'x'.repeat(7_999),
			{ stdoutCut: false, stderrCut: false, startCut: false },
		],
		['of a file that is longer', 'x'.repeat(20_000), '', { startCut: true, stdoutCut: false }],
		['of many bytes in few characters', 'ü'.repeat(10_000), '', { startCut: true, stdoutCut: false }],
		['that Systems Manager cut', 'x'.repeat(24_000), 'x'.repeat(8_000), { stdoutCut: true, stderrCut: true }],
		[
			'that the host cut',
			'x\n---Output truncated---',
			'y\n---Error truncated----',
			{ stdoutCut: true, stderrCut: true },
		],
	])('%s', async (_, stdout, stderr, cut) => {
		expect(await outcome(stdout, stderr)).toMatchObject(cut);
	});

	test('of a command that reads no file has no missing start', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', ended({ StandardOutputContent: 'x'.repeat(22_000) }));
		expect(await run({ kind: 'disk', platform: 'linux' })).toMatchObject({ startCut: false });
	});
});

describe('trouble', () => {
	test.each(['reset', awsError('InternalServerError', '', 500), awsError('ThrottlingException')] as const)(
		'while sending: the command is not sent again: %o',
		async answer => {
			stub.aws.answer('SendCommand', answer, sent);
			await failureOf(run());
			expect(operations()).toEqual(['SendCommand']);
		},
	);

	test.each(['reset', awsError('ThrottlingException'), awsError('InternalServerError', '', 500)] as const)(
		'while looking: it is looked at again: %o',
		async answer => {
			stub.aws.answer('SendCommand', sent);
			stub.aws.answer('GetCommandInvocation', answer, ended());
			expect((await run()).status).toBe('Success');
			expect(operations()).toEqual(['SendCommand', 'GetCommandInvocation', 'GetCommandInvocation']);
		},
	);

	test('a host that Systems Manager does not reach is missing', async () => {
		stub.aws.answer(
			'SendCommand',
			awsError('InvalidInstanceId', 'Instances not in a valid state for account'),
		);
		const failure = await failureOf(run());
		expect(failure.details).toMatchObject({ kind: 'missing', code: 'InvalidInstanceId' });
	});

	test('a denial names the permission, whether it is to send or to look', async () => {
		const denied = (action: string) =>
			awsError('AccessDeniedException', `User: x is not authorized to perform: ${action} on resource: y`);
		stub.aws.answer('SendCommand', denied('ssm:SendCommand'), sent);
		stub.aws.answer('GetCommandInvocation', denied('ssm:GetCommandInvocation'));
		expect((await failureOf(run())).details.action).toBe('ssm:SendCommand');
		expect((await failureOf(run())).details.action).toBe('ssm:GetCommandInvocation');
	});

	test('an answer that names no command is a fault', async () => {
		stub.aws.answer('SendCommand', { body: {} });
		expect((await failureOf(run())).details).toMatchObject({ kind: 'service', code: 'EmptyAnswer' });
	});

	test('both calls pass the gate', async () => {
		const gate = createRecordingGate();
		const clock = createVirtualClock(0);
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', ended());
		const result = stub.connect({ gate, clock }).gateways.commands.run(id, command, never);
		clock.jumpTo(await untilDueWithin(clock, 5000));
		await result;
		expect(gate.log.filter(entry => entry.startsWith('admit'))).toEqual([
			'admit ssm SendCommand',
			'admit ssm GetCommandInvocation',
		]);
	});
});

describe('aborting', () => {
	test('cancels the command on the host', async () => {
		const abort = new AbortController();
		const clock = createVirtualClock(0);
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('CancelCommand', { body: {} });
		const result = stub.connect({ clock }).gateways.commands.run(id, command, abort.signal);
		await untilDueWithin(clock, 5000);
		abort.abort(new Error('enough'));
		await expect(result).rejects.toThrow('enough');
		await stub.aws.received('CancelCommand');
		expect(operations()).toEqual(['SendCommand', 'CancelCommand']);
	});

	test('is not held up by a cancelling that fails', async () => {
		const abort = new AbortController();
		const clock = createVirtualClock(0);
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('CancelCommand', awsError('AccessDeniedException'));
		const result = stub.connect({ clock }).gateways.commands.run(id, command, abort.signal);
		await untilDueWithin(clock, 5000);
		abort.abort(new Error('enough'));
		await expect(result).rejects.toThrow('enough');
		await stub.aws.received('CancelCommand');
	});

	test('before anything was sent sends nothing', async () => {
		const { commands } = stub.connect().gateways;
		await expect(commands.run(id, command, AbortSignal.abort(new Error('never')))).rejects.toThrow('never');
		expect(stub.aws.requests).toEqual([]);
	});
});

describe('what is not of the known set is not sent', () => {
	test.each<[what: string, instanceId: string, command: object]>([
		['another command', id, { kind: 'reboot', platform: 'linux' }],
		['a text of its own', id, { ...command, text: 'reboot', kind: 'text' }],
		[
			'an id with more behind it',
			id,
			{ kind: 'scripts-log', platform: 'linux', deploymentId: asDeploymentId('d-75I7MBT7C; reboot') },
		],
		['a group that is a path', id, { kind: 'deployment-root', platform: 'linux', groupId: '..' }],
		['a host that is none', 'web-1', command],
		['all hosts', '*', command],
	])('%s', async (_, instanceId, what) => {
		const { commands } = stub.connect().gateways;
		const failure = await failureOf(commands.run(instanceId as InstanceId, what as HostCommand, never));
		expect(failure.details).toMatchObject({ kind: 'invalid', code: 'RefusedCommand' });
		expect(stub.aws.requests).toEqual([]);
	});

	test('a text that is smuggled in beside is ignored', async () => {
		stub.aws.answer('SendCommand', sent);
		stub.aws.answer('GetCommandInvocation', ended());
		await run({ ...command, text: 'reboot' } as HostCommand);
		expect(JSON.stringify(stub.aws.requests[0]?.input)).not.toContain('reboot');
	});
});
