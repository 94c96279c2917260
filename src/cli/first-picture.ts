import { type FailureDetails, isTransient } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';
import { type AppState, watchedRollout } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { describeFailure } from '../view/freshness.ts';
import { UsageError } from './usage-error.ts';

/** There was never a picture: not reachable, not allowed, no credentials. One line, exit code 5. */
export class NoAwsError extends Error {
	override readonly name = 'NoAwsError';
}

/** How long a failure that can pass by itself is waited out before the first picture. */
const patienceMs = 10_000;

/**
 * Waits until the deployment has been read once, so that nothing is drawn for a typo. Throws UsageError when it does
 * not exist, NoAwsError when AWS does not answer in time or does not allow it.
 */
export async function awaitFirstPicture(store: Store, clock: Clock, signal: AbortSignal): Promise<void> {
	const settled = new AbortController();
	const giveUp = clock.sleep(patienceMs, AbortSignal.any([settled.signal, signal]));
	const unsubscribe = store.subscribe(() => {
		if (verdict(store.getState()) !== 'waiting') settled.abort();
	});
	await giveUp;
	unsubscribe();
	if (signal.aborted) return;
	const state = store.getState();
	const { data, failure } = watchedRollout(state).deployment;
	if (data) return;
	if (!failure)
		throw new NoAwsError(
			`no answer from ${placeOf(state)} within ${patienceMs / 1000} s: check the network and the endpoint`,
		);
	throw refusal(state, failure);
}

function verdict(state: AppState): 'waiting' | 'settled' {
	const { data, failure } = watchedRollout(state).deployment;
	return data || (failure && !isTransient(failure.kind)) ? 'settled' : 'waiting';
}

function refusal(state: AppState, failure: FailureDetails): Error {
	const { session, scope } = state;
	if (failure.kind === 'missing') {
		const where = `in ${session.region}${session.profile === undefined ? '' : ` with profile ${session.profile}`}`;
		return new UsageError(
			`there is no deployment ${scope.deploymentId} ${where}: check the id, --region and --profile`,
		);
	}
	if (failure.kind === 'invalid') return new UsageError(`${failure.code}: ${failure.detail}`);
	return new NoAwsError(`${describeFailure(failure, session.profile)} (${placeOf(state)})`);
}

const placeOf = ({ session }: AppState): string => session.endpointUrl ?? `CodeDeploy in ${session.region}`;
