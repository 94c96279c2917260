import { expect, test } from 'vitest';
import { planShell } from '../../src/actions/shell.ts';
import { type AppState, watchedRollout } from '../../src/monitor/state.ts';
import { noUserKeys } from '../../src/monitor/user-keys.ts';
import { bindingsOf, type Layer } from '../../src/view/keys/bindings.ts';
import { focusedLayer } from '../../src/view/keys/layer.ts';
import { screens } from './support/screens.ts';
import { sitDown, type User } from './support/user.ts';

/** What answers a question, whichever it is. */
const answers = ['y', 'enter'];

const inSession = (state: AppState, readOnly: boolean): AppState => ({
	...state,
	session: { ...state.session, readOnly, protectedPatterns: [] },
});

/** What has been done to AWS, or is asked whether to do it. */
function deedsOf({ state, effects }: User): readonly string[] {
	const questions = state.ui.confirmation ? ['question'] : [];
	const done = effects.flatMap(effect => {
		if (effect.type === 'perform' || effect.type === 'plan') return [effect.type];
		if (effect.type !== 'shell') return [];
		return planShell(state, watchedRollout(state), effect.targetId).possible ? ['shell'] : [];
	});
	return [...done, ...questions];
}

/** On every screen: whatever is pressed, and whatever is answered then. */
function allDeeds(readOnly: boolean): readonly string[] {
	const found: string[] = [];
	for (const [name, open] of Object.entries(screens)) {
		const opened = open();
		// In a read-only session no question is ever open.
		if (opened.ui.confirmation) continue;
		const state = inSession(opened, readOnly);
		for (const key of keysOf(focusedLayer(state.ui))) {
			const user = sitDown(state);
			user.press(key);
			const after = answers.map(answer => {
				const other = sitDown(user.state);
				other.press(answer);
				return other;
			});
			found.push(...[user, ...after].flatMap(deedsOf).map(deed => `${name}: ${key}: ${deed}`));
		}
	}
	return found;
}

const keysOf = (layer: Layer): readonly string[] => bindingsOf(layer, noUserKeys).flatMap(({ keys }) => keys);

test('in a read-only session no key on any screen, and no answer after it, leads to a deed', () => {
	expect(allDeeds(true)).toEqual([]);
});

test('the same keys lead to each of them in any other session', () => {
	const kinds = new Set(allDeeds(false).map(deed => /\w+$/.exec(deed)?.[0]));
	expect(kinds).toEqual(new Set(['perform', 'plan', 'shell', 'question']));
});
