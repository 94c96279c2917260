import type { Clock } from '../../lib/clock.ts';
import type { Budget } from '../budget.ts';
import { healthChange, isSameHealth, type Ticker } from '../ticker.ts';
import type { ContextLabel } from './state.ts';
import type { FleetStore } from './store.ts';

const tickMs = 1_000;

/** Once a second: what time it is, and, where that has changed, how hard AWS is being asked in each context. */
export function createFleetTicker(deps: {
	readonly store: FleetStore;
	readonly clock: Clock;
	readonly budgets: ReadonlyMap<ContextLabel, Pick<Budget, 'health'>>;
}): Ticker {
	const { store, clock, budgets } = deps;
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
				await clock.sleep(tickMs - (clock.now() % tickMs), signal);
			}
		},
	};
}
