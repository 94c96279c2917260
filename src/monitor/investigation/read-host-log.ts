import type { Platform } from '../../domain/host.ts';
import { type HostCommand, type HostCommandResult, hostScript } from '../../domain/host-command.ts';
import { lookCommand } from '../../domain/host-paths.ts';
import { type InstanceId, isInstanceId, type TargetId } from '../../domain/ids.ts';
import type { HostLog } from '../../domain/shipped-log.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import type { HostLogRead, LogMiss, LogObstacle } from '../host-log.ts';
import type { Rollout } from '../state.ts';
import type { Watch } from '../watch.ts';
import { findReach, platformOf } from './host-reach.ts';
import { type NotShipped, readTrail, type ShippedTrail, trailRead } from './shipped-trail.ts';

/** A log, or what is in the way of it. */
type HostLogAnswer =
	| { readonly type: 'read'; readonly read: HostLogRead }
	| { readonly type: 'obstructed'; readonly obstacle: LogObstacle };

/** Answers of CloudWatch Logs for one reading: of a log that is longer, what the screen asks for later is left out. */
const mostAnswers = 10;

type ShippedRead = { readonly read: HostLogRead } | NotShipped;

/** The log if it is shipped to CloudWatch Logs, as much of its end as is kept. */
export async function readShipped(
	watch: Watch,
	targetId: TargetId,
	source: HostLog,
	signal: AbortSignal,
): Promise<ShippedRead> {
	let trail = await readTrail(watch, targetId, source, undefined, signal);
	if (!('events' in trail)) return trail;
	for (let answers = 1; answers < mostAnswers && trail.more; answers++) {
		const next: ShippedTrail | NotShipped = await readTrail(watch, targetId, source, trail, signal);
		if (!('events' in next)) break;
		trail = next;
	}
	return { read: trailRead(source, trail) };
}

/**
 * Reads the end of a log on the host, once; or says why not, after `notShipped`. `began` hears what is run just before it
 * is. Throws GatewayFailure where asking again may help.
 */
export async function readOnHost(
	watch: Watch,
	targetId: TargetId,
	source: HostLog,
	notShipped: NotShipped,
	signal: AbortSignal,
	began: (command: string) => void = () => undefined,
): Promise<HostLogAnswer> {
	const { session, hostCommandsAllowed } = watch.store.getState();
	const { looked, reason: shippedReason, mayCome } = notShipped;
	const tried: readonly LogMiss[] = [
		{ way: 'cloudwatch', reason: shippedReason, ...(mayCome && { mayCome }) },
	];
	const reach = await findReach(watch, targetId, signal);
	const place = { groupId: watch.rollout().group.data?.id, deploymentId: watch.id };
	const byHand = (reason: string): HostLogAnswer => ({
		type: 'obstructed',
		obstacle: {
			type: 'by-hand',
			command: reach.isGone ? '' : lookCommand(source, reach.platform, place),
			reason,
			tried,
		},
	});
	if (reach.reason !== undefined) return byHand(reach.reason);
	if (session.readOnly) return byHand('a read-only session sends no commands');
	if (!isInstanceId(targetId)) return byHand(unknownName);
	const command = logCommand(watch.rollout(), targetId, source, reach.platform);
	const text = hostScript(command)?.text ?? '';
	if (!hostCommandsAllowed) {
		return { type: 'obstructed', obstacle: { type: 'not-allowed', command: text, looked, tried } };
	}
	began(text);
	try {
		const result = await runOnHost(watch, targetId, command, signal);
		if (result.status !== 'Success') return byHand(problemOf(result));
		const via = { type: 'ssm', command: text } as const;
		return { type: 'read', read: { text: result.stdout, startCut: result.startCut, via, tried } };
	} catch (error) {
		signal.throwIfAborted();
		if (!(error instanceof GatewayFailure)) throw error;
		return byHand(refusal(error) ?? unanswered(error));
	}
}

const unknownName = 'Systems Manager does not know the host by this name';

/** Runs a command of the closed set on a host. Throws what the gateway throws. */
export const runOnHost = (
	watch: Watch,
	host: InstanceId,
	command: HostCommand,
	signal: AbortSignal,
): Promise<HostCommandResult> =>
	watch.probe('SendCommand', ({ commands }, inner) => commands.run(host, command, inner), signal);

/** The command that shows a log on the host. */
export function logCommand(
	rollout: Rollout,
	targetId: TargetId,
	source: HostLog,
	platform: Platform = platformOf(rollout, targetId),
): HostCommand {
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

/** It may have run all the same: it is not sent again by itself. */
const unanswered = ({ details }: GatewayFailure): string => `no answer (${details.code}); ask again`;

/** Why Systems Manager did not run it, where asking again is no use. */
function refusal({ details }: GatewayFailure): string | undefined {
	if (details.kind === 'denied') return `not allowed: ${details.action ?? `ssm:${details.operation}`}`;
	if (details.kind === 'missing') return 'Systems Manager cannot reach the host';
	return details.kind === 'invalid' ? details.detail : undefined;
}
