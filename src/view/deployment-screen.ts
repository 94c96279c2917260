import { hasEnded } from '../domain/deployment.ts';
import type { TargetId } from '../domain/ids.ts';
import { tallyTotal } from '../domain/tally.ts';
import { displayWidth, truncateEnd } from '../lib/width.ts';
import type { AppState, Rollout } from '../monitor/state.ts';
import { listOf } from '../monitor/ui-state.ts';
import { alarmStrip } from './alarm-strip.ts';
import { differenceLine } from './difference-lines.ts';
import { goneOnLine } from './following.ts';
import { areRowsStale, describeFailure, isStale } from './freshness.ts';
import { mixedLine } from './host-revision.ts';
import { keyHint } from './keys/hint.ts';
import {
	dim,
	emptyLine,
	gap,
	greyed,
	type Line,
	line,
	type Segment,
	segment,
	segmentsWidth,
} from './line.ts';
import { clusterLines, errorLine, selectClusters } from './problem-lines.ts';
import { configLine, statusLine } from './status-lines.ts';
import { storyLine } from './story.ts';
import { columnsFor, tableHeader } from './target-columns.ts';
import { type ListWindow, selectTargets, windowOf } from './target-list.ts';
import { tableRows } from './target-table.ts';
import { trafficLines } from './traffic-lines.ts';

/** From this height on there is air between the regions, and the table has heads. */
const roomyRows = 22;

/** The body of the deployment screen, between identity strip and notice line: exactly `height` lines. */
export function deploymentBody(state: AppState, rollout: Rollout, height: number): readonly Line[] {
	const { above, rows, window } = layOut(state, rollout, height);
	const columns = columnsFor(state, rollout, window.targets);
	const table =
		window.targets.length > 0
			? tableRows(state, rollout, window, columns, rows)
			: [emptyTable(state, rollout)];
	const heads = hasHeads(state, rollout, height) ? [listCaption(state, rollout, tableHeader(columns))] : [];
	const rowsNow = areRowsStale(state, rollout) ? table.map(greyed) : table;
	const aboveNow = isStale(state, rollout) ? above.map(greyed) : above;
	return [...aboveNow, ...heads, ...rowsNow].slice(0, height);
}

/** The targets on the screen: what the engine asks for first. */
export function visibleTargetIds(state: AppState, rollout: Rollout, height: number): readonly TargetId[] {
	const { window, rows } = layOut(state, rollout, height);
	return window.targets.slice(window.top, window.top + rows).map(target => target.id);
}

/** The list as it stands on the screen: window, cursor and number of rows. */
export function listWindow(
	state: AppState,
	rollout: Rollout,
	height: number,
): ListWindow & { readonly rows: number } {
	const { window, rows } = layOut(state, rollout, height);
	return { ...window, rows };
}

const isRoomy = (height: number): boolean => height >= roomyRows - 4;

/** Small panes do without heads, unless the list is narrowed: that must be seen. */
const hasHeads = (state: AppState, rollout: Rollout, height: number): boolean =>
	rollout.targets.size > 0 && (isRoomy(height) || captionWords(state, rollout).length > 0);

function layOut(state: AppState, rollout: Rollout, height: number) {
	const above = regionsAbove(state, rollout, height);
	const rows = Math.max(1, height - above.length - (hasHeads(state, rollout, height) ? 1 : 0));
	const list = listOf(state.ui, rollout.id);
	const window = windowOf(selectTargets(rollout, list, state.rollouts), list, rows);
	return { above, rows, window };
}

/** Everything above the table. Small panes get one problem line and no air; the smallest not even the configuration. */
function regionsAbove(state: AppState, rollout: Rollout, height: number): readonly Line[] {
	const { columns } = state.ui.size;
	const roomy = isRoomy(height);
	const air = roomy ? [emptyLine] : [];
	const clusterRoom = roomy ? Math.min(4, Math.floor(height / 7)) : 1;
	const told = [
		...keeping(7, trafficLines(state, rollout)),
		...keeping(2, [errorLine(state, rollout, columns)]),
		...keeping(6, [storyLine(state, rollout)]),
		...keeping(3, [goneOnLine(state, rollout)]),
		...keeping(5, [mixedLine(state, rollout)]),
		...clustersTold(state, rollout, columns, clusterRoom),
		...keeping(4, [alarmStrip(state, rollout)]),
	];
	const top = [
		...air,
		statusLine(state, rollout),
		...(height >= 8 ? [configLine(state, rollout)] : []),
		...air,
	];
	// A fleet gets half of a small pane; a single target leaves the rest to what is said about it.
	const room = Math.max(
		1,
		Math.floor(height / 2) - 2,
		height - top.length - Math.max(1, rollout.targets.size),
	);
	const shown = roomy ? told : mostImportant(told, room);
	return [...top, ...shown.map(({ line: said }) => said), ...(shown.length > 0 ? air : [])];
}

