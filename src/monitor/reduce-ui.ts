import type { DeploymentId } from '../domain/ids.ts';
import type { UiEvent } from './ui-events.ts';
import {
	type ActionRequest,
	type Confirmation,
	currentScreen,
	type DeployRequest,
	initialPager,
	type ListState,
	listOf,
	type Notice,
	type PagerState,
	type Prompt,
	type Screen,
	type UiState,
} from './ui-state.ts';

/** Applies what the user did. `watched` is the deployment whose list is meant. Pure. */
export function reduceUi(ui: UiState, event: UiEvent, watched: DeploymentId): UiState {
	switch (event.type) {
		case 'terminal.resized':
			return { ...ui, size: { columns: event.columns, rows: event.rows } };
		case 'screen.opened':
			return { ...ui, screens: [...ui.screens, event.screen] };
		case 'screen.closed':
			return closeScreen(ui);
		case 'screen.replaced':
			return replaceScreen(ui, event.screen);
		case 'cursor.moved':
			return changeList(ui, watched, { cursor: event.targetId, top: event.top });
		case 'filter.changed':
			return changeList(ui, watched, { filter: event.filter });
		case 'show.changed':
			return changeList(ui, watched, { show: event.show });
		case 'sort.changed':
			return changeList(ui, watched, { sort: event.sort });
		case 'pager.changed':
			return changePager(ui, event.pager);
		case 'notice.shown':
			return { ...ui, notice: { text: event.text, tone: event.tone, at: event.at } };
		case 'scope.moved':
			return ui;
		default:
			return reduceQuestions(ui, event);
	}
}

type QuestionEvent = Extract<UiEvent, { type: `prompt.${string}` | `action.${string}` | `plan.${string}` }>;

function reduceQuestions(ui: UiState, event: QuestionEvent): UiState {
	const { prompt, confirmation } = ui;
	switch (event.type) {
		case 'prompt.opened':
			return withPrompt(ui, { purpose: event.purpose, text: event.text, before: event.text });
		case 'prompt.edited':
			return prompt ? withPrompt(ui, { ...typed(prompt), text: event.text }) : ui;
		case 'prompt.refused':
			return prompt ? withPrompt(ui, { ...typed(prompt), problem: event.problem }) : ui;
		case 'prompt.asked':
			return prompt ? withPrompt(ui, { ...typed(prompt), asking: event.group }) : ui;
		case 'prompt.closed':
			return without(ui, 'prompt');
		case 'action.asked':
			return withConfirmation(ui, {
				request: event.request,
				seenStatus: event.seenStatus,
				typed: '',
				sending: false,
				...(event.token !== undefined && { token: event.token }),
			});
		case 'action.edited':
			return confirmation ? withConfirmation(ui, { ...confirmation, typed: event.typed }) : ui;
		case 'action.varied':
			return confirmation ? withConfirmation(ui, { ...confirmation, request: event.request }) : ui;
		case 'plan.received':
		case 'plan.failed':
			return confirmation ? receivePlan(ui, confirmation, event) : ui;
		case 'action.scrolled':
			return confirmation ? withConfirmation(ui, { ...confirmation, top: event.top }) : ui;
		case 'action.sent':
			return confirmation ? withConfirmation(ui, { ...confirmation, sending: true }) : ui;
		case 'action.closed':
			return without(ui, 'confirmation');
	}
}

/** What was read for a question that is closed, or asks for another deployment by now, is dropped. */
function receivePlan(
	ui: UiState,
	confirmation: Confirmation,
	event: Extract<UiEvent, { type: `plan.${string}` }>,
): UiState {
	const { request } = confirmation;
	if (!isAwaited(request, event.request)) return ui;
	const answered: DeployRequest =
		event.type === 'plan.received'
			? {
					...request,
					plan: event.plan,
					candidates: event.plan.candidates,
					...(event.preflight && { preflight: event.preflight }),
				}
			: { ...request, problem: event.problem };
	return withConfirmation(ui, { ...confirmation, request: answered });
}

/** Whether a question still waits for the plan that was asked for. */
export const isAwaited = (
	request: ActionRequest | undefined,
	asked: DeployRequest,
): request is DeployRequest =>
	request?.action === 'deploy' &&
	isReading(request) &&
	request.deploymentId === asked.deploymentId &&
	request.purpose === asked.purpose &&
	request.from === asked.from;

/** Whether what would be deployed has not been read yet. */
export const isReading = ({ plan, problem }: DeployRequest): boolean =>
	plan === undefined && problem === undefined;

/** Nothing that was said about it before. */
const typed = ({ purpose, before, text }: Prompt): Prompt => ({ purpose, before, text });

const withPrompt = (ui: UiState, prompt: Prompt): UiState => ({ ...ui, prompt });
const withConfirmation = (ui: UiState, confirmation: Confirmation): UiState => ({ ...ui, confirmation });

function without(ui: UiState, key: 'prompt' | 'confirmation'): UiState {
	if (ui[key] === undefined) return ui;
	const { [key]: _gone, ...rest } = ui;
	return rest;
}

function closeScreen(ui: UiState): UiState {
	const [first, ...rest] = ui.screens;
	return rest.length === 0 ? ui : { ...ui, screens: [first, ...rest.slice(0, -1)] };
}

function replaceScreen(ui: UiState, screen: Screen): UiState {
	const [first, ...rest] = ui.screens;
	return rest.length === 0 ? ui : { ...ui, screens: [first, ...rest.slice(0, -1), screen] };
}

function changeList(ui: UiState, id: DeploymentId, change: Partial<ListState>): UiState {
	return { ...ui, lists: new Map(ui.lists).set(id, { ...listOf(ui, id), ...change }) };
}

function changePager(ui: UiState, change: Partial<PagerState>): UiState {
	const screen = currentScreen(ui);
	if (!('pager' in screen)) return ui;
	return replaceScreen(ui, { ...screen, pager: { ...initialPager, ...screen.pager, ...change } });
}

/** A notice stays this long on the screen; it stays in the messages. */
const noticeMs = 8_000;

/** The notice, while it is young enough to be shown. */
export const liveNotice = (ui: Pick<UiState, 'notice'>, now: number): Notice | undefined =>
	ui.notice && now - ui.notice.at < noticeMs ? ui.notice : undefined;
