import type { DeploymentId } from '../../domain/ids.ts';
import { formatAge } from '../../lib/duration.ts';
import { memoOne } from '../../lib/memo.ts';
import type { RecordReading } from '../../monitor/record/reading.ts';
import { type AppState, type Rollout, watchedRollout } from '../../monitor/state.ts';
import { currentScreen, type Screen } from '../../monitor/ui-state.ts';
import { describeFailure } from '../freshness.ts';
import type { Intent } from '../keys/intent.ts';
import {
	bold,
	cutSegments,
	dim,
	gap,
	type Line,
	line,
	type Segment,
	segment,
	spreadCutting,
} from '../line.ts';
import { destination } from '../move-cursor.ts';
import { happened, nothing, type Outcome } from '../outcome.ts';
import { keepInSight } from '../target-list.ts';
import { extentWords, type RecordLine, recordLines } from './record-lines.ts';

type HistoryScreen = Extract<Screen, { type: 'history' }>;

/** What became of the last deployments of the group: a row each, what they have in common, and what fails again and again. */
export function historyBody(
	state: AppState,
	rollout: Rollout,
	screen: HistoryScreen,
	height: number,
): readonly Line[] {
	const { lines, cursor, top } = historyWindow(state, rollout, screen, height);
	return [
		heading(state, rollout),
		...lines
			.slice(top, top + height - 1)
			.map(({ line: shown }, index) => (top + index === cursor ? { ...shown, selected: true } : shown)),
	];
}

/** The row under the cursor, if it leads to a deployment. */
function deploymentUnderCursor(state: AppState, screen: HistoryScreen): DeploymentId | undefined {
	const { lines, cursor } = historyWindow(state, watchedRollout(state), screen, state.ui.size.rows);
	return lines[cursor]?.leadsTo;
}

/** What is copied: the deployment that the row leads to. */
export const copyableInHistory = deploymentUnderCursor;

/** What the keys of the screen do; undefined for those that it does not know. `height`: lines of the body. */
export function moveInHistory(
	state: AppState,
	screen: HistoryScreen,
	intent: Intent,
	height: number,
): Outcome | undefined {
	const { lines, stops, cursor, top } = historyWindow(state, watchedRollout(state), screen, height);
	const room = Math.max(1, height - 1);
	const from = stops.indexOf(cursor);
	const wanted = destination(intent, from, stops.length, Math.max(1, room - 1));
	// Where all that is in sight stands above the first row, that is what comes next.
	const to = intent === 'cursor.down' && cursor >= top + room ? from : wanted;
	const stop = to === undefined ? undefined : stops[to];
	const key = stop === undefined ? undefined : lines[stop]?.key;
	if (to === undefined || stop === undefined || key === undefined) return undefined;
	// What stands above the first row, and below the last, is read by going on there.
	const sought = wanted === 0 ? 0 : to === stops.length - 1 ? lines.length - 1 : stop;
	return happened({
		type: 'screen.replaced',
		screen: { ...screen, cursor: key, top: keepInSight(top, sought, lines.length, room) },
	});
}

/** To the deployment under the cursor; Esc leads back from there. */
export function openFromHistory(state: AppState): Outcome {
	const screen = currentScreen(state.ui);
	const id = screen.type === 'history' ? deploymentUnderCursor(state, screen) : undefined;
	if (id === undefined) return nothing;
	if (id === state.scope.deploymentId) return happened({ type: 'screen.closed' });
	return {
		events: [{ type: 'scope.moved', deploymentId: id, way: 'goto' }],
		effects: [{ type: 'refresh' }],
	};
}

/** All lines below the heading, those the cursor can rest on, the one it rests on, and the first that is shown. */
function historyWindow(state: AppState, rollout: Rollout, screen: HistoryScreen, height: number) {
	const lines = bodyLines(state, rollout);
	const stops = lines.flatMap(({ key }, index) => (key === undefined ? [] : [index]));
	const chosen = lines.findIndex(({ key }) => key !== undefined && key === screen.cursor);
	const cursor = chosen < 0 ? (stops[0] ?? -1) : chosen;
	const room = Math.max(1, height - 1);
	const isAtEdge = cursor === stops[0] || cursor === stops.at(-1);
	const inSight = isAtEdge ? screen.top : cursor;
	const top = cursor < 0 ? 0 : keepInSight(screen.top, inSight, lines.length, room);
	return { lines, stops, cursor, top };
}

function bodyLines(state: AppState, rollout: Rollout): readonly RecordLine[] {
	const { data, failure, failedAt, retryAt } = rollout.record;
	const { columns, rows } = state.ui.size;
	const { profile } = state.session;
	const note = (part: Segment): RecordLine => ({ line: line(gap(1), ...cutSegments([part], columns - 2)) });
	const retry = retryAt === undefined ? '' : ` · next try in ${formatAge(retryAt - state.now)}`;
	const told = failure ? [note(segment(`▲ ${describeFailure(failure, profile)}${retry}`, 'attention'))] : [];
	if (data) return [...told, ...linesOf(data, columns, rows, profile, inSteps(state.now))];
	if (failedAt !== undefined) return told;
	const { data: deployment } = rollout.deployment;
	const isKnown = !deployment || (deployment.application !== undefined && deployment.group !== undefined);
	return [note(dim(isKnown ? 'asking for the last deployments of the group' : 'the group is not known'))];
}

/** Ages are told in steps of ten seconds: not all of it is laid out anew each second. */
const inSteps = (now: number): number => Math.floor(now / 10_000) * 10_000;

const linesOf = memoOne(
	(reading: RecordReading, columns: number, rows: number, profile: string | undefined, now: number) =>
		recordLines(reading, { now, columns, profile, keepsIds: false, airy: rows >= 20 }),
);

function heading(state: AppState, rollout: Rollout): Line {
	const { data, dataAt = state.now } = rollout.record;
	const age = data?.isWhole ? `● ${formatAge(state.now - dataAt)}` : data ? '○ reading' : '○ asking';
	return spreadCutting(
		[
			bold('History'),
			dim(data && data.record.deployments.length > 0 ? `  ${extentWords(data)} of the group` : ''),
		],
		[dim(age)],
		state.ui.size.columns,
	);
}
