import type { AppState } from '../monitor/state.ts';
import type { PagerState } from '../monitor/ui-state.ts';
import { happened, type Outcome } from './outcome.ts';
import type { PagedLayout } from './paged-screen.ts';
import { lastTop, topFor } from './pager.ts';

/** Moving over the sections of a paged screen, and over what can be chosen in it. */

/** A section that begins further down has not been come to yet. */
const linesAbove = 6;

/** To the next or previous section, which begins at the top of the window then; its first choice is chosen. */
export function stepSection(state: AppState, paged: PagedLayout, by: 1 | -1): Outcome {
	const { headings, section, layout, top } = paged;
	const lineOf = (index: number) => layout.lineOfRow[headings[index] ?? 0] ?? 0;
	// Back to where this one begins, if that is out of sight; on to it, if what stands above it has been read so far.
	const isElsewhere = by < 0 ? lineOf(section) < top : lineOf(section) - top > linesAbove;
	const to = isElsewhere ? section : section + by;
	const heading = headings[to];
	if (heading === undefined) {
		const text = by > 0 ? 'that was the last one' : 'that was the first one';
		return happened({ type: 'notice.shown', tone: 'info', text, at: state.now });
	}
	const chosen = paged.rows.slice(heading, headings[to + 1]).find(row => row.choice)?.choice?.key;
	return changed({
		top: Math.min(lineOf(to), lastTop(layout, paged.window)),
		...(chosen !== undefined && { chosen }),
	});
}

/** To the next or previous choice, which comes into sight; undefined where there is nothing to choose. */
export function stepChoice(paged: PagedLayout, by: 1 | -1): Outcome | undefined {
	const { rows, layout, top, window } = paged;
	const starts = rows.flatMap(({ choice }, row) =>
		choice !== undefined && rows[row - 1]?.choice?.key !== choice.key ? [row] : [],
	);
	const here = starts.findIndex(row => rows[row]?.choice?.key === paged.choice?.key);
	const to = here >= 0 ? starts[here + by] : outOfSight(paged, starts, by);
	const key = to === undefined ? undefined : rows[to]?.choice?.key;
	if (to === undefined || key === undefined) return undefined;
	const first = layout.lineOfRow[to] ?? 0;
	const last =
		(layout.lineOfRow[rows.findLastIndex(row => row.choice?.key === key) + 1] ?? layout.lines.length) - 1;
	const isShown = first >= top && last < top + window;
	return changed({ chosen: key, top: isShown ? top : topFor(layout, to, window) });
}

/** With none in sight, the next one below or above the window. */
function outOfSight(
	{ layout, top, window }: PagedLayout,
	starts: readonly number[],
	by: 1 | -1,
): number | undefined {
	const first = layout.rowOfLine[top] ?? 0;
	const last = layout.rowOfLine[Math.min(top + window, layout.lines.length) - 1] ?? first;
	return by > 0 ? starts.find(row => row > last) : starts.findLast(row => row < first);
}

const changed = (pager: Partial<PagerState>): Outcome => happened({ type: 'pager.changed', pager });
