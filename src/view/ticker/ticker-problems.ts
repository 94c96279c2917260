import type { AppState, Rollout } from '../../monitor/state.ts';
import { alarmStrip } from '../alarm-strip.ts';
import { stallOf, stallWords } from '../announce.ts';
import { connectionProblem, isStale } from '../freshness.ts';
import { cutSegments, fitParts, gap, joinParts, type Line, line, segment } from '../line.ts';
import { clusterLines, errorLine } from '../problem-lines.ts';
import { configLine } from '../status-lines.ts';
import { storyLine } from '../story.ts';
import { trafficLines } from '../traffic-lines.ts';
import { waitingParts } from '../waiting.ts';

/** What is wrong with a rollout, or waits for somebody, in as many lines as there is room for; the most important first. */
export function tickerProblems(state: AppState, rollout: Rollout, room: number): readonly Line[] {
	const { columns } = state.ui.size;
	const connection = attention(connectionProblem(state, rollout), columns);
	// A picture that is out of date says less about the rollout than about the connection.
	const isBlind = isStale(state, rollout);
	const stall = stallOf({ now: state.now, rollout });
	return present([
		isBlind ? connection : undefined,
		waitingLine(state, rollout),
		storyLine(state, rollout),
		...clusterLines(state, rollout, columns, Math.max(1, room - 1)),
		errorLine(state, rollout, columns),
		isFiring(rollout) ? alarmStrip(state, rollout) : undefined,
		attention(stall && stallWords(stall, state.now), columns),
		isBlind ? undefined : connection,
	]).slice(0, room);
}

/** What fills the room that problems leave: where the traffic is, what the rollout may cost, alarms that are calm. */
export const tickerFacts = (state: AppState, rollout: Rollout): readonly Line[] =>
	present([
		...trafficLines(state, rollout),
		configLine(state, rollout),
		isFiring(rollout) ? undefined : alarmStrip(state, rollout),
	]);

const present = (lines: readonly (Line | undefined)[]): readonly Line[] =>
	lines.filter(each => each !== undefined);

const isFiring = ({ alarms }: Rollout): boolean =>
	alarms.data?.some(({ state }) => state === 'ALARM') === true || alarms.failure !== undefined;

const attention = (words: string | undefined, columns: number): Line | undefined =>
	words === undefined
		? undefined
		: line(gap(1), ...cutSegments([segment(`▲ ${words}`, 'attention')], columns - 2));

function waitingLine(state: AppState, rollout: Rollout): Line | undefined {
	const parts = fitParts(waitingParts(state, rollout), state.ui.size.columns - 2, 3);
	return parts.length === 0 ? undefined : line(gap(1), ...joinParts(parts, 3));
}
