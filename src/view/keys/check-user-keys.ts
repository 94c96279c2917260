import { lookup } from '../../lib/lookup.ts';
import { noUserKeys } from '../../monitor/user-keys.ts';
import { allLayers, type Binding, bindingsOf, type KeyOverrides, type Layer } from './bindings.ts';
import type { Intent } from './intent.ts';
import { typesText } from './known-keys.ts';
import { takesText } from './layer.ts';
import { lastResort } from './override-keys.ts';

/** One line of the user's keys. */
export type KeyOverride = { readonly layer: Layer | 'all'; readonly intent: Intent };

export type KeyProblem = {
	/** Which override is wrong. */
	readonly override: KeyOverride;
	/** What is wrong, and what was expected. */
	readonly text: string;
	/** The override that it does not go together with. */
	readonly other?: KeyOverride;
};

/** Without a key for these nobody gets out of a question, a screen or the program. */
const indispensable: ReadonlySet<Intent> = new Set(['quit', 'back', 'cancel', 'confirm', 'submit']);

/**
 * What is wrong with keys of the user's own whose names are right: intents that a layer does not have, two meanings
 * for one key, no way out.
 */
export function checkUserKeys(overrides: KeyOverrides): readonly KeyProblem[] {
	const alone = overridesOf(overrides).flatMap(({ keys, ...override }) =>
		faultsOf(override, keys).map(text => ({ override, text })),
	);
	return [...alone, ...conflicts(overrides)];
}

function overridesOf(
	overrides: KeyOverrides,
): readonly (KeyOverride & { readonly keys: readonly string[] })[] {
	return ['all' as const, ...allLayers].flatMap(layer =>
		intentsOf(overrides, layer).map(([intent, keys]) => ({ layer, intent, keys })),
	);
}

// What is written under the name of an intent is the keys of that intent.
const intentsOf = (overrides: KeyOverrides, layer: Layer | 'all') =>
	Object.entries(overrides[layer] ?? {}) as [Intent, readonly string[]][];

function faultsOf({ layer, intent }: KeyOverride, keys: readonly string[]): readonly string[] {
	const faults: string[] = [];
	const homes = layersWith(intent);
	if (layer !== 'all' && !homes.includes(layer)) {
		faults.push(`there is no ${intent} in ${layer}: expected it in ${homes.join(', ')}`);
	}
	if (keys.length === 0 && indispensable.has(intent)) {
		faults.push(`${intent} has no key: expected at least one`);
	}
	if (intent !== 'quit' && keys.includes(lastResort)) {
		faults.push(`“${lastResort}” always quits: expected another key`);
	}
	const letter = layer !== 'all' && takesText(layer) ? keys.find(typesText) : undefined;
	if (letter !== undefined) {
		faults.push(`“${letter}” is text in ${layer}: expected a key that types nothing, such as ctrl-o`);
	}
	// Whoever presses Enter without reading the question has cancelled.
	if ((layer === 'all' || layer === 'confirm') && intent === 'confirm' && keys.includes('enter')) {
		faults.push('“enter” cancels in a question: expected another key');
	}
	return faults;
}

const layersWith = (intent: Intent): readonly Layer[] =>
	allLayers.filter(layer => bindingsOf(layer, noUserKeys).some(binding => binding.intent === intent));

type Conflict = {
	readonly key: string;
	readonly intents: readonly [Intent, Intent];
	readonly layers: readonly Layer[];
};

/** Keys that would mean two things in a layer, the same in several layers together. */
function conflicts(overrides: KeyOverrides): readonly KeyProblem[] {
	const found = new Map<string, Conflict>();
	for (const layer of allLayers) {
		for (const { key, intents } of sharedKeys(bindingsOf(layer, overrides))) {
			const id = JSON.stringify([key, intents]);
			found.set(id, { key, intents, layers: [...(found.get(id)?.layers ?? []), layer] });
		}
	}
	return [...found.values()].flatMap(conflict => conflictProblem(conflict, overrides));
}

function sharedKeys(bindings: readonly Binding[]) {
	return bindings.flatMap((binding, index) =>
		bindings.slice(index + 1).flatMap(other => {
			const intents: readonly [Intent, Intent] = [binding.intent, other.intent];
			return binding.keys.filter(key => other.keys.includes(key)).map(key => ({ key, intents }));
		}),
	);
}

function conflictProblem({ key, intents, layers }: Conflict, overrides: KeyOverrides): readonly KeyProblem[] {
	const [first] = layers;
	if (first === undefined) return [];
	const [a, b] = intents.map(intent => ({ intent, override: overrideOf(overrides, first, intent) }));
	const [override, other] = [a?.override, b?.override].filter(each => each !== undefined);
	if (!override) return [];
	const where = layers.length > 4 ? `${layers.slice(0, 3).join(', ')} …` : layers.join(', ');
	const text = `“${key}” would be the key of ${intents.join(' and of ')} in ${where}: expected one of its own for each`;
	return [{ override, text, ...(other && { other }) }];
}

/** Where the keys of an intent in a layer come from; undefined for the default. */
function overrideOf(overrides: KeyOverrides, layer: Layer, intent: Intent): KeyOverride | undefined {
	for (const each of [layer, 'all' as const]) {
		if (lookup(overrides[each] ?? {}, intent) !== undefined) return { layer: each, intent };
	}
	return undefined;
}
