import type { BudgetOptions } from '../monitor/budget.ts';
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
