import type { TargetId } from '../domain/ids.ts';
import { memoOne } from '../lib/memo.ts';
import { type AppState, type Rollout, userKeysOf, watchedRollout } from '../monitor/state.ts';
import { currentScreen, type Screen } from '../monitor/ui-state.ts';
import { alarmsBody } from './alarms-screen.ts';
import { checklistScreen } from './checklist-screen.ts';
import { confirmationBody } from './confirmation-screen.ts';
import { deploymentBody, listWindow, visibleTargetIds } from './deployment-screen.ts';
import { detailsScreen } from './details-screen.ts';
import { diagnosisScreen } from './diagnosis-screen.ts';
import { footerLine, footerRule } from './footer.ts';
import { helpScreen } from './help-screen.ts';
import { historyBody } from './history/history-screen.ts';
import { identityStrip } from './identity-strip.ts';
import { cutSegments, fill, type Line } from './line.ts';
import { logsScreen } from './logs-screen.ts';
import { messagesScreen } from './messages-screen.ts';
import { noticeLine } from './notice-line.ts';
import { layOutPaged, type PagedLayout, type PagedScreen } from './paged-screen.ts';
import { preflightScreen } from './preflight/preflight-screen.ts';
import { targetBody } from './target-screen.ts';
import { timelineBody, visibleLanes } from './timeline/timeline-screen.ts';
import { isTiny, tinyFrame } from './tiny-frame.ts';

/** What surrounds the body: identity strip, notice line, rule, footer. Small panes do without the rule. */
const chromeRows = (rows: number): number => (hasRule(rows) ? 4 : 3);

/** Whether there is room for the rule above the footer. */
export const hasRule = (rows: number): boolean => rows >= 14;

/** Lines between identity strip and notice line. */
export const bodyHeight = (rows: number): number => Math.max(1, rows - chromeRows(rows));

/** The whole screen as it is now: exactly as many lines as the terminal has rows, none wider than it has columns. */
export function selectFrame(state: AppState): readonly Line[] {
	const { columns, rows } = state.ui.size;
	const rollout = watchedRollout(state);
	const height = bodyHeight(rows);
	if (isTiny(state.ui.size)) {
		const isOpen = currentScreen(state.ui).type !== 'deployment';
		const body = isOpen && rows > 2 ? selectBody(state, rollout, height) : undefined;
		return tinyFrame(state, rollout, { body, footer: footerLine(state, rollout, selectTargetInView(state)) });
	}
	const body = fill(selectBody(state, rollout, height), height);
	const frame = [
		identityStrip(state, rollout),
		...body,
		noticeLine(state, rollout),
		...(hasRule(rows) ? [footerRule(columns)] : []),
		footerLine(state, rollout, selectTargetInView(state)),
	];
	return frame.map(each => ({ ...each, segments: cutSegments(each.segments, columns) }));
}

/** What the screen that is shown says, in at most `height` lines. */
export function selectBody(state: AppState, rollout: Rollout, height: number): readonly Line[] {
	const { confirmation } = state.ui;
	if (confirmation) return confirmationBody(state, confirmation, height);
	const screen = currentScreen(state.ui);
	switch (screen.type) {
		case 'deployment':
			return deploymentBody(state, rollout, height);
		case 'target':
			return targetBody(state, rollout, screen, height);
		case 'alarms':
			return alarmsBody(state, rollout, screen, height);
		case 'timeline':
			return timelineBody(state, rollout, screen, height);
		case 'history':
			return historyBody(state, rollout, screen, height);
		default:
			return layOutPagedScreen(state, rollout, screen, height).lines;
	}
}

type PagedName = Extract<Screen, { pager: unknown }>;

function pagedScreen(state: AppState, rollout: Rollout, screen: PagedName): PagedScreen {
	const { columns } = state.ui.size;
	switch (screen.type) {
		case 'logs':
			return logsScreen(state, rollout, screen);
		case 'diagnosis':
			return diagnosisScreen(state, rollout, screen);
		case 'checklist':
			return checklistScreen(state, rollout, screen);
		case 'preflight':
			return preflightScreen(state, rollout);
		case 'details':
			return detailsScreen(state, rollout);
		case 'help':
			return helpScreen({
				columns,
				from: state.ui.screens.at(-2)?.type ?? 'deployment',
				userKeys: userKeysOf(state),
			});
		case 'messages':
			return messagesScreen(state.messages, columns);
	}
}

function layOutPagedScreen(
	state: AppState,
	rollout: Rollout,
	screen: PagedName,
	height: number,
): PagedLayout {
	const size = { columns: state.ui.size.columns, height };
	return layOutPaged(pagedScreen(state, rollout, screen), screen.pager, size);
}

/** The paged screen that is shown, laid out as it is drawn; undefined when another kind is shown. */
export function selectPaged(state: AppState): PagedLayout | undefined {
	const screen = currentScreen(state.ui);
	if (!('pager' in screen)) return undefined;
	return layOutPagedScreen(state, watchedRollout(state), screen, bodyHeight(state.ui.size.rows));
}

/** The list of targets as it stands on the deployment screen, and the target under the cursor. */
export function selectWatchedList(state: AppState) {
	const list = listWindow(state, watchedRollout(state), bodyHeight(state.ui.size.rows));
	return { ...list, current: list.targets[list.cursor] };
}

/** The target that a key means: the one that the screen is about, else the one under the cursor of the list. */
export function selectTargetInView(state: AppState): TargetId | undefined {
	const screen = currentScreen(state.ui);
	const about = 'targetId' in screen ? screen.targetId : undefined;
	return about ?? selectWatchedList(state).current?.id;
}

/** The targets that the user sees: what the engine asks for first. */
export const selectVisibleTargets = memoOne((state: AppState): readonly TargetId[] => {
	const screen = currentScreen(state.ui);
	if ('targetId' in screen && screen.targetId !== undefined) return [screen.targetId];
	const height = bodyHeight(state.ui.size.rows);
	if (screen.type === 'timeline') return visibleLanes(state, watchedRollout(state), screen, height);
	return visibleTargetIds(state, watchedRollout(state), height);
});
