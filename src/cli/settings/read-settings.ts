import type { Settings } from '../settings.ts';
import type { Reading } from './field.ts';
import { inOrder, type Place, type Problem } from './located.ts';
import { parseYaml } from './parse-yaml.ts';
import { settingsField } from './shape.ts';

/** The settings of a text, and where each of them stands; or all that is wrong with it, in the order of the text. */
export type SettingsReading =
	| { readonly ok: true; readonly settings: Settings; readonly places: ReadonlyMap<string, Place> }
	| { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads the text of a `rollcall.yaml`. A text that says nothing is good. */
export function readSettings(text: string): SettingsReading {
	const { root, problems } = parseYaml(text);
	const reading: Reading = { problems: [...problems], places: new Map() };
	const settings = root ? settingsField.read(root, '', reading) : { contexts: [] };
	if (reading.problems.length > 0 || settings === undefined) {
		return { ok: false, problems: inOrder(reading.problems) };
	}
	return { ok: true, settings, places: reading.places };
}
