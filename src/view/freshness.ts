import { hasEnded } from '../domain/deployment.ts';
import type { FailureDetails } from '../gateway/failure.ts';
import { formatAge } from '../lib/duration.ts';
import { shellWord } from '../lib/shell-word.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { dim, type Segment, segment } from './line.ts';

/** Older than this, while things should move, a picture is shown as out of date. */
const staleAfterMs = 35_000;

/** A moment, epoch milliseconds. */
type At = Pick<AppState, 'now'>;

/** How old the picture is; undefined before there is one. */
export const pictureAgeMs = (state: At, rollout: Rollout): number | undefined =>
	rollout.deployment.dataAt === undefined ? undefined : Math.max(0, state.now - rollout.deployment.dataAt);

/** Whether what is shown may no longer be true. A deployment that has ended cannot go stale. */
export function isStale(state: At, rollout: Rollout): boolean {
	const { data, failures } = rollout.deployment;
	const age = pictureAgeMs(state, rollout);
	if (data === undefined || age === undefined) return false;
	if (hasEnded(data) && failures === 0) return false;
	return age > staleAfterMs;
}

/** Whether the rows of the targets may no longer be true, however fresh the deployment itself is. */
export function areRowsStale(state: At, rollout: Rollout): boolean {
	const { dataAt, failure } = rollout.reading;
	return (
		isStale(state, rollout) || (failure !== undefined && state.now - (dataAt ?? state.now) > staleAfterMs)
	);
}

/** The sign of life: the age of the data. */
export function ageSegments(state: AppState, rollout: Rollout): readonly Segment[] {
	const age = pictureAgeMs(state, rollout);
	const { data, failure } = rollout.deployment;
	if (data === undefined || age === undefined) return [dim('○ asking')];
	if (failure !== undefined) return [segment(`○ ${formatAge(age)}`, 'attention')];
	if (hasEnded(data)) return [dim('● final')];
	if (isStale(state, rollout)) return [segment(`○ ${formatAge(age)}`, 'attention')];
	return [dim(`● ${formatAge(age)}`)];
}

/** What is wrong between here and AWS, in one sentence with what to do; undefined while all is well. */
export function connectionProblem(state: AppState, rollout: Rollout): string | undefined {
	const { failure, retryAt } = rollout.deployment;
	if (failure) {
		const age = pictureAgeMs(state, rollout);
		const picture = age === undefined ? '' : ` · picture of ${formatAge(age)} ago`;
		const retry = retryAt === undefined ? '' : ` · next try in ${formatAge(retryAt - state.now)}`;
		return `${describeFailure(failure, state.session.profile)}${retry}${picture}`;
	}
	const { profile } = state.session;
	const listing = rollout.listing.failure;
	if (listing && listing.kind !== 'not-started') return `targets: ${describeFailure(listing, profile)}`;
	const reading = rollout.reading.failure;
	if (reading) return `targets: ${describeFailure(reading, profile)}`;
	const { failure: unread, dataAt } = rollout.alarms;
	if (!unread || dataAt === undefined) return undefined;
	return `alarms: ${describeFailure(unread, profile)} · states of ${formatAge(state.now - dataAt)} ago`;
}

/** A failure and its remedy, for a person. */
export function describeFailure(failure: FailureDetails, profile: string | undefined): string {
	switch (failure.kind) {
		case 'denied':
			return `not allowed: ${failure.action ?? failure.operation}`;
		case 'expired':
			return `credentials expired: run aws sso login${profile === undefined ? '' : ` --profile ${profile}`}`;
		case 'credentials':
			if (failure.code === 'MfaRequired') return mfaWords(profile);
			return `no valid credentials (${failure.code}): ${failure.detail}`;
		case 'throttled':
			return `AWS asks to slow down (${failure.operation})`;
		case 'network':
			return noAnswerWords(failure);
		case 'missing':
			return `${failure.operation}: not found: ${failure.detail}`;
		case 'not-started':
			return 'preparing: no targets yet';
		case 'invalid':
		case 'service':
			return `${failure.operation}: ${failure.code}: ${failure.detail}`;
	}
}

/** No code is asked for here: the AWS CLI does that, and hands over what it gets for it. */
export function mfaWords(profile: string | undefined): string {
	const of = profile === undefined ? '' : ` --profile ${shellWord(profile)}`;
	const name = profile === undefined ? 'the profile' : `profile ${profile}`;
	return `${name} wants an MFA code: run eval "$(aws configure export-credentials${of} --format env)", then rollcall without a profile`;
}

/** The code is told once: what Node.js says of a failed connection holds it. */
function noAnswerWords({ code, detail }: FailureDetails): string {
	const advice = connectionAdvice(code);
	const told = detail === '' || detail.includes(code) || code.startsWith('ERR_PROXY');
	const words = told ? detail || code : `${code}, ${detail}`;
	if (advice !== undefined) return `no answer from AWS: ${words}: ${advice}`;
	if (detail === '') return `no answer from AWS (${code})`;
	return told ? `no answer from AWS: ${detail}` : `no answer from AWS (${code}) ${detail}`;
}

/** What to look at, where Node.js's words leave it open. */
function connectionAdvice(code: string): string | undefined {
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN')
		return 'the name has no address: check the network, DNS and the region';
	if (/CERT_(HAS_EXPIRED|NOT_YET_VALID)/.test(code)) return 'check the clock of this machine';
	if (/SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY)/.test(code))
		return 'name the certificate authority of this network in AWS_CA_BUNDLE';
	return undefined;
}
