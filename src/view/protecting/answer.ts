import { actionFor } from '../../actions/action.ts';
import { whyNotProtect, withNextPart, withPartTurned } from '../../actions/protect.ts';
import type { AppState } from '../../monitor/state.ts';
import type { Confirmation } from '../../monitor/ui-state.ts';
import { bodyHeight } from '../frame.ts';
import type { Intent } from '../keys/intent.ts';
import { happened, nothing, type Outcome } from '../outcome.ts';
import { scrollQuestion } from '../question-window.ts';
import { layOutProtectQuestion } from './question.ts';

/** Keys of the question before a group is changed; undefined for those that mean what they mean in every question. */
export function answerProtect(
	state: AppState,
	confirmation: Confirmation,
	intent: Intent,
): Outcome | undefined {
	const { request, sending, token } = confirmation;
	if (request.action !== 'protect' || sending) return undefined;
	switch (intent) {
		case 'vary':
			return happened({ type: 'action.varied', request: withNextPart(request, 1) });
		case 'vary.back':
			return happened({ type: 'action.varied', request: withNextPart(request, -1) });
		case 'option.take':
			return request.offered.length < 2
				? nothing
				: happened({ type: 'action.varied', request: withPartTurned(request) });
		case 'confirm': {
			const why = whyNotProtect(request);
			if (why === undefined) return undefined;
			// Where a name is typed, this is the key of Cancel as well.
			return token === undefined ? say(state, `cannot be done: ${why}`) : happened({ type: 'action.closed' });
		}
		case 'copy.command':
			return actionFor(request).command.length > 0 ? undefined : say(state, 'there is no command');
		default:
			return scrollQuestion(
				layOutProtectQuestion(state, confirmation, request, bodyHeight(state.ui.size.rows)),
				intent,
			);
	}
}

const say = (state: AppState, text: string): Outcome =>
	happened({ type: 'notice.shown', tone: 'attention', text, at: state.now });
