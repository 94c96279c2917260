import { actionFor } from '../../actions/action.ts';
import { isConfirmable, withCandidate } from '../../actions/deploy.ts';
import { isReading } from '../../monitor/reduce-ui.ts';
import { type AppState, userKeysOf } from '../../monitor/state.ts';
import type { ActionRequest, Confirmation, DeployRequest } from '../../monitor/ui-state.ts';
import { confirmationBody } from '../confirmation-screen.ts';
import { deployAbout } from '../deploying/question.ts';
import { keyAloud } from '../keys/hint.ts';
import type { Intent } from '../keys/intent.ts';
import { rereadWords } from '../question-lines.ts';
import { newLines, plainLines } from './plain-lines.ts';

/** What is to be said of a question: all of it when it opens, then what is new in it, and how it can be answered. */
export function questionChange({ ui: before }: AppState, after: AppState): readonly string[] {
	const was = before.confirmation;
	const is = after.ui.confirmation;
	if (is === undefined) return was && !was.sending ? ['cancelled'] : [];
	if (is.sending) return was?.sending ? [] : [`sending; ${rereadWords(is)}`];
	if (was?.request === is.request) return [];
	const about = aboutLines(after, is);
	const told =
		was?.request.action === 'deploy' && is.request.action === 'deploy'
			? newLines(aboutLines(after, was), about)
			: about;
	return [...told, answerWords(after, is)];
}

function aboutLines(state: AppState, confirmation: Confirmation): readonly string[] {
	const { request, token } = confirmation;
	if (request.action === 'deploy') {
		const { application, group } = request.to;
		const title = `${actionFor(request).title}  ${application} / ${group}`;
		return [title, ...plainLines(deployAbout(state, request, false))];
	}
	const lines = plainLines(confirmationBody(state, confirmation, questionRows));
	return lines.slice(0, token === undefined ? -1 : -2);
}

/** Enough for all that a question says. */
const questionRows = 60;

function answerWords(state: AppState, { request, token }: Confirmation): string {
	const layer = token === undefined ? 'confirm' : 'confirm-typed';
	const key = (intent: Intent) => keyAloud(layer, intent, userKeysOf(state));
	const { title } = actionFor(request);
	const cancel = `${key('cancel')}: cancel.`;
	const others = variantWords(request, key);
	if (request.action === 'deploy' && !isConfirmable(request)) {
		return isReading(request) ? `Reading. ${cancel}` : `It cannot be done. ${cancel}${others}`;
	}
	const confirm = token === undefined ? '' : `Type ${token} and press `;
	return `${confirm}${key('confirm')}: ${title}. ${cancel}${others}`;
}

function variantWords(request: ActionRequest, key: (intent: Intent) => string): string {
	if (request.action === 'deploy') return candidateWords(request, key);
	const { variant } = actionFor(request);
	return variant ? ` ${key('vary')}: ${variant.title}.` : '';
}

function candidateWords(request: DeployRequest, key: (intent: Intent) => string): string {
	const older = withCandidate(request, 1) ? ` ${key('vary')}: an older deployment.` : '';
	const newer = withCandidate(request, -1) ? ` ${key('vary.back')}: a newer one.` : '';
	return older + newer;
}
