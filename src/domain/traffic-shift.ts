import type { TrafficRouting } from './deployment-config.ts';
import type { TargetId } from './ids.ts';
import type { TargetSnapshot } from './target.ts';

/** What share of the traffic the new version was seen to have. `at` is when it was first seen, epoch milliseconds. */
export type TrafficReading = { readonly targetId: TargetId; readonly at: number; readonly percent: number };

/** AWS tells the weights of the moment only: every other share than the last one of a target is remembered. */
export function rememberTraffic(
	known: readonly TrafficReading[],
	targets: readonly TargetSnapshot[],
	at: number,
): readonly TrafficReading[] {
	const news = targets.flatMap((target): TrafficReading[] => {
		const percent = shiftedPercent(target);
		const last = known.findLast(({ targetId }) => targetId === target.id);
		return percent === undefined || percent === last?.percent ? [] : [{ targetId: target.id, at, percent }];
	});
	return news.length === 0 ? known : [...known, ...news];
}

/** How far traffic has moved to the new version, 0-100, of an ECS or Lambda target; undefined where it has no weights. */
export function shiftedPercent(target: TargetSnapshot): number | undefined {
	if (target.lambda) return target.lambda.weight;
	const green = target.taskSets.find(set => set.label === 'Green') ?? target.taskSets.find(isReplacement);
	return green?.weight;
}

const isReplacement = (set: { readonly status: string }): boolean => set.status === 'ACTIVE';

/**
 * When the next step of a canary or linear shift is due, epoch milliseconds, reckoned from the start of AllowTraffic;
 * undefined before it has started and once all traffic has moved. An estimate: AWS does not tell.
 */
export function nextShiftAt(target: TargetSnapshot, routing: TrafficRouting): number | undefined {
	const shifted = shiftedPercent(target);
	const allowTraffic = target.events.find(event => event.name === 'AllowTraffic');
	if (routing.type === 'AllAtOnce' || shifted === undefined || shifted >= 100) return undefined;
	if (allowTraffic?.status !== 'InProgress' || allowTraffic.startedAt === undefined) return undefined;
	const done = stepsDone(shifted, routing.percentage);
	return allowTraffic.startedAt + done * routing.intervalMinutes * 60_000;
}

/** How long a shift takes from its first step to its last, milliseconds. */
export function shiftMs(routing: TrafficRouting): number {
	if (routing.type === 'AllAtOnce') return 0;
	return (stepsOf(routing) - 1) * routing.intervalMinutes * 60_000;
}

/** A canary has two steps; a linear shift as many as its percentage goes into the whole. */
const stepsOf = (routing: Exclude<TrafficRouting, { type: 'AllAtOnce' }>): number =>
	routing.type === 'TimeBasedCanary' ? 2 : Math.ceil(100 / Math.max(1, routing.percentage));

/** When the last step is due, epoch milliseconds; undefined where {@link nextShiftAt} is. A step that is late delays the rest. */
export function shiftEndsAt(
	target: TargetSnapshot,
	routing: TrafficRouting,
	now: number,
): number | undefined {
	const next = nextShiftAt(target, routing);
	const shifted = shiftedPercent(target);
	if (next === undefined || shifted === undefined || routing.type === 'AllAtOnce') return undefined;
	const done = stepsDone(shifted, routing.percentage);
	const after = Math.max(0, stepsOf(routing) - done - 1);
	return (after === 0 ? next : Math.max(next, now)) + after * routing.intervalMinutes * 60_000;
}

/** What the next step brings the new version to, 0-100; undefined once all traffic has moved. */
export function nextShiftPercent(target: TargetSnapshot, routing: TrafficRouting): number | undefined {
	const shifted = shiftedPercent(target);
	if (shifted === undefined || shifted >= 100) return undefined;
	return routing.type === 'TimeBasedLinear' ? Math.min(100, shifted + routing.percentage) : 100;
}

const stepsDone = (shifted: number, percentage: number): number =>
	Math.max(1, Math.round(shifted / Math.max(1, percentage)));

/** The plan of the shift in words: `10 % now, the rest after 5 min`. */
export function describeRouting(routing: TrafficRouting): string {
	switch (routing.type) {
		case 'AllAtOnce':
			return 'all at once';
		case 'TimeBasedCanary':
			return `${routing.percentage} % first, the rest after ${routing.intervalMinutes} min`;
		case 'TimeBasedLinear':
			return `${routing.percentage} % every ${routing.intervalMinutes} min`;
	}
}
