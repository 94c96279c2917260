import { blueGreenWait } from '../domain/waits.ts';
import { memoEach } from '../lib/memo.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { countdown, deadlinesOf } from './deadlines.ts';
import { bold, dim, type Part, type Segment, segment } from './line.ts';

const waitOf = memoEach(({ deployment, targets }: Rollout) =>
	deployment.data ? blueGreenWait(deployment.data, targets.values()) : undefined,
);

/** What a waiting blue/green deployment waits for, the key that ends the wait, and when it ends by itself. */
export function waitingParts(state: AppState, rollout: Rollout): readonly Part[] {
	switch (waitOf(rollout)) {
		case 'reroute':
			return [
				{ segments: invitation('waiting for you to reroute traffic', ' continue'), keep: 9 },
				{ segments: deadline('stops by itself', 'ready', state, rollout), keep: 7 },
			];
		case 'terminate':
			return [
				{ segments: invitation('waiting to terminate the original', ' end the wait'), keep: 9 },
				{ segments: deadline('does so', 'termination', state, rollout), keep: 7 },
			];
		case undefined:
			return [];
	}
}

const invitation = (what: string, key: string): readonly Segment[] => [
	segment(what, 'attention'),
	bold('  c'),
	dim(key),
];

function deadline(
	what: string,
	kind: 'ready' | 'termination',
	{ now }: AppState,
	rollout: Rollout,
): readonly Segment[] {
	const found = deadlinesOf(rollout).find(each => each.kind === kind);
	return found ? [dim(`${what} `), segment(countdown(found, now))] : [];
}
