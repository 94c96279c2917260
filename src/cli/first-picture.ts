import { isTransient } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';
import { type AppState, watchedRollout } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { missingDeployment, noAnswer, refusal } from './refusal.ts';

/** How long a failure that can pass by itself is waited out before the first picture. */
const patienceMs = 10_000;

/**
 * Waits until the deployment has been read once, so that nothing is drawn for a typo; returns early when `signal`
 * aborts. Throws UsageError when it does not exist, NoAwsError when AWS does not answer in time or does not allow it.
 */
export async function awaitFirstPicture(store: Store, clock: Clock, signal: AbortSignal): Promise<void> {
	const settled = new AbortController();
	const unsubscribe = store.subscribe(() => {
		if (isSettled(store.getState())) settled.abort();
	});
	await clock.sleep(patienceMs, AbortSignal.any([settled.signal, signal]));
	unsubscribe();
	const state = store.getState();
	const { data, failure } = watchedRollout(state).deployment;
	if (data || signal.aborted) return;
	const { session, scope } = state;
	if (!failure) throw noAnswer(session, patienceMs);
	throw refusal(failure, session, missingDeployment(scope.deploymentId, session));
}

function isSettled(state: AppState): boolean {
	const { data, failure } = watchedRollout(state).deployment;
	return data !== undefined || (failure !== undefined && !isTransient(failure.kind));
}
