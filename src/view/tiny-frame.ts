import { actionFor } from '../actions/action.ts';
import { hasEnded } from '../domain/deployment.ts';
import { tallyTotal } from '../domain/tally.ts';
import { liveNotice } from '../monitor/reduce-ui.ts';
import { type AppState, type Rollout, userKeysOf } from '../monitor/state.ts';
import type { Confirmation } from '../monitor/ui-state.ts';
import type { UserKeys } from '../monitor/user-keys.ts';
import { markOf } from './glyphs.ts';
import { keyIn } from './keys/hint.ts';
import {
	bold,
	cutSegments,
	dim,
	fill,
	fitParts,
	greyed,
	joinParts,
	type Line,
	line,
	type Part,
	segment,
} from './line.ts';
import { noticeLine } from './notice-line.ts';

/** Below this there is no room for a screen: one line of truth is shown. */
const minimumColumns = 40;
const minimumRows = 10;

export const isTiny = ({ columns, rows }: AppState['ui']['size']): boolean =>
	columns < minimumColumns || rows < minimumRows;

/** One line of truth, and the question or the text that has the keys: nobody may answer what they cannot see. */
export function tinyFrame(state: AppState, rollout: Rollout): readonly Line[] {
	const { columns, rows } = state.ui.size;
	const { confirmation, prompt } = state.ui;
	const truth = truthLine(rollout, columns);
	const asked = confirmation
		? questionLine(confirmation, userKeysOf(state))
		: prompt || liveNotice(state.ui, state.now)
			? noticeLine(state, rollout)
			: undefined;
	const lines = asked ? (rows > 1 ? [truth, asked] : [asked]) : [truth];
	return fill(lines, rows).map(each => ({ ...each, segments: cutSegments(each.segments, columns) }));
}

function questionLine({ request, token, typed, sending }: Confirmation, userKeys: UserKeys): Line {
	if (sending) return line(bold('sending'));
	const { title } = actionFor(request);
	if (token === undefined)
		return line(
			bold(keyIn('confirm', 'confirm', userKeys)),
			segment(` ${title}  `, 'attention'),
			bold(keyIn('confirm', 'cancel', userKeys)),
			dim(' cancel'),
		);
	const answer =
		typed === token
			? [bold(`  ${keyIn('confirm-typed', 'confirm', userKeys)} `), segment(title, 'attention')]
			: [dim(`  ${token}?`)];
	return line(segment(` ${typed}│`, 'chip'), ...answer);
}

/** Everything in one line: `✗5 29/60 ▸ InProgress d-ABC123DEF`; the id goes last. */
function truthLine(rollout: Rollout, columns: number): Line {
	const deployment = rollout.deployment.data;
	if (!deployment) return line(dim(`asking ${rollout.id}`));
	const mark = markOf(deployment.status);
	const tally = deployment.overview;
	const parts: readonly Part[] = [
		{ segments: tally && tally.failed > 0 ? [segment(`✗${tally.failed}`, 'failed')] : [], keep: 3 },
		{
			segments: tally ? [segment(`${tally.succeeded + tally.ready}/${tallyTotal(tally)}`)] : [],
			keep: 2,
		},
		{ segments: [segment(mark.glyph, mark.tone)], keep: 4 },
		{ segments: [segment(deployment.status, mark.tone)], keep: 1 },
		{ segments: [dim(rollout.id)], keep: 5 },
	];
	const truth = line(...joinParts(fitParts(parts, columns, 1), 1));
	return rollout.deployment.failure && !hasEnded(deployment) ? greyed(truth) : truth;
}
