import { type DeploymentSnapshot, hasEnded, isWaitingToReroute } from '../domain/deployment.ts';
import { isInTerminationWait } from '../domain/termination-wait.ts';
import { formatAge } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState, Rollout, Targets } from '../monitor/state.ts';
import { bold, dim, type Part, type Segment, segment } from './line.ts';

/** What a waiting blue/green deployment waits for, the key that ends the wait, and when it ends by itself. */
export function waitingParts(state: AppState, rollout: Rollout): readonly Part[] {
	const deployment = rollout.deployment.data;
	if (!deployment || hasEnded(deployment)) return [];
	const options = deployment.blueGreen;
	if (isWaitingToReroute(deployment)) {
		const stops = options?.onReadyTimeout === 'STOP_DEPLOYMENT' ? options.readyWaitMinutes : undefined;
		return [
			{ segments: invitation('waiting for you to reroute traffic', ' continue'), keep: 9 },
			{ segments: deadline('stops by itself', state, rollout, stops), keep: 7 },
		];
	}
	if (!isTerminating(rollout, deployment)) return [];
	return [
		{ segments: invitation('waiting to terminate the original', ' end the wait'), keep: 9 },
		{ segments: deadline('does so', state, rollout, options?.terminationWaitMinutes), keep: 7 },
	];
}

const isTerminating = (rollout: Rollout, deployment: DeploymentSnapshot): boolean =>
	isInTerminationWait(deployment, rollout.targets.values());

const invitation = (what: string, key: string): readonly Segment[] => [
	segment(what, 'attention'),
	bold('  c'),
	dim(key),
];

/** AWS does not tell since when it waits: the last event that ended is the best guess. */
function deadline(
	what: string,
	state: AppState,
	rollout: Rollout,
	minutes: number | undefined,
): readonly Segment[] {
	if (minutes === undefined) return [];
	const since = lastEventEnd(rollout.targets);
	if (since === undefined) return [];
	const left = since + minutes * 60_000 - state.now;
	return [dim(`${what} `), segment(left > 0 ? `in ≈ ${formatAge(left)}` : 'any moment')];
}

const lastEventEnd = memoOne((targets: Targets): number | undefined => {
	let last: number | undefined;
	for (const target of targets.values()) {
		for (const { endedAt } of target.events) {
			if (endedAt !== undefined && (last === undefined || endedAt > last)) last = endedAt;
		}
	}
	return last;
});
