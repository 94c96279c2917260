import { noUserKeys } from '../../monitor/user-keys.ts';
import { allLayers, type Binding, bindingsOf, type Layer } from './bindings.ts';
import { keyName, keyWord } from './names.ts';

/** How a place with keys is called in the README. */
const places: Readonly<Record<Layer, string>> = {
	fleet: 'fleet',
	picker: 'choice of a group',
	deployment: 'deployment',
	target: 'target',
	logs: 'log',
	details: 'details',
	alarms: 'alarms',
	timeline: 'timeline',
	history: 'history',
	diagnosis: 'diagnosis',
	checklist: 'checklist',
	preflight: 'preflight',
	help: 'help',
	messages: 'messages',
	confirm: 'question',
	'confirm-typed': 'question that wants a name',
	prompt: 'line of text',
};

const isScreen = (layer: Layer): boolean =>
	layer !== 'confirm' && layer !== 'confirm-typed' && layer !== 'prompt';
const screens = allLayers.filter(isScreen);

/** The README's table of keys: one row for each binding, with all the places where it is the same. */
export function keyTable(): string {
	const rows = new Map<string, { readonly binding: Binding; readonly layers: Layer[] }>();
	for (const layer of allLayers) {
		for (const binding of bindingsOf(layer, noUserKeys)) {
			const key = JSON.stringify([binding.keys, binding.help]);
			const known = rows.get(key);
			if (known) known.layers.push(layer);
			else rows.set(key, { binding, layers: [layer] });
		}
	}
	return [
		'| keys | where | what they do |',
		'| --- | --- | --- |',
		...[...rows.values()].map(({ binding, layers }) => {
			const keys = binding.keys.map(key => `\`${keyWord(key) ?? keyName(key)}\``).join(' ');
			return `| ${keys} | ${whereText(layers)} | ${binding.help} |`;
		}),
	].join('\n');
}

/** Where most screens are meant, the list of them would say less. */
function whereText(layers: readonly Layer[]): string {
	const missing = screens.filter(screen => !layers.includes(screen)).map(screen => places[screen]);
	const asked = layers.filter(layer => !isScreen(layer)).map(layer => places[layer]);
	if (missing.length > 2) return layers.map(layer => places[layer]).join(', ');
	const except = missing.length === 0 ? 'every screen' : `every screen but ${missing.join(' and ')}`;
	return [except, ...asked].join(', ');
}
