import { type FailureDetails, GatewayFailure } from '../gateway/failure.ts';
import type { CodeDeployGateway } from '../gateway/gateway.ts';
import type { MessageTone } from '../monitor/state.ts';
import { rolloutOf } from '../monitor/state.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import { actionFor, type BoundAction, readOnlyRefusal } from './action.ts';
import { type AuditOutcome, type AuditParts, type Recorder, recorderOf } from './audit.ts';

/** Carries out confirmed actions: each is checked against the deployment as it is now, sent once, and audited. */
export type ActionRunner = {
	/** Resolves when the outcome is known and has been told; never rejects. `seenStatus`: what the user was asked about. */
	perform(request: ActionRequest, seenStatus: string): Promise<void>;
};

export type RunnerParts = AuditParts & {
	readonly codeDeploy: CodeDeployGateway;
	/** Makes the monitor look again at once. */
	readonly nudge: () => void;
	/** Lets what is asked on the way to a decision pass whatever polling waits for. */
	readonly urgently: <T>(work: () => Promise<T>) => Promise<T>;
	/** Aborted when the program ends. */
	readonly signal: AbortSignal;
};

type Outcome = {
	readonly outcome: AuditOutcome;
	readonly detail: string;
	readonly tone: MessageTone;
};

export function createRunner(parts: RunnerParts): ActionRunner {
	const { store, clock } = parts;
	let busy = false;

	const run = async (action: BoundAction, seenStatus: string, record: Recorder): Promise<Outcome> => {
		const refusal = readOnlyRefusal(store.getState()) ?? (await freshRefusal(parts, action, seenStatus));
		if (refusal !== undefined) return { outcome: 'refused', detail: refusal, tone: 'attention' };
		record('sending', '');
		try {
			return { outcome: 'accepted', detail: await send(parts, action.request), tone: 'good' };
		} catch (error) {
			return afterFailure(parts, action.request, error);
		}
	};

	return {
		async perform(request, seenStatus) {
			// Two keys pressed quickly make one call.
			if (busy) return;
			busy = true;
			const action = actionFor(request);
			const { title, command } = action;
			const deed = { action: title, command: `aws deploy ${command.join(' ')}` };
			const record = recorderOf(parts, request.deploymentId, deed);
			try {
				const { outcome, detail, tone } = await parts.urgently(() => run(action, seenStatus, record));
				record(outcome, detail);
				const text = `${action.title.toLowerCase()} ${outcome}${detail === '' ? '' : `: ${detail}`}`;
				store.dispatch({ type: 'action.closed' });
				store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
			} finally {
				busy = false;
				parts.nudge();
			}
		},
	};
}

/** Reads the deployment again and says why the action no longer fits; undefined when it does. */
async function freshRefusal(
	{ store, codeDeploy, clock, signal }: RunnerParts,
	action: BoundAction,
	seenStatus: string,
): Promise<string | undefined> {
	const id = action.request.deploymentId;
	try {
		const deployment = await codeDeploy.getDeployment(id, signal);
		store.dispatch({ type: 'deployment.received', id, deployment, at: clock.now() });
		const refusal = action.refusal(rolloutOf(store.getState(), id));
		if (refusal !== undefined) return refusal;
		return deployment.status === seenStatus
			? undefined
			: `the deployment has moved on from ${seenStatus} to ${deployment.status}: look again`;
	} catch (error) {
		return `nothing was sent, because the deployment could not be read again: ${messageOf(error)}`;
	}
}

/** Sends the mutation. Once. */
async function send(
	{ codeDeploy, store, clock, signal }: RunnerParts,
	request: ActionRequest,
): Promise<string> {
	switch (request.action) {
		case 'stop': {
			const answer = await codeDeploy.stopDeployment(
				request.deploymentId,
				{ rollBack: request.rollBack },
				signal,
			);
			store.dispatch({ type: 'stop.accepted', id: request.deploymentId, at: clock.now() });
			return answer.status === 'Pending' ? 'hooks that run end first' : answer.message;
		}
		case 'continue':
			await codeDeploy.continueDeployment(request.deploymentId, request.wait, signal);
			return '';
	}
}

/** Refused by AWS, or no answer: then it is not known whether it was done, so the state is read back, not sent again. */
async function afterFailure(parts: RunnerParts, request: ActionRequest, error: unknown): Promise<Outcome> {
	const details: FailureDetails | undefined = error instanceof GatewayFailure ? error.details : undefined;
	const answered = details && details.kind !== 'network' && details.kind !== 'service';
	if (answered) return { outcome: 'failed', detail: messageOf(error), tone: 'bad' };
	const { store, codeDeploy, clock, signal } = parts;
	try {
		const deployment = await codeDeploy.getDeployment(request.deploymentId, signal);
		store.dispatch({ type: 'deployment.received', id: request.deploymentId, deployment, at: clock.now() });
		const detail = `no answer (${messageOf(error)}); read back, the deployment is ${deployment.status}. It was not sent again`;
		return { outcome: 'unknown', detail, tone: 'attention' };
	} catch (readError) {
		const detail = `no answer (${messageOf(error)}), and it cannot be read back (${messageOf(readError)})`;
		return { outcome: 'unknown', detail, tone: 'bad' };
	}
}

function messageOf(error: unknown): string {
	if (error instanceof GatewayFailure) {
		const { kind, action, code, detail } = error.details;
		// AWS names the caller's long ARN first; what matters is which permission is missing.
		return kind === 'denied' && action !== undefined ? `not allowed: ${action}` : `${code}: ${detail}`;
	}
	return error instanceof Error ? error.message : String(error);
}
