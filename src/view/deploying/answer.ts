import { actionFor } from '../../actions/action.ts';
import { isConfirmable, whyNotConfirmable, withCandidate, withOption } from '../../actions/deploy.ts';
import type { DeployOptions } from '../../domain/deploy-order.ts';
import { isReading } from '../../monitor/reduce-ui.ts';
import type { AppState } from '../../monitor/state.ts';
import type { Confirmation, DeployRequest } from '../../monitor/ui-state.ts';
import { bodyHeight } from '../frame.ts';
import type { Intent } from '../keys/intent.ts';
import { happened, nothing, type Outcome } from '../outcome.ts';
import { scrollQuestion } from '../question-window.ts';
import { layOutDeployQuestion } from './question.ts';

/** Keys of the question before a deployment; undefined for those that mean what they mean in every question. */
export function answerDeploy(
	state: AppState,
	confirmation: Confirmation,
	intent: Intent,
): Outcome | undefined {
	const { request, sending } = confirmation;
	if (request.action !== 'deploy' || sending) return undefined;
	switch (intent) {
		case 'confirm':
			return isConfirmable(request) ? undefined : confirmInVain(state, confirmation, request);
		case 'copy.command': {
			if (actionFor(request).command.length > 0) return undefined;
			return told(state, whyNotConfirmable(request) ?? 'there is no command');
		}
		case 'vary':
		case 'vary.back':
			return choose(state, request, intent === 'vary' ? 1 : -1);
		case 'option.alarms':
		case 'option.stop':
		case 'option.files':
			return turn(request, optionIntents[intent]);
		default:
			return scrollQuestion(
				layOutDeployQuestion(state, confirmation, request, bodyHeight(state.ui.size.rows)),
				intent,
			);
	}
}

/** While it is read, a key may be meant for the screen below; later it deserves an answer. */
function confirmInVain(state: AppState, { token }: Confirmation, request: DeployRequest): Outcome {
	if (isReading(request)) return nothing;
	// Where a name is typed, this is the key of Cancel as well.
	if (token !== undefined) return happened({ type: 'action.closed' });
	return told(state, `cannot be done: ${whyNotConfirmable(request)}`);
}

const optionIntents = {
	'option.alarms': 'overrideAlarms',
	'option.stop': 'ignoreApplicationStopFailures',
	'option.files': 'fileExistsBehavior',
} as const satisfies Partial<Record<Intent, keyof DeployOptions>>;

function turn(request: DeployRequest, option: keyof DeployOptions): Outcome {
	const turned = withOption(request, option);
	return turned ? happened({ type: 'action.varied', request: turned }) : nothing;
}

/** Goes on to an older or a newer deployment to return to, and reads what that would mean. */
function choose(state: AppState, request: DeployRequest, by: 1 | -1): Outcome {
	if (request.purpose !== 'roll-back' || request.candidates.length === 0) return nothing;
	const next = withCandidate(request, by);
	if (!next) {
		const end = by === 1 ? 'oldest' : 'newest';
		return told(state, `this is the ${end} deployment that is known to have succeeded with another revision`);
	}
	return {
		events: [
			{ type: 'action.varied', request: next },
			{ type: 'action.scrolled', top: 0 },
		],
		effects: [{ type: 'plan', request: next }],
	};
}

const told = (state: AppState, text: string): Outcome =>
	happened({ type: 'notice.shown', tone: 'attention', text, at: state.now });
