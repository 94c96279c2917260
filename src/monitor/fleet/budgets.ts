import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import { type Allowance, createAllowance } from '../allowance.ts';
import { type Budget, type BudgetOptions, createBudget } from '../budget.ts';
import { fleetPlan } from './plan.ts';

/** What one context may ask of AWS. */
export type Share = {
	readonly budget: Budget;
	/** What polling may still spend on CodeDeploy. */
	readonly allowance: Allowance;
	/** It has turned out whose account is asked, and where: from now on it is shared with whoever asks there too. */
	settle(account: string, region: string): void;
};

/**
 * One budget for each account and region, whatever the number of profiles that lead there. Until a context knows whose
 * account it asks, it has a budget of its own: contexts of different accounts never wait for each other.
 */
export type BudgetPool = {
	open(): Share;
};

/** A context shows a few things of many deployments: at first, and when somebody looks at one, much is asked at once. */
const savingMs = 10_000;

type Purse = { readonly budget: Budget; readonly allowance: Allowance };

export function createBudgetPool(
	deps: { readonly clock: Clock; readonly random: Random } & Omit<BudgetOptions, 'clock' | 'random'>,
): BudgetPool {
	const settled = new Map<string, Purse>();
	return {
		open() {
			let purse: Purse = { budget: createBudget(deps), allowance: openAllowance(deps.clock) };
			return {
				budget: handOn(() => purse.budget),
				allowance: {
					open: saved => purse.allowance.open(saved),
					isOpen: () => purse.allowance.isOpen(),
					setRate: perMinute => purse.allowance.setRate(perMinute),
					spend: () => purse.allowance.spend(),
					left: () => purse.allowance.left(),
					debtMs: () => purse.allowance.debtMs(),
				},
				settle(account, region) {
					const place = `${account} ${region}`;
					const known = settled.get(place);
					if (known === undefined) settled.set(place, purse);
					else purse = known;
				},
			};
		},
	};
}

function openAllowance(clock: Clock): Allowance {
	const allowance = createAllowance(clock, savingMs);
	const { callsPerMinute } = fleetPlan;
	allowance.setRate(callsPerMinute);
	allowance.open((callsPerMinute * savingMs) / 60_000);
	return allowance;
}

/** A budget that is another one now and then. Calls in line stay where they stand. */
const handOn = (current: () => Budget): Budget => ({
	admit: (service, operation, signal) => current().admit(service, operation, signal),
	report: (service, operation, outcome) => current().report(service, operation, outcome),
	health: () => current().health(),
	waiting: service => current().waiting(service),
	rateFactor: service => current().rateFactor(service),
	urgently: work => current().urgently(work),
});
