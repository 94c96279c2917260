import { currentFleetScreen } from '../../monitor/fleet/reduce-ui.ts';
import type { FleetState } from '../../monitor/fleet/state.ts';
import { timed } from '../change-lines.ts';
import { selectFleetAnnouncements } from '../fleet/fleet-announce.ts';
import { selectFleetFrame } from '../fleet/fleet-frame.ts';
import { verdictSegments } from '../fleet/verdict.ts';
import { line } from '../line.ts';
import { promptNames } from '../notice-line.ts';
import { newLines, plainLines, plainText } from './plain-lines.ts';
import type { Spoken } from './spoken.ts';

/**
 * What is said of the fleet when one state follows another: at first all of it, then how it goes over all, failures,
 * waits and ends, and the row that the cursor has moved to. That a rollout gets on is no news among many.
 */
export function selectFleetSpoken(before: FleetState | undefined, after: FleetState): Spoken {
	const { prompt } = after.ui;
	const lines = before ? changes(before, after) : [...picture(after), keysLine];
	if (!prompt) return { lines };
	return { lines, typing: { label: `${promptNames[prompt.purpose]}: `, text: prompt.text } };
}

const keysLine = 'Keys: ? reads all of them, j and k the rollouts, Enter opens one, / filters, q quits.';

/** Without the keys at its foot: those are said in other words. */
const picture = (state: FleetState): readonly string[] => plainLines(selectFleetFrame(state).slice(0, -1));

const verdict = (state: FleetState): string => plainText(line(...verdictSegments(state, 200)));

function changes(before: FleetState, after: FleetState): readonly string[] {
	const news = selectFleetAnnouncements(before, after).map(({ text }) => timed(after.now, text));
	const overall = verdict(after);
	const isNew = newLines([verdict(before)], [overall]).length > 0;
	return [...news, ...(isNew ? [timed(after.now, overall)] : []), ...userChanges(before, after)];
}

function userChanges(before: FleetState, after: FleetState): readonly string[] {
	if (before.ui === after.ui) return [];
	const { notice } = after.ui;
	const said = notice !== undefined && notice !== before.ui.notice ? [notice.text] : [];
	const isApplied = before.ui.prompt !== undefined && !after.ui.prompt;
	if (after.ui.prompt) return said;
	const was = currentFleetScreen(before.ui);
	const is = currentFleetScreen(after.ui);
	if (is.type !== 'fleet') {
		const known = was.type === is.type ? picture(before) : picture(before).slice(0, 1);
		return [...said, ...newLines(known, picture(after))];
	}
	if (was.type !== is.type) return [...said, 'back to the fleet'];
	if (before.ui.list === after.ui.list && !isApplied) return said;
	const row = selectFleetFrame(after).find(({ selected }) => selected);
	return [...said, ...(row ? [plainText(row)] : ['no rollout is listed'])];
}
