import { actionFor } from '../actions/action.ts';
import { planShell } from '../actions/shell.ts';
import { hasEnded } from '../domain/deployment.ts';
import type { TargetId } from '../domain/ids.ts';
import { type AppState, type Rollout, userKeysOf } from '../monitor/state.ts';
import { currentScreen } from '../monitor/ui-state.ts';
import { actionRequest, whyNot } from './action-requests.ts';
import { isAnswerAvailable, isAnswerOffered } from './answer-keys.ts';
import { selectProposal } from './checklist.ts';
import { type Binding, bindingsOf } from './keys/bindings.ts';
import { focusedLayer } from './keys/layer.ts';
import { keyName } from './keys/names.ts';
import { bold, dim, fitParts, gap, joinParts, type Line, line, type Part } from './line.ts';
import { isLogKeyOffered, nextSourceName } from './log-keys.ts';
import { selectProtectionWish } from './preflight/wish.ts';

/** The rule above the footer. */
export const footerRule = (columns: number): Line => line(dim('─'.repeat(columns)));

/** The keys of whatever has the focus, as many as fit; those that do not apply now are dim. `target`: what keys mean. */
export function footerLine(state: AppState, rollout: Rollout, target: TargetId | undefined): Line {
	const parts = bindingsOf(focusedLayer(state.ui), userKeysOf(state))
		.filter(binding => binding.footer > 0 && binding.keys.length > 0 && isOffered(binding, state, rollout))
		.map(binding => keyPart(binding, labelOf(binding, state), isAvailable(binding, state, rollout, target)));
	return line(gap(1), ...joinParts(fitParts(parts, state.ui.size.columns - 2, 2), 2));
}

/** The other way to do it is named by what it does. */
function labelOf(binding: Binding, state: AppState): string {
	if (binding.intent === 'back' && state.ui.screens.length + state.trail.length === 1)
		return state.session.openedFrom ?? binding.label;
	if (binding.intent === 'source') return nextSourceName(state) ?? binding.label;
	const asked = state.ui.confirmation?.request;
	if (binding.intent === 'vary.back' && asked?.action === 'protect') return 'change before';
	const request = binding.intent === 'vary' ? asked : undefined;
	if (request?.action === 'deploy') return 'older';
	if (request?.action === 'protect') return 'next change';
	const variant = request && actionFor(request).variant;
	return variant ? variant.title.toLowerCase() : binding.label;
}

/** A key of the footer with what it does; dim where it does nothing now. */
export function keyPart(binding: Binding, label: string, available: boolean): Part {
	const key = keyName(binding.keys[0] ?? '');
	return {
		segments: [available ? bold(key) : dim(key), dim(` ${label}`)],
		keep: binding.footer,
	};
}

/** Whether there is anything for the key to do here at all, however it looks. */
function isOffered(binding: Binding, state: AppState, rollout: Rollout): boolean {
	const request = state.ui.confirmation?.request;
	if (request) return isAnswerOffered(binding.intent, request);
	if (binding.intent === 'redeploy') return isOver(rollout);
	if (binding.intent === 'stop') return !isOver(rollout);
	if (binding.intent === 'continue') {
		const { type, platform } = rollout.deployment.data ?? {};
		return type === 'BLUE_GREEN' && platform !== 'Lambda';
	}
	if (binding.intent === 'allow' && currentScreen(state.ui).type === 'checklist')
		return selectProposal(state, rollout).length > 0;
	if (binding.intent === 'apply') return selectProtectionWish(state, rollout) !== undefined;
	const ofLog = isLogKeyOffered(state, binding.intent);
	if (ofLog !== undefined) return ofLog;
	if (binding.intent === 'checklist' && currentScreen(state.ui).type === 'deployment')
		return hasFailed(rollout);
	if (binding.intent === 'back') return canGoBack(state);
	if (binding.intent === 'diagnosis') return hasFailed(rollout) && !showsAllFindings(state);
	return true;
}

/** Nothing is deployed again that is still being deployed, nor stopped what has ended. */
const isOver = ({ deployment: { data } }: Rollout): boolean => data !== undefined && hasEnded(data);

/** From the first screen of a watch one gets back only to where one came from. */
const canGoBack = ({ ui, trail, session }: AppState): boolean =>
	ui.screens.length > 1 || trail.length > 0 || session.openedFrom !== undefined;

/** Whether there is something to explain. */
const hasFailed = ({ deployment: { data } }: Rollout): boolean =>
	data?.error !== undefined || (data?.overview?.failed ?? 0) > 0;

/** The diagnosis of one target leads on to that of the deployment; that one leads nowhere. */
function showsAllFindings({ ui }: AppState): boolean {
	const screen = currentScreen(ui);
	return screen.type === 'diagnosis' && screen.targetId === undefined;
}

function isAvailable(
	binding: Binding,
	state: AppState,
	rollout: Rollout,
	target: TargetId | undefined,
): boolean {
	const { confirmation } = state.ui;
	if (confirmation) return isAnswerAvailable(binding.intent, confirmation);
	if (binding.intent === 'failed.next') return (rollout.deployment.data?.overview?.failed ?? 0) > 0;
	if (binding.intent === 'hit.next') return searchedText(state) !== '';
	if (binding.intent === 'shell') return target !== undefined && planShell(state, rollout, target).possible;
	if (binding.intent === 'apply') return !state.session.readOnly;
	const request = actionRequest(binding.intent, rollout);
	if (!request) return true;
	return whyNot(state, rollout, actionFor(request)) === undefined;
}

function searchedText({ ui }: AppState): string {
	const screen = currentScreen(ui);
	return 'pager' in screen ? screen.pager.search : '';
}
