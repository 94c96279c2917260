import { failureWord, runAsUser } from '../domain/failure-reason.ts';
import { eventDurationMs, type LifecycleEvent } from '../domain/lifecycle-event.ts';
import { medianEventDurations } from '../domain/peers.ts';
import { currentEvent, failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { formatClock, formatTimeOfDay } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import { fitStart } from '../lib/width.ts';
import type { AppState, Rollout, Targets } from '../monitor/state.ts';
import { listOf, type Screen } from '../monitor/ui-state.ts';
import { isStale } from './freshness.ts';
import { markOf } from './glyphs.ts';
import { bold, cell, dim, emptyLine, gap, greyed, type Line, line, segment, spread } from './line.ts';
import { logRows } from './log-rows.ts';
import { layOutPager, pagerTop } from './pager.ts';
import { isStopped } from './problem-lines.ts';
import { selectTargets } from './target-list.ts';

type TargetScreen = Extract<Screen, { type: 'target' }>;

const selectMedians = memoOne((targets: Targets) => medianEventDurations(targets.values()));

/** One target: its lifecycle events beside what the same events took on its peers, the failure, the log tail. */
export function targetBody(
	state: AppState,
	rollout: Rollout,
	screen: TargetScreen,
	height: number,
): readonly Line[] {
	const target = rollout.targets.get(screen.targetId);
	if (!target) return [line(gap(1), dim(`${screen.targetId} is no longer part of this deployment`))];
	const air = height >= 16 ? [emptyLine] : [];
	const top = [titleLine(state, rollout, target), ...air, ...eventLines(state, rollout, target, screen)];
	const failure = failureLines(target, state.ui.size.columns);
	const above = [...top, ...air, ...failure, ...(failure.length > 0 ? air : [])];
	const body = [...above, ...logLines(state, rollout, target, screen, height - above.length)];
	const shown = body.slice(0, height);
	return isStale(state, rollout) ? shown.map(greyed) : shown;
}

function titleLine(state: AppState, rollout: Rollout, target: TargetSnapshot): Line {
	const mark = markOf(target.status);
	const listed = selectTargets(rollout.targets, listOf(state.ui, rollout.id));
	const position = listed.indexOf(target);
	const where = position < 0 ? '' : `${position + 1} of ${listed.length}`;
	const fleet = target.label === undefined ? [] : [dim(`  ${target.label} fleet`)];
	return spread(
		[bold(`${mark.glyph} `, mark.tone), bold(target.id), segment(`  ${target.status}`, mark.tone), ...fleet],
		[dim(where)],
		state.ui.size.columns,
	);
}

function eventLines(
	state: AppState,
	rollout: Rollout,
	target: TargetSnapshot,
	screen: TargetScreen,
): readonly Line[] {
	const medians = selectMedians(rollout.targets);
	const { columns } = state.ui.size;
	const name = columns < 70 ? 18 : 22;
	const heads = line(
		gap(3),
		dim('EVENT'.padEnd(name)),
		dim('STATUS'.padEnd(12)),
		dim(columns < 50 ? '' : 'STARTED '.padEnd(10)),
		dim('   TOOK'),
		dim(columns < 60 ? '' : '   PEERS'),
	);
	const selected = selectedEvent(target, screen);
	return [
		heads,
		...target.events.map(event =>
			eventLine(event, {
				now: state.now,
				columns,
				name,
				peers: medians.get(event.name),
				selected: event.name === selected,
			}),
		),
	];
}

/** The event under the cursor: the one chosen, else the one worth looking at. */
export const selectedEvent = (target: TargetSnapshot, screen: TargetScreen): string | undefined =>
	screen.event ?? currentEvent(target)?.name ?? target.events[0]?.name;

type EventLook = {
	readonly now: number;
	readonly columns: number;
	readonly name: number;
	readonly peers: number | undefined;
	readonly selected: boolean;
};

function eventLine(event: LifecycleEvent, look: EventLook): Line {
	const mark = markOf(event.status);
	const took = eventDurationMs(event, look.now);
	const quiet = event.status === 'Pending' || event.status === 'Skipped';
	const started = event.startedAt === undefined ? '' : formatTimeOfDay(event.startedAt);
	const built = line(
		gap(1),
		segment(`${mark.glyph} `, mark.tone),
		cell(event.name, look.name, quiet ? 'dim' : 'plain', event.status === 'Failed'),
		cell(event.status, 12, mark.tone),
		dim(look.columns < 50 ? '' : started.padEnd(10)),
		segment(fitStart(took === undefined ? '' : formatClock(took), 7)),
		dim(look.columns < 60 ? '' : fitStart(look.peers === undefined ? '' : formatClock(look.peers), 8)),
	);
	return { ...built, selected: look.selected };
}

function failureLines(target: TargetSnapshot, columns: number): readonly Line[] {
	const diagnostics = failedEvent(target)?.diagnostics;
	if (!diagnostics) return [];
	const user = runAsUser(diagnostics);
	const script = diagnostics.scriptName === '' ? [] : [segment(`  ${diagnostics.scriptName}`)];
	const how = user === undefined ? '' : `  run as ${user}`;
	return [
		spread(
			[
				bold(diagnostics.errorCode ?? 'Failed', 'failed'),
				...script,
				segment(`  ${failureWord(diagnostics)}`, 'failed'),
				dim(how),
			],
			[],
			columns,
		),
		...layOutPager(
			[{ gutter: [gap(2)], text: [dim(diagnostics.message)], isError: false }],
			{ wrap: true, search: '' },
			columns,
		).lines.slice(0, 3),
	];
}

function logLines(
	state: AppState,
	rollout: Rollout,
	target: TargetSnapshot,
	screen: TargetScreen,
	room: number,
): readonly Line[] {
	if (room < 2) return [];
	const { columns } = state.ui.size;
	const rows = logRows(target, screen.event, isStopped(rollout));
	const pager = { wrap: true, search: '' };
	const layout = layOutPager(rows, pager, columns);
	const top = pagerTop(layout, rows, pager, room - 1, 'start');
	return [
		spread([bold('LOG'), dim('  last 2 KB that the agent sent')], [bold('l'), dim(' in a pager')], columns),
		...layout.lines.slice(top, top + room - 1),
	];
}
