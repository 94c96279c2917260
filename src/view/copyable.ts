import { lookCommand } from '../domain/host-paths.ts';
import { truncateEnd } from '../lib/width.ts';
import { platformOf } from '../monitor/investigation/host-reach.ts';
import { type AppState, watchedRollout } from '../monitor/state.ts';
import { currentScreen } from '../monitor/ui-state.ts';
import { selectAlarms } from './alarm-strip.ts';
import { cursorIndex } from './alarms-screen.ts';
import { selectPaged, selectWatchedList } from './frame.ts';
import { copyableInHistory } from './history/history-screen.ts';
import { shownLog } from './logs-screen.ts';
import type { PagedLayout } from './paged-screen.ts';
import type { PagerRow } from './pager.ts';

/** What `y` copies on the screen that is shown; undefined where there is nothing. */
export function copyable(state: AppState): { readonly text: string; readonly what: string } | undefined {
	const screen = currentScreen(state.ui);
	const rollout = watchedRollout(state);
	switch (screen.type) {
		case 'deployment':
		case 'timeline': {
			const target = selectWatchedList(state).current;
			return target ? { text: target.id, what: target.id } : { text: rollout.id, what: rollout.id };
		}
		case 'target': {
			if (rollout.targets.get(screen.targetId)?.kind !== 'instance') {
				return { text: screen.targetId, what: screen.targetId };
			}
			const place = { groupId: rollout.group.data?.id, deploymentId: rollout.id };
			const command = lookCommand('scripts', platformOf(rollout, screen.targetId), place);
			return { text: command, what: 'the command for the host' };
		}
		case 'details':
			return { text: rollout.id, what: rollout.id };
		case 'alarms': {
			const alarms = selectAlarms(rollout);
			const alarm = alarms[cursorIndex(alarms, screen)];
			return alarm && { text: alarm.name, what: alarm.name };
		}
		case 'history': {
			const id = copyableInHistory(state, screen);
			return id && { text: id, what: id };
		}
		case 'diagnosis': {
			const choice = selectPaged(state)?.choice;
			return choice && { text: choice.text, what: truncateEnd(choice.text, 60) };
		}
		default: {
			const log = shownLog(rollout, screen);
			const command = log?.read.data === undefined ? log?.obstacle?.command : undefined;
			if (command) return { text: command, what: 'the command' };
			const paged = selectPaged(state);
			if (paged?.choice) return { text: paged.choice.text, what: truncateEnd(paged.choice.text, 60) };
			const row = paged && rowWorthCopying(paged);
			const text = row?.text.map(part => part.text).join('') ?? '';
			return text === '' ? undefined : { text, what: 'the line' };
		}
	}
}

/** The hit or the error that the window was moved to, else its first row. */
export function rowWorthCopying({ layout, top, window, rows, hits }: PagedLayout): PagerRow | undefined {
	const first = layout.rowOfLine[top] ?? 0;
	const last = layout.rowOfLine[Math.min(top + window, layout.lines.length) - 1] ?? first;
	const hit = hits.find(row => row >= first && row <= last);
	if (hit !== undefined) return rows[hit];
	const shown = rows.slice(first, last + 1);
	return shown.find(row => row.isError) ?? shown[0];
}
