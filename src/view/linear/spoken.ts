import { type AppState, userKeysOf, watchedRollout } from '../../monitor/state.ts';
import { currentScreen, listOf } from '../../monitor/ui-state.ts';
import { changeLine } from '../change-lines.ts';
import { findChanges } from '../changes.ts';
import { selectFrame } from '../frame.ts';
import { keyAloud } from '../keys/hint.ts';
import type { Intent } from '../keys/intent.ts';
import { promptNames } from '../notice-line.ts';
import { summaryLines } from '../summary.ts';
import { selectTargets } from '../target-list.ts';
import { newLines, plainText } from './plain-lines.ts';
import { questionChange } from './question.ts';
import { pagedText, screenText } from './screen-text.ts';

/** What somebody is told who listens instead of looking: whole lines, and the text that is being typed. */
export type Spoken = {
	readonly lines: readonly string[];
	/** The line that has the keys. */
	readonly typing?: Typing;
};

export type Typing = { readonly label: string; readonly text: string };

/**
 * What is to be said when one state follows another: at first all that is known, then only what has changed, in the
 * rollout or by a key. A screen that opens is read out; what is in sight, as keys page through it.
 */
export function selectSpoken(before: AppState | undefined, after: AppState): Spoken {
	const typing = typingIn(after);
	const lines = before ? changedLines(before, after) : [...standing(after), keysLine(after)];
	return typing ? { lines, typing } : { lines };
}

function keysLine(state: AppState): string {
	const key = (intent: Intent) => keyAloud(currentScreen(state.ui).type, intent, userKeysOf(state));
	return [
		`Keys: ${key('help')} reads all of them, ${key('cursor.down')} and ${key('cursor.up')} the targets,`,
		`${key('details')} the details, ${key('diagnosis')} why it failed, ${key('stop')} asks to stop it,`,
		`${key('quit')} quits.`,
	].join(' ');
}

const standing = (state: AppState): readonly string[] => summaryLines(state, state.scope.deploymentId);

function changedLines(before: AppState, after: AppState): readonly string[] {
	if (before.scope !== after.scope) return [`watching ${after.scope.deploymentId}`, ...standing(after)];
	const { deploymentId } = after.scope;
	return [
		...findChanges(before, after, deploymentId).map(change => changeLine(change, after)),
		...screenChange(before, after),
		...listChange(before, after),
		...questionChange(before, after),
		...noticeChange(before, after),
	];
}

/** The screen that has opened, or what of it is new; on the first one, changes of the rollout say it all. */
function screenChange(before: AppState, after: AppState): readonly string[] {
	const was = currentScreen(before.ui);
	const is = currentScreen(after.ui);
	if (is.type === 'deployment') {
		return was.type === is.type ? [] : [`back to the deployment ${after.scope.deploymentId}`];
	}
	if (was.type !== is.type) return screenText(after);
	return pagedText(before, after) ?? newLines(screenText(before), screenText(after));
}

/** The row that the cursor has moved to, and how many rows are left of a list that is narrowed. */
function listChange(before: AppState, after: AppState): readonly string[] {
	const isApplied = before.ui.prompt?.purpose === 'filter' && !after.ui.prompt;
	const hasChanged = before.ui.lists !== after.ui.lists || isApplied;
	// What is typed says enough while it is typed.
	if (!hasChanged || after.ui.prompt || currentScreen(after.ui).type !== 'deployment') return [];
	const rollout = watchedRollout(after);
	const list = listOf(after.ui, rollout.id);
	const was = listOf(before.ui, rollout.id);
	const row = selectFrame(after).find(({ selected }) => selected);
	const current = row ? [plainText(row)] : [];
	if (!isApplied && list.show === was.show && list.sort === was.sort) return current;
	const count = selectTargets(rollout, list, after.rollouts).length;
	return [`${count} of ${rollout.targets.size} targets, ${list.show}, by ${list.sort}`, ...current];
}

function noticeChange({ ui: before }: AppState, { ui: after }: AppState): readonly string[] {
	const problem = after.prompt?.problem;
	return [
		...(after.notice !== undefined && after.notice !== before.notice ? [after.notice.text] : []),
		...(problem !== undefined && problem !== before.prompt?.problem ? [problem] : []),
	];
}

function typingIn({ ui: { prompt, confirmation } }: AppState): Typing | undefined {
	if (confirmation) {
		const { token, typed, sending } = confirmation;
		return token === undefined || sending ? undefined : { label: `${token}? `, text: typed };
	}
	return prompt && { label: `${promptNames[prompt.purpose]}: `, text: prompt.text };
}
