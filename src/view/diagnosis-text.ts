import type { DeploymentId } from '../domain/ids.ts';
import { displayWidth } from '../lib/width.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import { initialPager } from '../monitor/ui-state.ts';
import { diagnosisRows } from './diagnosis-screen.ts';
import { rosterOf } from './finding-words.ts';
import { markOf } from './glyphs.ts';
import { lineText } from './line.ts';
import { layOutPager, type PagerRow } from './pager.ts';

/** The width that prose is laid out for; commands are never broken, so that they can be copied out of a file. */
const columns = 100;

/** The diagnosis of a deployment as lines of plain text: what the screen shows, all of it. */
export function diagnosisLines(state: AppState, id: DeploymentId): readonly string[] {
	const rollout = rolloutOf(state, id);
	const { status = '', application, group = '?' } = rollout.deployment.data ?? {};
	const name = application === undefined ? '' : `  ${application} / ${group}`;
	const layout = { roster: rosterOf(rollout), columns, airy: true };
	return [
		`${markOf(status).glyph} ${id}${name}  ${status}`,
		...diagnosisRows(state, rollout, undefined, layout).flatMap(textLines),
	];
}

/** A row as lines of plain text: prose is wrapped, what can be copied is not. */
export function textLines(row: PagerRow): readonly string[] {
	const text = row.text.map(part => part.text).join('');
	const width = row.choice === undefined ? columns : displayWidth(text) + columns;
	return layOutPager([row], initialPager, width).lines.map(line => lineText(line).slice(1).trimEnd());
}
