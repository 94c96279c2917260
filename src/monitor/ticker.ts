import type { Clock } from '../lib/clock.ts';
import type { Budget } from './budget.ts';
import type { ApiHealth, Message } from './state.ts';
import type { Store } from './store.ts';
import { type SkewReading, skewNews } from './tell-skew.ts';

/** The one clock of the screen. */
export type Ticker = {
	/** Ticks until the signal aborts. */
	run(signal: AbortSignal): Promise<void>;
};

const tickMs = 1_000;

/** Once a second: what time it is, and, when that has changed, how hard AWS is being asked and how far its clock is off. */
export function createTicker(deps: {
	readonly store: Store;
	readonly clock: Clock;
	readonly budget: Budget;
	readonly skewMs: SkewReading;
}): Ticker {
	const { store, clock, budget } = deps;
	const readSkew = skewNews(deps.skewMs);
	const say = (news: Pick<Message, 'tone' | 'text'> | undefined) => {
		if (news) store.dispatch({ type: 'message.added', ...news, at: clock.now() });
	};
	const measure = () => {
		const before = store.getState().api;
		const api = budget.health();
		if (isSameHealth(before, api)) return;
		store.dispatch({ type: 'api.measured', api });
		say(healthChange(before, api));
	};
	return {
		async run(signal) {
			while (!signal.aborted) {
				store.dispatch({ type: 'clock.ticked', now: clock.now() });
				measure();
				say(readSkew());
				await clock.sleep(tickMs - (clock.now() % tickMs), signal);
			}
		},
	};
}

export const isSameHealth = (a: ApiHealth, b: ApiHealth): boolean =>
	a.callsPerMinute === b.callsPerMinute &&
	a.throttles === b.throttles &&
	a.throttledAt === b.throttledAt &&
	a.rateFactor === b.rateFactor;

/** Slowing down and being back at full speed are worth a line each; the steps between are not. */
export function healthChange(before: ApiHealth, api: ApiHealth): Pick<Message, 'tone' | 'text'> | undefined {
	if (before.rateFactor === 1 && api.rateFactor < 1) {
		const text = 'AWS is throttling: asking at half the usual rate or less until it recovers';
		return { tone: 'attention', text };
	}
	if (before.rateFactor < 1 && api.rateFactor === 1)
		return { tone: 'info', text: 'asking AWS at the usual rate again' };
	return undefined;
}
