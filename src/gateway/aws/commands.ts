import { type HostCommandResult, type HostScript, hostScript } from '../../domain/host-command.ts';
import { type InstanceId, isInstanceId } from '../../domain/ids.ts';
import type { Clock } from '../../lib/clock.ts';
import type { CommandsGateway } from '../commands.ts';
import { GatewayFailure, isTransient } from '../failure.ts';
import type { ClockSkew } from './clock-skew.ts';
import { identifier } from './fields.ts';
import { mapInvocation } from './map-command.ts';
import type { ssmSdk } from './sdks.ts';
import type { ServiceOf } from './service.ts';

/** AWS: the shortest time in which a command may wait for its host. */
const deliverySeconds = 30;
/** Every command of the set ends within a second on a host that is well. */
const runSeconds = 30;
/** By then Systems Manager itself has given the command up. */
const giveUpMs = (deliverySeconds + runSeconds + 15) * 1000;

const firstWaitMs = 500;
const longestWaitMs = 5000;
const cancelPatienceMs = 1500;
const commentLimit = 100;

const running: ReadonlySet<string> = new Set(['Pending', 'InProgress', 'Delayed', 'Cancelling']);

/** Systems Manager's Run Command. */
export function createCommandsGateway(
	aws: ServiceOf<typeof ssmSdk>,
	clock: Clock,
	skew: Pick<ClockSkew, 'ms'>,
): CommandsGateway {
	return {
		async run(instanceId, command, signal) {
			const script = isInstanceId(instanceId) ? hostScript(command) : undefined;
			if (script === undefined) throw refusal();
			const commandId = await send(instanceId, script, signal);
			try {
				const ended = await waitForEnd(commandId, instanceId, script, signal);
				const result = skew.ms() === 0 ? ended : { ...ended, skewMs: skew.ms() };
				if (result.status === unfinished) await cancelSoon(commandId, instanceId);
				return result;
			} catch (error) {
				if (signal.aborted) await cancelSoon(commandId, instanceId);
				throw error;
			}
		},
	};

	async function send(instanceId: InstanceId, script: HostScript, signal: AbortSignal): Promise<string> {
		const operation = 'SendCommand';
		const answer = await aws.write(
			operation,
			signal,
			sdk =>
				new sdk.SendCommandCommand({
					InstanceIds: [instanceId],
					DocumentName: script.document,
					Comment: `rollcall: ${script.title}`.slice(0, commentLimit),
					TimeoutSeconds: deliverySeconds,
					Parameters: { commands: [script.text], executionTimeout: [String(runSeconds)] },
				}),
		);
		const commandId = identifier(answer.Command?.CommandId);
		if (commandId !== undefined) return commandId;
		throw new GatewayFailure({
			kind: 'service',
			operation,
			code: 'EmptyAnswer',
			detail: 'the answer names no command',
		});
	}

	async function waitForEnd(
		commandId: string,
		instanceId: InstanceId,
		script: HostScript,
		signal: AbortSignal,
	): Promise<HostCommandResult> {
		const deadline = clock.now() + giveUpMs;
		let waitMs = firstWaitMs;
		while (clock.now() < deadline) {
			await clock.sleep(waitMs, signal);
			signal.throwIfAborted();
			waitMs = Math.min(waitMs * 1.5, longestWaitMs);
			const answer = await look(commandId, instanceId, signal);
			if (answer !== undefined && !running.has(answer.Status ?? 'Pending'))
				return mapInvocation(answer, script);
		}
		return {
			...mapInvocation({}, script),
			status: unfinished,
			detail: `not ended within ${giveUpMs / 1000} s`,
		};
	}

	/** Undefined while there is nothing to see. */
	async function look(commandId: string, instanceId: InstanceId, signal: AbortSignal) {
		try {
			return await aws.read(
				'GetCommandInvocation',
				signal,
				sdk => new sdk.GetCommandInvocationCommand({ CommandId: commandId, InstanceId: instanceId }),
			);
		} catch (error) {
			// A command that was just sent is not known everywhere yet, and one question that fails loses nothing.
			if (error instanceof GatewayFailure && (isTransient(error.kind) || error.kind === 'missing')) {
				return undefined;
			}
			throw error;
		}
	}

	/** Who gives up a command waits until that has been sent, but not for a network that is gone. */
	async function cancelSoon(commandId: string, instanceId: InstanceId): Promise<void> {
		const done = new AbortController();
		const cancelling = cancelCommand(commandId, instanceId).finally(() => done.abort());
		await Promise.race([cancelling, clock.sleep(cancelPatienceMs, done.signal)]);
	}

	/** As well as it goes: the command ends by itself a little later. */
	async function cancelCommand(commandId: string, instanceId: InstanceId): Promise<void> {
		const operation = 'CancelCommand';
		const { signal } = new AbortController();
		try {
			await aws.write(
				operation,
				signal,
				sdk => new sdk.CancelCommandCommand({ CommandId: commandId, InstanceIds: [instanceId] }),
			);
		} catch {
			// Nobody waits for it.
		}
	}
}

/** Not a word of Systems Manager: it is this side that waits no longer. */
const unfinished = 'Unfinished';

const refusal = (): GatewayFailure =>
	new GatewayFailure({
		kind: 'invalid',
		operation: 'SendCommand',
		code: 'RefusedCommand',
		detail: 'not a command of the known set, or an id in it that is none',
	});
