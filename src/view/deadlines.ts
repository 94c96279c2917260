import {
	type Deadline,
	type DeadlineCase,
	findDeadlines,
	isPressing,
	seenTimeouts,
	targetDeadlines,
} from '../domain/deadline.ts';
import { hasEnded } from '../domain/deployment.ts';
import type { TargetSnapshot } from '../domain/target.ts';
import { formatClock, formatDuration } from '../lib/duration.ts';
import { memoEach } from '../lib/memo.ts';
import type { Rollout, Targets } from '../monitor/state.ts';

/** What CodeDeploy will do by itself, when, and in which words. */

const timeoutsOf = memoEach((targets: Targets) => seenTimeouts(targets.values()));

function caseOf(rollout: Rollout): DeadlineCase | undefined {
	const deployment = rollout.deployment.data;
	if (!deployment) return undefined;
	return {
		deployment,
		targets: rollout.targets,
		config: rollout.config.data,
		readAts: rollout.readAts,
		hosts: rollout.hosts.data,
		timeouts: timeoutsOf(rollout.targets),
		appSpec: rollout.appSpec.data,
	};
}

/** All that is known to come in a rollout, the next first. */
export const deadlinesOf = memoEach((rollout: Rollout): readonly Deadline[] => {
	const known = caseOf(rollout);
	return known ? findDeadlines(known) : [];
});

/** The next that is worth a word at `now` (epoch milliseconds): most events end long before their time is up. */
export const nextDeadline = (rollout: Rollout, now: number): Deadline | undefined =>
	deadlinesOf(rollout).find(deadline => isPressing(deadline, now));

/** The next for one target, pressing or not; none once the deployment is over. */
export function targetDeadline(rollout: Rollout, target: TargetSnapshot): Deadline | undefined {
	const known = caseOf(rollout);
	return known && !hasEnded(known.deployment) ? targetDeadlines(known, target)[0] : undefined;
}

/** What happens, and what keeps it from happening. */
const consequences: Readonly<
	Record<Deadline['kind'], (deadline: Deadline) => { readonly verb: string; readonly unless: string }>
> = {
	unclaimed: () => ({ verb: 'fails', unless: 'if nobody picks it up' }),
	hook: () => ({ verb: 'times out', unless: 'as it did elsewhere' }),
	event: () => ({ verb: 'fails', unless: 'if it has not ended' }),
	silence: () => ({ verb: 'fails', unless: 'as nothing is heard of the host' }),
	health: () => ({ verb: 'fails', unless: 'unless the load balancer finds it healthy' }),
	taskSet: () => ({ verb: 'fails', unless: 'unless the task set is healthy' }),
	callback: () => ({ verb: 'fails', unless: 'unless its function reports back' }),
	ready: () => ({ verb: 'stops by itself', unless: '' }),
	termination: () => ({ verb: 'terminates the original', unless: '' }),
	shift: ({ percent = 100 }) => ({ verb: `next shift to ${percent} %`, unless: '' }),
};

/** `fails in 2m10s if nobody picks it up`, `next shift to 40 % in ≈ 31s`, `stops by itself any moment`. */
export function deadlineWords(deadline: Deadline, now: number): string {
	const { verb, unless } = consequences[deadline.kind](deadline);
	return [verb, countdown(deadline, now), unless].filter(word => word !== '').join(' ');
}

/** The same without what it depends on, for a narrow place: `fails in 2m10s`. */
export const deadlineBrief = (deadline: Deadline, now: number): string =>
	`${consequences[deadline.kind](deadline).verb} ${countdown(deadline, now)}`;

/** For a column: `fails 2:10`. */
export const deadlineClock = ({ at }: Deadline, now: number): string => `fails ${formatClock(at - now)}`;

/** `in 2m10s`, `in ≈ 26m`, `any moment`. */
export function countdown({ at, isInferred }: Deadline, now: number): string {
	const left = at - now;
	return left < second ? 'any moment' : `in ${isInferred ? '≈ ' : ''}${formatLeft(left)}`;
}

const second = 1_000;
const minute = 60 * second;

/** Seconds count only towards the end. */
function formatLeft(ms: number): string {
	if (ms < 10 * minute) return formatDuration(ms);
	return ms < 60 * minute ? `${Math.floor(ms / minute)}m` : formatDuration(ms);
}
