import { actionFor } from '../actions/action.ts';
import { isConfirmable, obstaclesOf } from '../actions/deploy.ts';
import { isReading, liveNotice } from '../monitor/reduce-ui.ts';
import { type AppState, type Rollout, rolloutOf, userKeysOf } from '../monitor/state.ts';
import type { ActionRequest, Confirmation } from '../monitor/ui-state.ts';
import type { UserKeys } from '../monitor/user-keys.ts';
import { keyIn } from './keys/hint.ts';
import { bold, cutSegments, dim, fill, gap, type Line, line, segment } from './line.ts';
import { noticeLine } from './notice-line.ts';
import { tickerLine } from './ticker/ticker-line.ts';
import { tickerFacts, tickerProblems } from './ticker/ticker-problems.ts';

/** Below this there is no room for a screen: a ticker is shown. */
const minimumColumns = 40;
const minimumRows = 10;

export const isTiny = ({ columns, rows }: AppState['ui']['size']): boolean =>
	columns < minimumColumns || rows < minimumRows;

/** What the caller knows how to draw, where there is room for a little of it. */
export type TinyParts = {
	/** The screen that is open above the first one, if one is. */
	readonly body: readonly Line[] | undefined;
	readonly footer: Line;
};

/**
 * A ticker: how far it is, then the worst there is to say, one line each, and in the last row the question or the text
 * that has the keys: nobody may answer what they cannot see. Where there are three rows, keys and other screens, too.
 */
export function tinyFrame(state: AppState, rollout: Rollout, parts: TinyParts): readonly Line[] {
	const { columns, rows } = state.ui.size;
	const truth = tickerLine(state, rollout, columns);
	const lines =
		rows === 1 ? [lastRow(state, rollout) ?? truth] : [truth, ...below(state, rollout, parts, rows - 1)];
	return fill(lines, rows).map(each => ({ ...each, segments: cutSegments(each.segments, columns) }));
}

function below(
	state: AppState,
	rollout: Rollout,
	{ body, footer }: TinyParts,
	room: number,
): readonly Line[] {
	const asked = lastRow(state, rollout);
	const { confirmation } = state.ui;
	const inner = room - 1;
	if (confirmation) return [...fill(impactLines(state, confirmation), inner), ...(asked ? [asked] : [])];
	if (body && inner > 0) return [...fill(body, inner), asked ?? footer];
	const problems = tickerProblems(state, rollout, room);
	const told = [...problems, ...tickerFacts(state, rollout)];
	if (asked) return [...fill(told, inner), asked];
	// Of two rows below the first, keys get one when there is only one thing to say.
	return inner === 0 || (room === 2 && problems.length > 1) ? told : [...fill(told, inner), footer];
}

/** Who has the keys above all, or the latest news. */
function lastRow(state: AppState, rollout: Rollout): Line | undefined {
	const { confirmation, prompt } = state.ui;
	if (confirmation) return questionLine(confirmation, userKeysOf(state));
	return prompt || liveNotice(state.ui, state.now) ? noticeLine(state, rollout) : undefined;
}

/** What the answer would do, as far as there is room; what is in the way of it first. */
function impactLines(state: AppState, { request }: Confirmation): readonly Line[] {
	const { rows, warnings } = actionFor(request).impact(state, rolloutOf(state, request.deploymentId));
	return [
		...inTheWay(request).map(text => line(gap(1), segment(`✗ ${text}`, 'failed'))),
		...warnings.map(warning => line(gap(1), segment(`▲ ${warning}`, 'attention'))),
		...rows.map(({ what, outcome }) => line(gap(1), segment(what), dim(' → '), bold(outcome))),
	];
}

function inTheWay(request: ActionRequest): readonly string[] {
	if (request.action !== 'deploy' || isReading(request)) return [];
	if (request.problem !== undefined) return [request.problem];
	return obstaclesOf(request).map(({ text }) => text);
}

function questionLine({ request, token, typed, sending }: Confirmation, userKeys: UserKeys): Line {
	if (sending) return line(bold('sending'));
	const { title } = actionFor(request);
	if (request.action === 'deploy' && !isConfirmable(request)) {
		const layer = token === undefined ? 'confirm' : 'confirm-typed';
		const why = isReading(request) ? 'reading' : 'cannot be done';
		return line(bold(keyIn(layer, 'cancel', userKeys)), dim(` cancel  ${why}: `), segment(title));
	}
	if (token === undefined)
		return line(
			bold(keyIn('confirm', 'confirm', userKeys)),
			segment(` ${title}  `, 'attention'),
			bold(keyIn('confirm', 'cancel', userKeys)),
			dim(' cancel'),
		);
	const wanted = [dim('  '), bold(token), dim(` to ${title.toLowerCase()}`)];
	const answer =
		typed === token
			? [bold(`  ${keyIn('confirm-typed', 'confirm', userKeys)} `), segment(title, 'attention')]
			: wanted;
	return line(segment(` ${typed}│`, 'chip'), ...answer);
}
