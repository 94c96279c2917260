import { actionFor } from '../actions/action.ts';
import { isConfirmable, offeredOptions, withCandidate } from '../actions/deploy.ts';
import { whyNotProtect } from '../actions/protect.ts';
import type { ActionRequest, Confirmation, DeployRequest, ProtectRequest } from '../monitor/ui-state.ts';
import type { Intent } from './keys/intent.ts';

/** Whether a key of a question has a place in its footer. */
export function isAnswerOffered(intent: Intent, request: ActionRequest): boolean {
	if (request.action === 'deploy') return isDeployKeyOffered(intent, request);
	if (request.action === 'protect') return isProtectKeyOffered(intent, request);
	if (intent === 'vary') return actionFor(request).variant !== undefined;
	return intent !== 'vary.back' && !intent.startsWith('option.');
}

function isDeployKeyOffered(intent: Intent, request: DeployRequest): boolean {
	switch (intent) {
		case 'vary':
		case 'vary.back':
			return request.purpose === 'roll-back' && request.candidates.length > 1;
		case 'option.alarms':
			return offeredOptions(request).includes('overrideAlarms');
		case 'option.stop':
			return offeredOptions(request).includes('ignoreApplicationStopFailures');
		case 'option.files':
			return offeredOptions(request).includes('fileExistsBehavior');
		case 'confirm':
			return isConfirmable(request);
		case 'option.take':
			return false;
		default:
			return true;
	}
}

/** Taking and leaving is for where there is more than one thing. */
function isProtectKeyOffered(intent: Intent, { offered }: ProtectRequest): boolean {
	const isChoice = intent === 'vary' || intent === 'vary.back' || intent === 'option.take';
	return isChoice ? offered.length > 1 : !intent.startsWith('option.');
}

/** Whether it does something now. */
export function isAnswerAvailable(intent: Intent, { request, token, typed }: Confirmation): boolean {
	const isDeploy = request.action === 'deploy';
	const isPossible =
		request.action === 'protect' ? whyNotProtect(request) === undefined : !isDeploy || isConfirmable(request);
	switch (intent) {
		case 'confirm':
			return isPossible && (token === undefined || typed === token);
		case 'copy.command':
			return actionFor(request).command.length > 0;
		case 'vary':
		case 'vary.back':
			return !isDeploy || withCandidate(request, intent === 'vary' ? 1 : -1) !== undefined;
		default:
			return true;
	}
}
