import type { TrafficRouting } from './deployment-config.ts';
import type { TargetSnapshot } from './target.ts';

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
	const stepsDone = Math.max(1, Math.round(shifted / Math.max(1, routing.percentage)));
	return allowTraffic.startedAt + stepsDone * routing.intervalMinutes * 60_000;
}

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
