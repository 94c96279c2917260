import { type AppState, userKeysOf } from '../../monitor/state.ts';
import { currentScreen } from '../../monitor/ui-state.ts';
import { noUserKeys, type UserKeys } from '../../monitor/user-keys.ts';
import { bindingsOf, type Layer } from './bindings.ts';
import type { Intent } from './intent.ts';
import { keyName, keyWord } from './names.ts';

/** The key for `intent` in a layer, for a sentence on the screen. */
export const keyIn = (layer: Layer, intent: Intent, userKeys: UserKeys = noUserKeys): string =>
	keyIs(layer, intent, userKeys, keyName);

/** The same for who listens: words, no signs. */
export const keyAloud = (layer: Layer, intent: Intent, userKeys: UserKeys): string =>
	keyIs(layer, intent, userKeys, key => keyWord(key) ?? key);

function keyIs(layer: Layer, intent: Intent, userKeys: UserKeys, name: (key: string) => string): string {
	const key = bindingsOf(layer, userKeys).find(binding => binding.intent === intent)?.keys[0];
	return key === undefined ? '(no key)' : name(key);
}

/** The key for `intent` on the screen that is shown. */
export const keyHint = (state: AppState, intent: Intent): string =>
	keyIn(currentScreen(state.ui).type, intent, userKeysOf(state));
