import { runOnHost } from '../../host/run-on-host.ts';
import { between } from '../../world/chance.ts';
import type { Host } from '../../world/host.ts';
import type { Invocation, InvocationStatus, SentCommand } from '../../world/sent-command.ts';
import type { World } from '../../world/world.ts';
import { pingStatus } from './managed-hosts.ts';

/** How long after SendCommand its invocations can be asked for: a second or two, as people have seen. */
export const invisibleMs = 1200;

/** What passes until the machine has the command, and what a script needs at least. */
const deliveryMs = [1500, 2600] as const;
const shortestRunMs = 350;

/** Brings the command to the machine, and runs it there. */
export function deliver(world: World, command: SentCommand, host: Host): void {
	const { clockwork } = world;
	const invocation = command.invocations.get(host.id);
	if (invocation === undefined) return;
	if (pingStatus(host) !== 'Online') {
		// Timeouts are real time, however fast the story runs.
		clockwork.at(command.requestedAt + command.deliveryTimeoutSeconds * 1000, () => {
			end(invocation, 'TimedOut', 'DeliveryTimedOut', clockwork.now);
		});
		return;
	}
	const random = world.chance(`delivery ${command.id} ${host.id}`);
	clockwork.after(between(random, ...deliveryMs), () => {
		if (invocation.status === 'Pending') begin(world, command, host, invocation);
	});
}

/** What the machine shows is what it shows now; the service hears of it when the script has ended. */
function begin(world: World, command: SentCommand, host: Host, invocation: Invocation): void {
	const { clockwork } = world;
	invocation.status = 'InProgress';
	invocation.statusDetails = 'InProgress';
	invocation.startedAt = clockwork.now;
	const shell = command.documentName === 'AWS-RunPowerShellScript' ? 'powershell' : 'sh';
	const { stdout, stderr, code, tookMs } = runOnHost(world, host, shell, command.commands);
	if (tookMs > command.executionTimeoutSeconds * 1000) {
		clockwork.at(clockwork.now + command.executionTimeoutSeconds * 1000, () => {
			end(invocation, 'TimedOut', 'ExecutionTimedOut', clockwork.now, 137);
		});
		return;
	}
	clockwork.after(shortestRunMs + tookMs, () => {
		if (invocation.status !== 'InProgress') return;
		invocation.stdout = stdout;
		invocation.stderr = code === 0 ? stderr : `${stderr}failed to run commands: exit status ${code}`;
		end(
			invocation,
			code === 0 ? 'Success' : 'Failed',
			code === 0 ? 'Success' : 'Failed',
			clockwork.now,
			code,
		);
	});
}

function end(
	invocation: Invocation,
	status: InvocationStatus,
	details: string,
	at: number,
	responseCode = -1,
): void {
	if (invocation.endedAt !== undefined) return;
	invocation.status = status;
	invocation.statusDetails = details;
	invocation.endedAt = at;
	invocation.responseCode = responseCode;
}

/** Nobody wants to know any more. */
export function cancel(invocation: Invocation, at: number): void {
	end(invocation, 'Cancelled', 'Cancelled', at);
}
