import { type FailureDetails, type FailureKind, GatewayFailure } from '../gateway/failure.ts';
import type { MessageTone } from '../monitor/state.ts';
import type { AuditOutcome, Recorder } from './audit.ts';
import { type Deed, type Done, messageOf } from './deed.ts';

/** What came of a deed. */
export type Outcome = Done & {
	readonly outcome: Exclude<AuditOutcome, 'sending'>;
	/** `good` only when all is as it was asked for. */
	readonly tone: MessageTone;
	/** Of a call that was answered with no. */
	readonly failure?: FailureKind;
};

/**
 * Carries out a deed: the subject is read again, then it is sent once, and read back where the outcome is not known.
 * Both ends are recorded. `forbidden`: why nothing at all may be done. Never rejects.
 */
export async function carryOut(
	deed: Deed,
	forbidden: string | undefined,
	record: Recorder,
): Promise<Outcome> {
	const outcome = await tryToCarryOut(deed, forbidden, record);
	record(outcome.outcome, outcome.detail, outcome.created);
	return outcome;
}

async function tryToCarryOut(deed: Deed, forbidden: string | undefined, record: Recorder): Promise<Outcome> {
	const refusal = forbidden ?? (await refusalOf(deed));
	if (refusal !== undefined) return { outcome: 'refused', detail: refusal, tone: 'attention' };
	record('sending', '');
	let done: Done;
	try {
		done = await deed.send();
	} catch (error) {
		return afterFailure(deed, error);
	}
	const amiss = await amissAfter(deed);
	return amiss === undefined
		? { ...done, outcome: 'accepted', tone: 'good' }
		: { ...done, outcome: 'accepted', detail: amiss, tone: 'attention' };
}

/** What is read before the call may fail, too: then there is no call. */
async function refusalOf(deed: Deed): Promise<string | undefined> {
	try {
		return await deed.refusal();
	} catch (error) {
		return `nothing was sent, because ${deed.subject} could not be read again: ${messageOf(error)}`;
	}
}

async function amissAfter(deed: Deed): Promise<string | undefined> {
	try {
		return await deed.amiss?.();
	} catch (error) {
		return `${deed.subject} could not be read back: ${messageOf(error)}`;
	}
}

/** Refused by AWS, or no answer: then it is not known whether it was done, so the state is read back, not sent again. */
async function afterFailure(deed: Deed, error: unknown): Promise<Outcome> {
	const details: FailureDetails | undefined = error instanceof GatewayFailure ? error.details : undefined;
	const answered = details && details.kind !== 'network' && details.kind !== 'service';
	if (answered) {
		const detail = deed.failed?.(error) ?? messageOf(error);
		return { outcome: 'failed', detail, tone: 'bad', failure: details.kind };
	}
	try {
		const now = await deed.readBack();
		const detail = `no answer (${messageOf(error)}); read back, ${now.detail}. It was not sent again`;
		return { ...now, outcome: 'unknown', detail, tone: 'attention' };
	} catch (readError) {
		const detail = `no answer (${messageOf(error)}), and it cannot be read back (${messageOf(readError)})`;
		return { outcome: 'unknown', detail, tone: 'bad' };
	}
}