/** A line about the rollout; the lowest `keep` gives way first. */
type Told = { readonly line: Line; readonly keep: number };

const keeping = (keep: number, lines: readonly (Line | undefined)[]): readonly Told[] =>
	lines.flatMap(each => (each ? [{ line: each, keep }] : []));

/** Each group of failures, the largest first, with what sets its hosts apart below it, as far as there is room. */
function clustersTold(state: AppState, rollout: Rollout, columns: number, room: number): readonly Told[] {
	const clusters = selectClusters(rollout);
	return clusterLines(state, rollout, columns, room).flatMap((each, index) => [
		...keeping(5, [each]),
		...(index < Math.max(1, room - 2) ? keeping(3, [differenceLine(rollout, clusters[index], columns)]) : []),
	]);
}

/** As many as there is room for, in the order in which they are told. */
function mostImportant(told: readonly Told[], room: number): readonly Told[] {
	const kept = new Set(told.toSorted((a, b) => b.keep - a.keep).slice(0, room));
	return told.filter(each => kept.has(each));
}

/** The heads, with how the list is narrowed at the right edge. */
function listCaption(state: AppState, rollout: Rollout, heads: Line): Line {
	const words = captionWords(state, rollout);
	if (words.length === 0) return heads;
	const caption = truncateEnd(words.join(' · '), state.ui.size.columns - 5);
	const room = state.ui.size.columns - 1 - displayWidth(caption);
	// Heads that stand in its way are left out, from the right.
	const kept: Segment[] = [];
	for (const part of heads.segments) {
		if (segmentsWidth([...kept, part]) > room - 2) break;
		kept.push(part);
	}
	return line(...kept, gap(room - segmentsWidth(kept)), segment(caption, 'attention'));
}

/** Pending targets are not active, but not done either. */
const showWords = { failed: 'failed', active: 'unfinished' } as const;

/** How the list differs from the usual one. */
function captionWords(state: AppState, rollout: Rollout): readonly string[] {
	const { sort } = listOf(state.ui, rollout.id);
	return [...narrowedWords(state, rollout), ...(sort === 'state' ? [] : [`by ${sort}`])];
}

/** What of the targets is shown, if not all of them. */
export function narrowedWords(state: AppState, rollout: Rollout): readonly string[] {
	const list = listOf(state.ui, rollout.id);
	const shown = selectTargets(rollout, list, state.rollouts).length;
	return [
		list.show === 'all' && list.filter === '' ? '' : `${shown} of ${rollout.targets.size}`,
		list.show === 'all' ? '' : `${showWords[list.show]} only`,
		list.filter === '' ? '' : `filter ${list.filter}`,
	].filter(word => word !== '');
}

/** What is said where no target is left of those that there are. */
export const noMatchWords = (state: AppState): string =>
	`no target matches · ${keyHint(state, 'filter')} changes the filter, ${keyHint(state, 'show')} what is shown`;

/** An empty list says why it is empty. */
function emptyTable(state: AppState, rollout: Rollout): Line {
	const deployment = rollout.deployment.data;
	const { failure } = rollout.listing;
	if (rollout.targets.size > 0) return line(gap(3), dim(noMatchWords(state)));
	if (!deployment) return emptyLine;
	if (failure && failure.kind !== 'not-started') {
		return line(
			gap(3),
			segment(`targets cannot be read: ${describeFailure(failure, state.session.profile)}`, 'attention'),
		);
	}
	const total = deployment.overview ? tallyTotal(deployment.overview) : 0;
	if (total > 0) return line(gap(3), dim(`reading ${total} targets`));
	return line(
		gap(3),
		dim(hasEnded(deployment) ? 'this deployment has no targets' : 'preparing: no targets yet'),
	);
}
