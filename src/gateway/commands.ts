import type { HostCommand, HostCommandResult } from '../domain/host-command.ts';
import type { InstanceId } from '../domain/ids.ts';

/** Runs commands of the closed set on hosts, through Systems Manager. */
export type CommandsGateway = {
	/**
	 * Sent once, and waited for until it has ended. A command that fails on the host is an answer, not a failure; a host
	 * that Systems Manager cannot reach is a failure of kind `missing`, code `InvalidInstanceId`. When `signal` aborts,
	 * the command is cancelled.
	 */
	run(instanceId: InstanceId, command: HostCommand, signal: AbortSignal): Promise<HostCommandResult>;
};
