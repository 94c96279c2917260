import type { TrafficRouting } from './deployment-config.ts';
import type { TargetSnapshot } from './target.ts';

/** How far traffic has moved to the new version, 0-100, of an ECS or Lambda target; undefined where it has no weights. */
export function shiftedPercent(target: TargetSnapshot): number | undefined {
	if (target.lambda) return target.lambda.weight;
	const green = target.taskSets.find(set => set.label === 'Green') ?? target.taskSets.find(isReplacement);
	return green?.weight;
}

const isReplacement = (set: { readonly status: string }): boolean => set.status === 'ACTIVE';

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
