import { answerOf, nothing } from '../../diagnosis/knowledge.ts';
import type { PingState, Platform } from '../../domain/host.ts';
import { isInstanceId, type TargetId } from '../../domain/ids.ts';
import { GatewayFailure } from '../../gateway/failure.ts';
import type { Rollout } from '../state.ts';
import type { Watch } from '../watch.ts';

/** What is known of a host before anything is run on it. */
export type HostReach = {
	readonly platform: Platform;
	/** Why nothing can be run there; absent where it can be tried. */
	readonly reason?: string;
	/** There is no host any more. */
	readonly isGone: boolean;
};

const goneStates: ReadonlySet<string> = new Set(['shutting-down', 'terminated']);
const downStates: ReadonlySet<string> = new Set(['stopping', 'stopped']);

/** Whether anything can be run on a host, by what EC2 and Systems Manager know of it. Asks only what is not known yet. */
export async function findReach(watch: Watch, targetId: TargetId, signal: AbortSignal): Promise<HostReach> {
	const state = instanceOf(watch.rollout(), targetId)?.state ?? '';
	const platform = platformOf(watch.rollout(), targetId);
	if (goneStates.has(state)) {
		return {
			platform,
			isGone: true,
			reason: `the instance is ${state}: what it did not ship is gone with it`,
		};
	}
	if (downStates.has(state)) return { platform, isGone: false, reason: `the instance is ${state}` };
	if (!isInstanceId(targetId)) return { platform, isGone: false };
	const ping = await findPing(watch, targetId, signal);
	if (ping === undefined) return { platform, isGone: false };
	if (ping === nothing)
		return { platform, isGone: false, reason: 'Systems Manager does not manage the host' };
	const heard = { platform: ping.platform ?? platform, isGone: false };
	return ping.status === 'Online'
		? heard
		: { ...heard, reason: `Systems Manager does not reach the host: ${ping.status}` };
}

/** Undefined where nobody may ask, or nobody answers: the host may be reached all the same. */
async function findPing(
	watch: Watch,
	targetId: TargetId,
	signal: AbortSignal,
): Promise<PingState | typeof nothing | undefined> {
	try {
		const [ping] = await watch.probe(
			'DescribeInstanceInformation',
			({ hosts }, inner) => hosts.pingStates([targetId], inner),
			signal,
		);
		return ping ?? nothing;
	} catch (error) {
		if (error instanceof GatewayFailure) return undefined;
		throw error;
	}
}

function instanceOf({ hosts }: Rollout, targetId: TargetId) {
	const facts = hosts.data?.get(targetId);
	return facts?.kind === 'ec2' ? facts.instance : undefined;
}

/** By EC2, else by Systems Manager as the checklist has heard of it, else Linux. */
export function platformOf(rollout: Rollout, targetId: TargetId): Platform {
	const ping = answerOf(rollout.knowledge.hosts.get(targetId)?.ping);
	const known = ping === undefined || ping === nothing ? undefined : ping.platform;
	return instanceOf(rollout, targetId)?.platform ?? known ?? 'linux';
}
