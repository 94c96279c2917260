import type { AppState, Rollout } from '../monitor/state.ts';
import type { Screen } from '../monitor/ui-state.ts';
import { bold, dim, fitParts, joinParts, type Line, type Part, segment, spreadCutting } from './line.ts';
import { logEvent, logRows } from './log-rows.ts';
import type { PagedScreen } from './paged-screen.ts';
import type { PagerRow } from './pager.ts';

type LogsScreen = Extract<Screen, { type: 'logs' }>;

/** The log of one target, in a pager that opens at the first error. */
export function logsScreen(state: AppState, rollout: Rollout, screen: LogsScreen): PagedScreen {
	const rows = logRows(rollout.targets.get(screen.targetId), screen.event, rollout);
	return { heading: place => heading(state, rollout, screen, rows, place), rows, opensAt: 'end' };
}

function heading(
	state: AppState,
	rollout: Rollout,
	screen: LogsScreen,
	rows: readonly PagerRow[],
	place: string,
): Line {
	const target = rollout.targets.get(screen.targetId);
	const event = target && logEvent(target, screen.event);
	const script = event?.diagnostics?.scriptName ?? '';
	const errors = rows.filter(row => row.isError).length;
	const where: Part = { segments: [dim(place)], keep: 8 };
	const parts: readonly Part[] = [
		{ segments: [bold('Log')], keep: 3 },
		{ segments: [segment(screen.targetId)], keep: 9 },
		{ segments: [dim(event?.name ?? '')], keep: 6 },
		{ segments: [dim(script)], keep: 2 },
		{
			segments: errors === 0 ? [] : [segment(`${errors} ${errors === 1 ? 'error' : 'errors'}`, 'failed')],
			keep: 7,
		},
	];
	const { columns } = state.ui.size;
	const kept = fitParts([...parts, where], columns - 2, 2).filter(part => part !== where);
	return spreadCutting(joinParts(kept, 2), where.segments, columns);
}
