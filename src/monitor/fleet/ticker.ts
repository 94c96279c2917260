import type { Clock } from '../../lib/clock.ts';
import type { Budget } from '../budget.ts';
import { type SkewReading, skewNews } from '../tell-skew.ts';
import { healthChange, isSameHealth, type Ticker } from '../ticker.ts';
import type { ContextLabel } from './state.ts';
import type { FleetStore } from './store.ts';

const tickMs = 1_000;

/**
 * Once a second: what time it is, and, where that has changed, how hard AWS is being asked in each context and how far its
 * clock is off, which is the same for all.
 */
export function createFleetTicker(deps: {
	readonly store: FleetStore;
	readonly clock: Clock;
	readonly budgets: ReadonlyMap<ContextLabel, Pick<Budget, 'health'>>;
	readonly skewMs: SkewReading;
}): Ticker {
	const { store, clock, budgets } = deps;
	const readSkew = skewNews(deps.skewMs);
	const measure = (context: ContextLabel, budget: Pick<Budget, 'health'>) => {
		const before = store.getState().contexts.get(context)?.api;
		const api = budget.health();
		if (before === undefined || isSameHealth(before, api)) return;
		store.dispatch({ type: 'context.measured', context, api });
		const change = healthChange(before, api);
		if (!change) return;
		const { tone, text } = change;
		store.dispatch({ type: 'message.added', tone, text: `${context}: ${text}`, at: clock.now() });
	};
	return {
		async run(signal) {
			while (!signal.aborted) {
				store.dispatch({ type: 'clock.ticked', now: clock.now() });
				for (const [context, budget] of budgets) measure(context, budget);
				const skew = readSkew();
				if (skew) store.dispatch({ type: 'message.added', ...skew, at: clock.now() });
				await clock.sleep(tickMs - (clock.now() % tickMs), signal);
			}
		},
	};
}
