import { GatewayFailure, isTransient } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';

/**
 * What polling may still spend on CodeDeploy. Unlike the budget it makes nobody wait: turns look at it, and take less
 * or come later. The first picture is not counted.
 */
export type Allowance = {
	/** From now on calls are counted; `saved` may be spent at once. */
	open(saved?: number): void;
	/** Whether the first picture is whole. */
	isOpen(): boolean;
	setRate(perMinute: number): void;
	spend(): void;
	/** Calls that can be afforded now. */
	left(): number;
	/** Until what was overdrawn is earned back. */
	debtMs(): number;
};

/** What this long a time earns can be saved up, unless told otherwise, and never less than a quiet turn takes. */
const usualSavingMs = 7_000;
const smallestSaving = 3;
const minuteMs = 60_000;

export function createAllowance(clock: Clock, savingMs = usualSavingMs): Allowance {
	let isOpen = false;
	let perMinute = 1;
	let balance = 0;
	let earnedAt = 0;
	const earn = () => {
		const now = clock.now();
		const most = Math.max(smallestSaving, (savingMs * perMinute) / minuteMs);
		balance = Math.min(most, balance + (Math.max(0, now - earnedAt) * perMinute) / minuteMs);
		earnedAt = now;
	};
	return {
		open(saved = 0) {
			if (isOpen) return;
			isOpen = true;
			balance = saved;
			earnedAt = clock.now();
		},
		isOpen: () => isOpen,
		setRate(rate) {
			earn();
			perMinute = rate;
		},
		spend() {
			if (!isOpen) return;
			earn();
			balance -= 1;
		},
		left() {
			if (!isOpen) return 0;
			earn();
			return Math.max(0, Math.floor(balance));
		},
		debtMs() {
			if (!isOpen) return 0;
			earn();
			return balance < 0 ? Math.ceil((-balance * minuteMs) / perMinute) : 0;
		},
	};
}

/** Pays for a call: twice for one that ends without an answer or is put off, since the gateway has sent it twice then. */
export async function payFor<T>({ spend }: Pick<Allowance, 'spend'>, call: () => Promise<T>): Promise<T> {
	spend();
	try {
		return await call();
	} catch (error) {
		if (error instanceof GatewayFailure && isTransient(error.kind)) spend();
		throw error;
	}
}
