import { sanitizeLine } from '../../lib/sanitize.ts';
import type { Settings } from '../settings.ts';
import { UsageError } from '../usage-error.ts';
import { type ConfigPlace, readConfigFile } from './config-file.ts';
import type { Place, Problem } from './located.ts';

/** What a configuration file holds. */
export type LoadedSettings = {
	readonly path: string;
	readonly settings: Settings;
	/** Where each setting stands, by its path (`budget.burst`). */
	readonly places: ReadonlyMap<string, Place>;
};

/** Nobody reads more than a screenful. */
const mostProblems = 20;

/**
 * Reads the configuration file; undefined when there is none. Throws UsageError with a line for each thing that is
 * wrong with it. The YAML parser is loaded when there is something to parse.
 */
export async function loadSettings(place: ConfigPlace): Promise<LoadedSettings | undefined> {
	const text = readConfigFile(place);
	if (text === undefined) return undefined;
	const { readSettings } = await import('./read-settings.ts');
	const reading = readSettings(text);
	if (!reading.ok) throw new UsageError(...problemLines(place.path, reading.problems));
	return { path: place.path, settings: reading.settings, places: reading.places };
}

/** `file:line:column: what is wrong`, as compilers write it and editors understand it. */
function problemLines(path: string, problems: readonly Problem[]): readonly [string, ...string[]] {
	const [first = 'it cannot be read', ...rest] = problems
		.slice(0, mostProblems)
		.map(({ at, text }) => `${sanitizeLine(path)}:${at.line}:${at.column}: ${text}`);
	const more = problems.length - mostProblems;
	return [first, ...rest, ...(more > 0 ? [`${sanitizeLine(path)}: and ${more} more like these`] : [])];
}
