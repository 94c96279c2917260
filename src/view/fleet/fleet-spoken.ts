import { currentFleetScreen } from '../../monitor/fleet/reduce-ui.ts';
import type { ContextState, FleetState } from '../../monitor/fleet/state.ts';
import { keyAloud } from '../keys/hint.ts';
import type { Intent } from '../keys/intent.ts';
import { line, lineText } from '../line.ts';
import { newLines, plainLines } from '../linear/plain-lines.ts';
import type { Spoken } from '../linear/spoken.ts';
import { contextProblem, contextProblemLine } from './context-lines.ts';
import { captionWords, gotoWords, selectCurrentRow, selectFleetPaged } from './fleet-frame.ts';
import { allRows, type FleetRow, isSameRow, listedRows } from './fleet-rows.ts';
import { nameWords, standingWords } from './fleet-summary.ts';
import { isActive } from './row-facts.ts';
import { rowNote } from './row-note.ts';
import { verdictSegments } from './verdict.ts';

/**
 * What is to be said to somebody who listens when one state follows another: at first how all of it stands, then what
 * has changed in a deployment or a context, and what keys have led to.
 */
export function selectFleetSpoken(before: FleetState | undefined, after: FleetState): Spoken {
	const { prompt } = after.ui;
	const lines = before
		? [...changes(before, after), ...keyChanges(before, after)]
		: [verdictWords(after), ...standing(after), keysLine(after)];
	if (!prompt) return { lines };
	const label = prompt.purpose === 'goto' ? gotoWords(after) : prompt.purpose;
	return { lines, typing: { label: `${label}: `, text: prompt.text } };
}

function keysLine({ userKeys }: FleetState): string {
	const key = (intent: Intent) => keyAloud('fleet', intent, userKeys);
	return [
		`Keys: ${key('help')} reads all of them, ${key('cursor.down')} and ${key('cursor.up')} the deployments,`,
		`${key('open')} opens one, ${key('stop')} asks to stop it, ${key('quit')} quits.`,
	].join(' ');
}

/** Enough for all that there is to say. */
const amply = 400;

const verdictWords = (state: FleetState): string => lineText(line(...verdictSegments(state, amply)));

const standing = (state: FleetState): readonly string[] => [
	...listedRows(state).active.map(row => rowWords(row, state)),
	...[...state.contexts.values()].flatMap(context => problemWords(context, state)),
];

function rowWords(row: FleetRow, state: FleetState): string {
	const place = state.contexts.size > 1 ? `${row.key.context}: ` : '';
	const note = lineText(line(...rowNote(row, amply, { ...state, namesContext: false })));
	return [`${place}${nameWords(row)}`, standingWords(row), note].filter(words => words !== '').join('  ');
}

function problemWords(context: ContextState, { now }: FleetState): readonly string[] {
	const told = contextProblemLine(context, now, amply);
	return told ? plainLines([told]) : [];
}

/** Deployments that have begun, ended, failed anew or begun to wait; contexts that are lost or told again. */
function changes(before: FleetState, after: FleetState): readonly string[] {
	if (before.contexts === after.contexts) return [];
	const known = new Map(allRows(before.contexts).map(row => [keyOf(row), newsOf(row)]));
	const rows = allRows(after.contexts).filter(row => {
		const was = known.get(keyOf(row));
		return was === undefined ? isActive(row.facts.state) : was !== newsOf(row);
	});
	const contexts = [...after.contexts].flatMap(([label, context]) => {
		const was = before.contexts.get(label);
		if (!was || (contextProblem(was) === undefined) === (contextProblem(context) === undefined)) return [];
		return contextProblem(context) ? problemWords(context, after) : [`${label} is told again`];
	});
	const told = [...rows.map(row => rowWords(row, after)), ...contexts];
	return told.length === 0 ? [] : [...told, verdictWords(after)];
}

const keyOf = ({ key }: FleetRow): string => `${key.context}\n${key.deploymentId}`;

/** What of a row is news when it changes; that one more host is done is none. */
const newsOf = ({ deployment, facts }: FleetRow): string =>
	[
		deployment.status,
		facts.state,
		facts.isStopping,
		deployment.overview?.failed,
		...facts.alarms.firing,
	].join();

/** Where the cursor has gone, what the list is narrowed to, what has been opened and said. */
function keyChanges(before: FleetState, after: FleetState): readonly string[] {
	const { notice } = after.ui;
	const told = notice !== undefined && notice !== before.ui.notice ? [notice.text] : [];
	return [...screenChange(before, after), ...listChange(before, after), ...told];
}

function screenChange(before: FleetState, after: FleetState): readonly string[] {
	const was = currentFleetScreen(before.ui).type;
	const is = currentFleetScreen(after.ui).type;
	if (is === 'fleet') return was === is ? [] : ['back to the fleet', verdictWords(after)];
	const read = plainLines(selectFleetPaged(after)?.lines ?? []);
	return was === is ? newLines(plainLines(selectFleetPaged(before)?.lines ?? []), read) : read;
}

function listChange(before: FleetState, after: FleetState): readonly string[] {
	const isApplied = before.ui.prompt?.purpose === 'filter' && !after.ui.prompt;
	// What is typed says enough while it is typed.
	if (after.ui.prompt || (before.ui.list === after.ui.list && !isApplied)) return [];
	const row = selectCurrentRow(after);
	const was = before.ui.list.cursor;
	const isMove = row !== undefined && was !== after.ui.list.cursor && (!was || !isSameRow(was, row.key));
	const caption = captionWords(after).join(', ');
	return [
		...(isMove ? [] : [caption === '' ? 'all deployments' : caption]),
		...(row ? [rowWords(row, after)] : []),
	];
}
