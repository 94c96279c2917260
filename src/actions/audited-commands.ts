import { hostScript } from '../domain/host-command.ts';
import type { CommandsGateway } from '../gateway/commands.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import { readOnlyRefusal } from './action.ts';
import { type AuditParts, recorderOf } from './audit.ts';

/** Commands to hosts, of which the last has been audited when `settled` resolves. */
export type AuditedCommands = CommandsGateway & { settled(): Promise<void> };

/**
 * Commands to hosts that leave audit lines: what was run where, before and after. Even a command that only reads is run
 * by somebody, on a machine that serves customers: whoever asks, a read-only session runs none, and nobody runs any
 * before the user has seen and allowed what would be run.
 */
export function auditCommands(commands: CommandsGateway, parts: AuditParts): AuditedCommands {
	const pending = new Set<Promise<unknown>>();
	return {
		run(instanceId, command, signal) {
			const running = runAudited(instanceId, command, signal).finally(() => pending.delete(running));
			pending.add(running);
			return running;
		},
		async settled() {
			await Promise.allSettled(pending);
		},
	};

	async function runAudited(...[instanceId, command, signal]: Parameters<CommandsGateway['run']>) {
		const state = parts.store.getState();
		const refusal = readOnlyRefusal(state);
		if (refusal !== undefined) throw refused('ReadOnlySession', refusal);
		if (!state.hostCommandsAllowed) throw refused('NotAllowed', 'nobody has allowed commands on hosts');
		const script = hostScript(command);
		// The gateway refuses it, too; and nothing that has no text is told of.
		if (script === undefined) return commands.run(instanceId, command, signal);
		const deed = {
			action: `Run on a host: ${script.title}`,
			command: script.text,
			target: instanceId,
		};
		const about = 'deploymentId' in command ? command.deploymentId : state.scope.deploymentId;
		const record = recorderOf(parts, about, deed);
		record('sending', '');
		try {
			const result = await commands.run(instanceId, command, signal);
			const exit = result.exitCode === undefined ? result.detail : `exit code ${result.exitCode}`;
			record('accepted', `${result.status}: ${exit}`);
			return result;
		} catch (error) {
			record(signal.aborted || isUnanswered(error) ? 'unknown' : 'failed', messageOf(error));
			throw error;
		}
	}
}

const isUnanswered = (error: unknown): boolean =>
	error instanceof GatewayFailure && (error.kind === 'network' || error.kind === 'service');

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const refused = (code: string, detail: string): GatewayFailure =>
	new GatewayFailure({ kind: 'invalid', operation: 'SendCommand', code, detail });
