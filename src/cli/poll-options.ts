import type { BudgetOptions } from '../monitor/budget.ts';
import { type FleetPlan, fleetPlan } from '../monitor/fleet/plan.ts';
import type { PollPlan } from '../monitor/plan.ts';
import type { CommonOptions } from './command.ts';

type PollOptions = Pick<CommonOptions, 'cadence' | 'budget'>;

/** How many calls each service may be asked, as far as that is configured. */
export const rateOf = ({
	budget: { burst, perSecond } = {},
}: PollOptions): Pick<BudgetOptions, 'burst' | 'perSecond'> => ({
	...(burst !== undefined && { burst }),
	...(perSecond !== undefined && { perSecond }),
});

/** The rhythms and limits that are configured for the watch of one deployment. */
export const planOf = ({ cadence = {}, budget: { concurrency } = {} }: PollOptions): Partial<PollPlan> => {
	const { sweepMs: _fleet, ...steps } = cadence;
	return { ...steps, ...(concurrency !== undefined && { concurrency }) };
};

/** Those for the fleet, which has a rhythm of its own. */
export const fleetPlanOf = (common: PollOptions): Partial<FleetPlan> => {
	const { alarmsMs, concurrency } = planOf(common);
	const { sweepMs } = common.cadence ?? {};
	return {
		...(alarmsMs !== undefined && { alarmsMs }),
		...(concurrency !== undefined && { concurrency }),
		...(sweepMs !== undefined && {
			turnMs: sweepMs,
			largeTurnMs: sweepMs,
			quietTurnMs: Math.max(sweepMs, fleetPlan.quietTurnMs),
			backgroundMs: Math.max(sweepMs, fleetPlan.backgroundMs),
		}),
	};
};
