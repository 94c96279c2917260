import type { BudgetOptions } from '../monitor/budget.ts';
import { type FleetPlan, fleetPlan } from '../monitor/fleet/plan.ts';
import type { PollPlan } from '../monitor/plan.ts';
import type { CommonOptions } from './command.ts';

/** How many calls each service may be asked, as far as that is configured. */
export const rateOf = ({
	budget: { burst, perSecond } = {},
}: CommonOptions): Pick<BudgetOptions, 'burst' | 'perSecond'> => ({
	...(burst !== undefined && { burst }),
	...(perSecond !== undefined && { perSecond }),
});

/** The rhythms and limits that are configured. */
export const planOf = ({
	cadence,
	budget: { concurrency } = {},
}: Pick<CommonOptions, 'cadence' | 'budget'>): Partial<PollPlan> => ({
	...cadence,
	...(concurrency !== undefined && { concurrency }),
});

/** The same for a fleet, which does not ask more often because one deployment is to be watched more closely. */
export function fleetPlanOf(common: Pick<CommonOptions, 'cadence' | 'budget'>): Partial<FleetPlan> {
	const { turnMs = 0, quietTurnMs = 0, alarmsMs, concurrency } = planOf(common);
	const atLeast = Math.max(fleetPlan.turnMs, turnMs);
	return {
		turnMs: atLeast,
		largeTurnMs: atLeast,
		quietTurnMs: Math.max(fleetPlan.quietTurnMs, quietTurnMs),
		...(alarmsMs !== undefined && { alarmsMs }),
		...(concurrency !== undefined && { concurrency }),
	};
}
