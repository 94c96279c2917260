import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import { type Allowance, createAllowance } from '../allowance.ts';
import { type Budget, type BudgetOptions, createBudget } from '../budget.ts';

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

type Purse = { readonly budget: Budget; readonly allowance: Allowance };

export function createBudgetPool(
	deps: { readonly clock: Clock; readonly random: Random } & Omit<BudgetOptions, 'clock' | 'random'>,
): BudgetPool {
	const settled = new Map<string, Purse>();
	return {
		open() {
			let purse: Purse = { budget: createBudget(deps), allowance: createAllowance(deps.clock) };
			return {
				budget: handOn(() => purse.budget),
				allowance: {
					open: () => purse.allowance.open(),
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
					else if (known !== purse) purse = merged(known, purse);
				},
			};
		},
	};
}

/** Whoever comes second has seen its first picture, or will soon: the allowance counts from then on. */
function merged(known: Purse, left: Purse): Purse {
	if (left.allowance.isOpen()) known.allowance.open();
	return known;
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
