import { actionFor, readOnlyRefusal } from '../../actions/action.ts';
import { deploymentConsoleUrl } from '../../domain/console-link.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { initialPager } from '../../monitor/ui-state.ts';
import { actionRequest } from '../action-requests.ts';
import { intentFor } from '../keys/bindings.ts';
import type { Intent } from '../keys/intent.ts';
import { takesText } from '../keys/layer.ts';
import { nextOf, printable } from '../press.ts';
import { erasedText, pastedText, typedText } from '../type-text.ts';
import { listHeight, selectCurrentRow } from './fleet-frame.ts';
import { fleetLayer } from './fleet-layer.ts';
import { fleetWindow } from './fleet-list.ts';
import { moveOverRows, stepFailing } from './fleet-move.ts';
import { type FleetOutcome, fleetEffect, fleetHappened, fleetNothing } from './fleet-outcome.ts';
import { turnFleetPage } from './fleet-page.ts';
import type { FleetRow } from './fleet-rows.ts';
import { submitFleetPrompt } from './fleet-submit.ts';

/** What one key press means on the fleet screen. Pure: the same key in the same state has the same outcome. */
export function pressFleet(state: FleetState, key: string): FleetOutcome {
	const layer = fleetLayer(state.ui);
	const intent = intentFor(layer, key, state.userKeys);
	if (intent === undefined)
		return takesText(layer) ? edit(state, text => typedText(text, printable(key))) : fleetNothing;
	return (
		answerPrompt(state, intent) ??
		turnFleetPage(state, intent) ??
		lookElsewhere(state, intent) ??
		changeList(state, intent) ??
		moveOverRows(state, intent) ??
		meanRow(state, intent, selectCurrentRow(state))
	);
}

/** Pasted text enters fields only and never triggers a key. */
export const pasteFleet = (state: FleetState, input: string): FleetOutcome =>
	takesText(fleetLayer(state.ui)) ? edit(state, text => pastedText(text, input)) : fleetNothing;

function answerPrompt(state: FleetState, intent: Intent): FleetOutcome | undefined {
	const { prompt } = state.ui;
	if (!prompt) return undefined;
	switch (intent) {
		case 'submit':
			return submitFleetPrompt(state, prompt);
		case 'cancel':
			return prompt.purpose === 'filter'
				? fleetHappened(
						{ type: 'list.changed', change: { filter: prompt.before } },
						{ type: 'prompt.closed' },
					)
				: fleetHappened({ type: 'prompt.closed' });
		case 'erase':
		case 'erase.word':
		case 'erase.all':
			return edit(state, text => erasedText(text, intent));
		default:
			return undefined;
	}
}

/** A filter applies while it is typed. */
function edit(state: FleetState, change: (text: string) => string): FleetOutcome {
	const { prompt } = state.ui;
	if (!prompt) return fleetNothing;
	const text = change(prompt.text);
	const edited = { type: 'prompt.edited', text } as const;
	if (prompt.purpose !== 'filter') return fleetHappened(edited);
	return fleetHappened(edited, { type: 'list.changed', change: { filter: text } });
}

/** Keys that lead away from the list, or out. */
function lookElsewhere(state: FleetState, intent: Intent): FleetOutcome | undefined {
	switch (intent) {
		case 'quit':
		case 'suspend':
			return fleetEffect({ type: intent });
		case 'refresh':
			return {
				events: [{ type: 'notice.shown', tone: 'info', text: 'asking AWS now', at: state.now }],
				effects: [{ type: 'refresh' }],
			};
		case 'help':
		case 'messages':
			return fleetLayer(state.ui) === intent
				? fleetNothing
				: fleetHappened({ type: 'screen.opened', screen: { type: intent, pager: initialPager } });
		case 'back':
			return fleetHappened({ type: 'screen.closed' });
		case 'goto':
			return fleetHappened({ type: 'prompt.opened', purpose: 'goto', text: '' });
		default:
			return undefined;
	}
}

function changeList(state: FleetState, intent: Intent): FleetOutcome | undefined {
	const { list } = state.ui;
	const changed = (change: Partial<typeof list>) => fleetHappened({ type: 'list.changed', change });
	switch (intent) {
		case 'filter':
			return fleetHappened({ type: 'prompt.opened', purpose: 'filter', text: list.filter });
		case 'show':
			return changed({ show: nextOf(['all', 'failing', 'active'], list.show) });
		case 'sort':
			return changed({ sort: nextOf(['state', 'started', 'application', 'progress'], list.sort) });
		case 'group':
			return changed({ grouping: nextOf(['context', 'application', 'none'], list.grouping) });
		case 'failed.next':
		case 'failed.previous':
			return stepFailing(state, intent === 'failed.next' ? 1 : -1);
		default:
			return undefined;
	}
}

/** Keys that mean the row under the cursor. */
function meanRow(state: FleetState, intent: Intent, row: FleetRow | undefined): FleetOutcome {
	if (!row) return fleetNothing;
	const { deploymentId } = row.key;
	switch (intent) {
		case 'open':
			return opened(state, row);
		case 'diagnosis':
		case 'alarms':
		case 'timeline':
		case 'preflight':
		case 'history':
			return opened(state, row, intent);
		case 'copy':
			return fleetEffect({ type: 'copy', text: deploymentId, what: deploymentId });
		case 'console': {
			const { region } = row.context.session;
			return fleetEffect({ type: 'browse', url: deploymentConsoleUrl(region, deploymentId) });
		}
		default:
			return ask(state, intent, row);
	}
}

/** Opens a deployment, and keeps the cursor on it: wherever its row is by then, Esc leads back to that one. */
function opened(state: FleetState, { key }: FleetRow, intent?: Intent): FleetOutcome {
	const { top } = fleetWindow(state, listHeight(state));
	return {
		events: [{ type: 'row.chosen', row: key, top }],
		effects: [{ type: 'open', ...key, ...(intent && { intent }) }],
	};
}

/** Opens the deployment with the question on it; what cannot be done is said here. */
function ask(state: FleetState, intent: Intent, row: FleetRow): FleetOutcome {
	const { context, rollout } = row;
	const request = actionRequest(intent, rollout);
	if (!request) return fleetNothing;
	const action = actionFor(request);
	// Whether it waits for its last step can only be told when the targets have been read.
	const isKnown = request.action !== 'continue' || rollout.targets.size > 0;
	const refusal = readOnlyRefusal(context) ?? (isKnown ? action.refusal(rollout) : undefined);
	if (refusal === undefined) return opened(state, row, intent);
	const text = `${action.title.toLowerCase()}: ${refusal}`;
	return fleetHappened({ type: 'notice.shown', tone: 'attention', text, at: state.now });
}
