import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { auditCommands } from '../../src/actions/audited-commands.ts';
import type { HostCommand, HostCommandResult } from '../../src/domain/host-command.ts';
import { hostScript } from '../../src/domain/host-command.ts';
import type { InstanceId } from '../../src/domain/ids.ts';
import { type FailureKind, GatewayFailure } from '../../src/gateway/failure.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { createStore } from '../../src/monitor/store.ts';
import { stopEntry } from '../support/records.ts';
import { noon } from '../view/support/cast.ts';
import { earlierId, running } from '../view/support/stories.ts';

const host = 'i-0db27af8628206ab0' as InstanceId;
const disk: HostCommand = { kind: 'disk', platform: 'linux' };
const diskText = hostScript(disk)?.text;

const result: HostCommandResult = {
	status: 'Success',
	detail: 'Success',
	exitCode: 0,
	stdout: 'secret content of a file',
	stderr: '',
	stdoutCut: false,
	stderrCut: false,
	startCut: false,
};

type Options = {
	readonly answer?: HostCommandResult | Error;
	readonly readOnly?: boolean;
	readonly isAllowed?: boolean;
	readonly audit?: Error;
};

function open({ answer = result, readOnly = false, isAllowed = true, audit }: Options = {}) {
	const told: string[] = [];
	const audited: AuditEntry[] = [];
	const store = createStore(running({ session: { readOnly } }), () => {});
	if (isAllowed) store.dispatch({ type: 'hostCommands.allowed' });
	const commands = auditCommands(
		{
			async run(instanceId, command) {
				told.push(`run ${command.kind} on ${instanceId}`);
				if (answer instanceof Error) throw answer;
				return answer;
			},
		},
		{
			store,
			clock: createVirtualClock(noon),
			audit: {
				write(entry) {
					told.push(`audit ${entry.outcome}`);
					audited.push(entry);
					if (audit) throw audit;
				},
				read: () => audited,
			},
		},
	);
	const run = (command = disk, signal = new AbortController().signal) => commands.run(host, command, signal);
	return { store, told, audited, run };
}

const failure = (kind: FailureKind) =>
	new GatewayFailure({ kind, operation: 'SendCommand', code: 'SomeException', detail: 'in AWS’s words' });

describe('a command that is sent to a host', () => {
	test('leaves a line before and one after, with who, where and what; never with what it printed', async () => {
		const scene = open();
		expect(await scene.run()).toBe(result);
		expect(scene.told).toEqual(['audit sending', `run disk on ${host}`, 'audit accepted']);
		const [before, after] = scene.audited;
		expect(before).toEqual({
			...stopEntry,
			time: '2026-11-23T12:00:00.000Z',
			outcome: 'sending',
			detail: '',
			action: 'Run on a host: disk space',
			command: diskText,
			target: host,
		});
		expect(after).toEqual({ ...before, outcome: 'accepted', detail: 'Success: exit code 0' });
		expect(JSON.stringify(scene.audited)).not.toContain('secret content');
	});

	test('about another deployment is told of that one', async () => {
		const scene = open();
		await scene.run({ kind: 'scripts-log', platform: 'linux', deploymentId: earlierId });
		expect(scene.audited.map(({ deploymentId }) => deploymentId)).toEqual([earlierId, earlierId]);
	});

	test.each([
		['denied', 'failed'],
		['missing', 'failed'],
		['network', 'unknown'],
		['service', 'unknown'],
	] as const)('that comes back %s is %s, and the failure is handed on', async (kind, outcome) => {
		const refusal = failure(kind);
		const scene = open({ answer: refusal });
		await expect(scene.run()).rejects.toBe(refusal);
		expect(scene.audited.at(-1)).toMatchObject({ outcome, detail: expect.stringContaining('SomeException') });
	});

	test('that nobody waits for any more may have been run', async () => {
		const scene = open({ answer: new Error('left') });
		const left = AbortSignal.abort(new Error('left'));
		await expect(scene.run(disk, left)).rejects.toThrow('left');
		expect(scene.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
	});

	test('is refused in a read-only session, and nothing is sent', async () => {
		const scene = open({ readOnly: true });
		await expect(scene.run()).rejects.toMatchObject({
			details: {
				kind: 'invalid',
				code: 'ReadOnlySession',
				detail: expect.stringContaining('read-only session'),
			},
		});
		expect(scene.told).toEqual([]);
	});

	test('is refused before anybody has allowed it, and nothing is sent', async () => {
		const scene = open({ isAllowed: false });
		await expect(scene.run()).rejects.toMatchObject({ details: { kind: 'invalid', code: 'NotAllowed' } });
		expect(scene.told).toEqual([]);
	});

	test('is run where the line cannot be written, which is said', async () => {
		const scene = open({ audit: new Error('ENOSPC: no space left on device') });
		expect(await scene.run()).toBe(result);
		expect(scene.store.getState().messages.at(-1)?.text).toBe(
			'the audit line could not be written: ENOSPC: no space left on device',
		);
	});
});
