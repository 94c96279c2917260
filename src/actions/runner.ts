import type { ActionRequest } from '../monitor/ui-state.ts';
import { actionFor, type BoundAction, readOnlyRefusal } from './action.ts';
import { type AuditParts, type Recorder, recorderOf } from './audit.ts';
import { carryOut, type Outcome } from './carry-out.ts';
import type { Deed, DeedParts } from './deed.ts';
import { deploymentDeed } from './deployment-deed.ts';

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

export function createRunner(parts: RunnerParts): ActionRunner {
	const { store, clock } = parts;
	let busy = false;

	const run = (action: BoundAction, seenStatus: string, record: Recorder): Promise<Outcome> =>
		carryOut(deedOf(parts, action, seenStatus), readOnlyRefusal(store.getState()), record);

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

/** How a request is carried out. */
function deedOf(parts: RunnerParts, action: BoundAction, seenStatus: string): Deed {
	switch (action.request.action) {
		case 'stop':
		case 'continue':
			return deploymentDeed(parts, action, seenStatus);
	}
}
