import type { Clock } from '../lib/clock.ts';

/**
 * What polling may still spend on CodeDeploy. Unlike the budget it makes nobody wait: turns look at it, and take less
 * or come later. The first picture is not counted.
 */
export type Allowance = {
	/** From now on calls are counted. */
	open(): void;
	/** Whether the first picture is whole. */
	isOpen(): boolean;
	setRate(perMinute: number): void;
	spend(): void;
	/** Calls that can be afforded now. */
	left(): number;
	/** Until what was overdrawn is earned back. */
	debtMs(): number;
};

/** What this long a time earns can be saved up, and never less than a quiet turn takes. */
const savingMs = 7_000;
const smallestSaving = 3;
const minuteMs = 60_000;

export function createAllowance(clock: Clock): Allowance {
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
		open() {
			if (isOpen) return;
			isOpen = true;
			balance = 0;
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
