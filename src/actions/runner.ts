import { type FailureDetails, GatewayFailure } from '../gateway/failure.ts';
import type { MessageTone } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import { actionFor, readOnlyRefusal } from './action.ts';
import { type AuditOutcome, type AuditParts, type Recorder, recorderOf } from './audit.ts';
import { type Deed, type DeedParts, messageOf } from './deed.ts';
import { type DeploymentRequest, deploymentDeed } from './deployment-deed.ts';
import { performDeploy } from './perform-deploy.ts';

/** Carries out confirmed actions: each is checked against the deployment as it is now, sent once, and audited. */
export type ActionRunner = {
	/** Resolves when the outcome is known and has been told; never rejects. `seenStatus`: what the user was asked about. */
	perform(request: ActionRequest, seenStatus: string): Promise<void>;
};

export type RunnerParts = AuditParts &
	DeedParts & {
		/** Makes the monitor look again at once. */
		readonly nudge: () => void;
		/** Lets what is asked on the way to a decision pass whatever polling waits for. */
		readonly urgently: <T>(work: () => Promise<T>) => Promise<T>;
	};

type Outcome = {
	readonly outcome: AuditOutcome;
	readonly detail: string;
	readonly tone: MessageTone;
};

export function createRunner(parts: RunnerParts): ActionRunner {
	const { store, clock } = parts;
	let busy = false;

	const run = async (deed: Deed, record: Recorder): Promise<Outcome> => {
		const refusal = readOnlyRefusal(store.getState()) ?? (await refusalOf(deed));
		if (refusal !== undefined) return { outcome: 'refused', detail: refusal, tone: 'attention' };
		record('sending', '');
		try {
			return { outcome: 'accepted', detail: await deed.send(), tone: 'good' };
		} catch (error) {
			return afterFailure(deed, error);
		}
	};

	const change = async (request: DeploymentRequest, seenStatus: string): Promise<void> => {
		const action = actionFor(request);
		const { title, command } = action;
		const deed = { action: title, command: `aws deploy ${command.join(' ')}` };
		const record = recorderOf(parts, request.deploymentId, deed);
		const { outcome, detail, tone } = await parts.urgently(() =>
			run(deploymentDeed(parts, request, seenStatus), record),
		);
		record(outcome, detail);
		const text = `${title.toLowerCase()} ${outcome}${detail === '' ? '' : `: ${detail}`}`;
		store.dispatch({ type: 'action.closed' });
		store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
	};

	return {
		async perform(request, seenStatus) {
			// Two keys pressed quickly make one call.
			if (busy) return;
			busy = true;
			try {
				if (request.action === 'deploy') await performDeploy(request, parts);
				else await change(request, seenStatus);
			} finally {
				busy = false;
				parts.nudge();
			}
		},
	};
}

/** What is read before the call may fail, too: then there is no call. */
async function refusalOf(deed: Deed): Promise<string | undefined> {
	try {
		return await deed.refusal();
	} catch (error) {
		return `nothing was sent, because ${deed.subject} could not be read again: ${messageOf(error)}`;
	}
}

/** Refused by AWS, or no answer: then it is not known whether it was done, so the state is read back, not sent again. */
async function afterFailure(deed: Deed, error: unknown): Promise<Outcome> {
	const details: FailureDetails | undefined = error instanceof GatewayFailure ? error.details : undefined;
	const answered = details && details.kind !== 'network' && details.kind !== 'service';
	if (answered) return { outcome: 'failed', detail: messageOf(error), tone: 'bad' };
	try {
		const now = await deed.readBack();
		const detail = `no answer (${messageOf(error)}); read back, ${now}. It was not sent again`;
		return { outcome: 'unknown', detail, tone: 'attention' };
	} catch (readError) {
		const detail = `no answer (${messageOf(error)}), and it cannot be read back (${messageOf(readError)})`;
		return { outcome: 'unknown', detail, tone: 'bad' };
	}
}
