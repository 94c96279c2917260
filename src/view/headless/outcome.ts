import { hasEnded } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { formatDuration } from '../../lib/duration.ts';
import { type AppState, rolloutOf } from '../../monitor/state.ts';
import { type Goal, goalName } from './goal.ts';

/** How a wait came to its end. In the last three the deployment may still go on. */
export type Outcome = 'reached' | 'ended' | 'timed-out' | 'lost' | 'interrupted';

/** What the summary leaves open: why nothing more is told although something goes on. Undefined: it leaves nothing open. */
export function endingLine(
	outcome: Outcome,
	state: AppState,
	id: DeploymentId,
	{ goal, timeoutMs }: { readonly goal: Goal; readonly timeoutMs?: number | undefined },
): string | undefined {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	const goesOn = data && !hasEnded(data) ? 'the deployment goes on' : undefined;
	switch (outcome) {
		case 'ended':
			return undefined;
		case 'reached':
			return goesOn && `  ${goalWords(goal, goalName(rollout, goal))}: ${goesOn}`;
		case 'timed-out': {
			const what = `gave up after ${formatDuration(timeoutMs ?? 0)}`;
			return `  ${what}: ${data ? (goesOn ?? 'the rollback is not known to have ended') : 'AWS has not answered yet'}`;
		}
		case 'lost':
			return '  gave up: AWS has not answered for too long to know how it stands now';
		case 'interrupted':
			return goesOn && `  no longer watched: ${goesOn}`;
	}
}

function goalWords(goal: Goal, name: string): string {
	if (goal === 'succeeded') return 'succeeded';
	return goal === 'ready' ? 'ready to take the traffic' : `${name} is done on all targets`;
}
