import type { TargetSnapshot } from '../../../src/domain/target.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { ecsEvents, host, noon, walk } from './cast.ts';
import { numbered, type Telling, tell } from './stories.ts';
import { ecs, ecsTarget } from './traffic-stories.ts';

/** Rollouts in which nothing happens, because something is waited for. */

/** Up to `at`, which its agent has not picked up. */
function idle(number: number, at: string, heardAt: number): TargetSnapshot {
	const events = walk({ at }).map(event =>
		event.name === at ? { name: at, status: 'Pending' as const } : event,
	);
	return { ...host(number, 'InProgress'), events, updatedAt: noon + heardAt * 1000 };
}

/** Agents that do not pick up their first event, for long and for a moment, and one that has fallen silent later. */
export const unclaimed = (more: Telling = {}): AppState =>
	tell({
		targets: [
			...numbered(1, 3, number => host(number, 'Succeeded', { from: number })),
			idle(4, 'BeforeBlockTraffic', 22),
			idle(5, 'BeforeBlockTraffic', 80),
			idle(6, 'AfterInstall', 22),
			host(7, 'Pending'),
		],
		...more,
	});

/** All of the traffic has moved: the original task set is kept for another while. */
export const terminating = (more: Telling = {}): AppState =>
	ecs({
		targets: [{ ...ecsTarget, status: 'Succeeded', events: walk({ names: ecsEvents }) }],
		...more,
	});
