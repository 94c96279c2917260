import { lookup } from '../../lib/lookup.ts';
import type { UserKeys } from '../../monitor/user-keys.ts';
import type { Binding, Layer } from './bindings.ts';
import { typesText } from './known-keys.ts';
import { takesText } from './layer.ts';

/** Ends the program from anywhere, whatever the keys are. */
export const lastResort = 'ctrl-c';

/** The binding with the user's keys in the place of its own, if there are any. */
export function withUserKeys(binding: Binding, layer: Layer, userKeys: UserKeys): Binding {
	const own = lookup(userKeys[layer] ?? {}, binding.intent);
	const keys = own ?? keysForAll(binding, layer, userKeys);
	if (keys === undefined) return binding;
	const isComplete = binding.intent !== 'quit' || keys.includes(lastResort);
	return { ...binding, keys: isComplete ? keys : [...keys, lastResort] };
}

/** Keys meant for everywhere are not meant to make a letter useless where text is typed. */
function keysForAll(
	{ intent }: Binding,
	layer: Layer,
	{ all = {} }: UserKeys,
): readonly string[] | undefined {
	const keys = lookup(all, intent);
	if (keys === undefined || !takesText(layer)) return keys;
	const silent = keys.filter(key => !typesText(key));
	return silent.length === 0 ? undefined : silent;
}
