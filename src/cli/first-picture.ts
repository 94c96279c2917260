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
	throw failure ? refusal(state, failure) : noAnswer(state);
}

function isSettled(state: AppState): boolean {
	const { data, failure } = watchedRollout(state).deployment;
	return data !== undefined || (failure !== undefined && !isTransient(failure.kind));
}

function noAnswer(state: AppState): NoAwsError {
	const advice = 'check the network, the endpoint, and where the credentials come from';
	return new NoAwsError(`no answer from ${placeOf(state)} within ${patienceMs / 1000} s: ${advice}`);
}

function refusal(state: AppState, failure: FailureDetails): Error {
	const { session, scope } = state;
	const { kind, code, detail } = failure;
	switch (kind) {
		case 'missing': {
			const profile = session.profile === undefined ? '' : ` with profile ${session.profile}`;
			const where = `in ${session.region}${profile}`;
			const advice = 'check the id, --region and --profile';
			return new UsageError(`there is no deployment ${scope.deploymentId} ${where}: ${advice}`);
		}
		case 'invalid':
			return new UsageError(
				code === 'ERR_INVALID_URL'
					? 'the endpoint is not a URL: expected one such as http://127.0.0.1:4566; check AWS_ENDPOINT_URL'
					: `${code}: ${detail}`,
			);
		case 'credentials':
			return new NoAwsError(`${detail}: try --profile, aws configure or aws sso login (${code})`);
		default:
			return new NoAwsError(`${describeFailure(failure, session.profile)} (${placeOf(state)})`);
	}
}

const placeOf = ({ session }: AppState): string => session.endpointUrl ?? `CodeDeploy in ${session.region}`;
