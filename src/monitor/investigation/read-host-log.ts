import type { Platform } from '../../domain/host.ts';
import { type HostCommand, type HostCommandResult, hostScript } from '../../domain/host-command.ts';
import { type InstanceId, isInstanceId, type TargetId } from '../../domain/ids.ts';
import type { HostLog } from '../../domain/shipped-log.ts';
import { type FailureDetails, GatewayFailure } from '../../gateway/failure.ts';
import type { LogAnswer } from '../../gateway/logs.ts';
import type { HostLogRead, LogObstacle } from '../host-log.ts';
import type { Rollout } from '../state.ts';
import type { Watch } from '../watch.ts';

/** A log, or what is in the way of it. */
export type HostLogAnswer =
	| { readonly type: 'read'; readonly read: HostLogRead }
	| { readonly type: 'obstructed'; readonly obstacle: LogObstacle };

/** A log may have begun this long before the deployment: what the agent said of itself before matters too. */
const leadMs = 10 * 60_000;

/**
 * Reads a host's own log: from CloudWatch Logs if it is shipped there, else on the host through Systems Manager if the
 * user lets it, else it says what to run by hand. Throws GatewayFailure when the way there fails.
 */
export async function readHostLog(
	watch: Watch,
	targetId: TargetId,
	source: HostLog,
	signal: AbortSignal,
): Promise<HostLogAnswer> {
	const shipped = await readShipped(watch, targetId, source, signal);
	return 'read' in shipped
		? { type: 'read', read: shipped.read }
		: readOnHost(watch, targetId, source, shipped.looked, signal);
}

export type ShippedRead =
	| { readonly read: HostLogRead }
	| { readonly looked: readonly string[]; readonly denied?: FailureDetails };

/** The log if it is shipped to CloudWatch Logs, else the groups that were looked in. */
export async function readShipped(
	watch: Watch,
	targetId: TargetId,
	source: HostLog,
	signal: AbortSignal,
): Promise<ShippedRead> {
	const { createdAt, startedAt } = watch.rollout().deployment.data ?? {};
	const from = (createdAt ?? startedAt ?? watch.clock.now()) - leadMs;
	const query = { source, instanceId: targetId, deploymentId: watch.id, from };
	try {
		const answer = await watch.probe('FilterLogEvents', ({ logs }, inner) => logs.tail(query, inner), signal);
		return answer.shipped
			? { read: shippedRead(answer) }
			: { looked: answer.looked.map(({ group }) => group) };
	} catch (error) {
		// Whoever may not look there may still ask the host.
		if (error instanceof GatewayFailure && error.kind === 'denied')
			return { looked: [], denied: error.details };
		throw error;
	}
}

function shippedRead({ events, group, streams, cursor }: Extract<LogAnswer, { shipped: true }>): HostLogRead {
	return {
		text: events.map(({ text }) => text).join('\n'),
		startCut: false,
		via: { type: 'cloudwatch', group, streams, cursor },
	};
}

async function readOnHost(
	watch: Watch,
	targetId: TargetId,
	source: HostLog,
	looked: readonly string[],
	signal: AbortSignal,
): Promise<HostLogAnswer> {
	const command = logCommand(watch.rollout(), targetId, source);
	const text = hostScript(command)?.text ?? '';
	const byHand = (reason: string): HostLogAnswer => ({
		type: 'obstructed',
		obstacle: { type: 'by-hand', command: text, reason },
	});
	if (!isInstanceId(targetId)) return byHand('Systems Manager does not know the host by this name');
	const { session, hostCommandsAllowed } = watch.store.getState();
	if (session.readOnly) return byHand('a read-only session sends no commands');
	if (!hostCommandsAllowed)
		return { type: 'obstructed', obstacle: { type: 'not-allowed', command: text, looked } };
	try {
		const result = await runOnHost(watch, targetId, command, signal);
		if (result.status !== 'Success') return byHand(problemOf(result));
		const via = { type: 'ssm', command: text } as const;
		return { type: 'read', read: { text: result.stdout, startCut: result.startCut, via } };
	} catch (error) {
		const reason = error instanceof GatewayFailure ? refusal(error) : undefined;
		if (reason === undefined) throw error;
		return byHand(reason);
	}
}

/** Runs a command of the closed set on a host. Throws what the gateway throws. */
export const runOnHost = (
	watch: Watch,
	host: InstanceId,
	command: HostCommand,
	signal: AbortSignal,
): Promise<HostCommandResult> =>
	watch.probe('SendCommand', ({ commands }, inner) => commands.run(host, command, inner), signal);

/** Linux, unless somebody has said otherwise of the host. */
export function platformOf({ hosts }: Rollout, targetId: TargetId): Platform {
	const facts = hosts.data?.get(targetId);
	return facts?.kind === 'ec2' ? facts.instance.platform : 'linux';
}

/** The command that shows a log on the host. */
export function logCommand(rollout: Rollout, targetId: TargetId, source: HostLog): HostCommand {
	const platform = platformOf(rollout, targetId);
	if (source !== 'scripts') return { kind: `${source}-log`, platform };
	const groupId = rollout.group.data?.id;
	return {
		kind: 'scripts-log',
		platform,
		deploymentId: rollout.id,
		...(groupId !== undefined && { groupId }),
	};
}

/** What a command that failed on the host says about it. */
export const problemOf = ({ status, detail, stderr }: HostCommandResult): string =>
	stderr.trim().split('\n')[0] || `${status}: ${detail}`;

/** Why Systems Manager did not run it, where asking again is no use. */
function refusal({ details }: GatewayFailure): string | undefined {
	if (details.kind === 'denied') return `not allowed: ${details.action ?? details.operation}`;
	return details.kind === 'missing' ? 'Systems Manager cannot reach the host' : undefined;
}
