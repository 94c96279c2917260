import { asFailure } from '../calls.ts';
import { createSchedule } from '../schedule.ts';
import type { Turn } from '../turn.ts';
import type { WatchDeps } from '../watch.ts';

const entry = 'identity';

/** Who is asking. Asked until it is known; it stays the same for as long as the program runs. */
export function createIdentityTurn(deps: WatchDeps): Turn {
	const { store, clock, random, plan, calls, gateways } = deps;
	const schedule = createSchedule(clock, random, plan);
	return async signal => {
		if (store.getState().identity.data !== undefined) return undefined;
		try {
			const identity = await calls.ask(
				'GetCallerIdentity',
				inner => gateways.identity.getCallerIdentity(inner),
				signal,
			);
			store.dispatch({ type: 'identity.received', identity, at: clock.now() });
			return undefined;
		} catch (error) {
			signal.throwIfAborted();
			const failure = asFailure(error, 'GetCallerIdentity');
			const retryAt = schedule.failed(entry, failure.kind, plan.turnMs);
			store.dispatch({ type: 'identity.failed', failure, at: clock.now(), retryAt });
			return retryAt - clock.now();
		}
	};
}
