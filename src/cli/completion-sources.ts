import type { CompletionSources } from './complete.ts';
import { configPlace } from './settings/config-file.ts';
import { loadSettings } from './settings/load-settings.ts';
import { noSettings, type Settings } from './settings.ts';
import { profileNames, profileRegions } from './shared-files.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What completion knows of the machine. `words`: the command line so far, which may name a configuration file. */
export function completionSources(
	words: readonly string[],
	env: Environment,
	scenarios: CompletionSources['scenarios'],
): CompletionSources {
	const settings = () => readable(words, env);
	return {
		profiles: () => profileNames(env),
		async regions() {
			const inFile = (await settings()).contexts.flatMap(({ regions }) => regions);
			const inEnvironment = [env.AWS_REGION, env.AWS_DEFAULT_REGION].filter(
				each => each !== undefined && each !== '',
			);
			return [...new Set([...inFile, ...inEnvironment.map(String), ...profileRegions(env)])].sort();
		},
		contexts: async () => (await settings()).contexts.map(({ label }) => label),
		scenarios,
	};
}

/** A file with mistakes in it must not be in the way: it is told by the command itself. */
async function readable(words: readonly string[], env: Environment): Promise<Settings> {
	const at = words.lastIndexOf('--config', -2);
	const assigned = words.find(word => word.startsWith('--config='))?.slice('--config='.length);
	try {
		const loaded = await loadSettings(configPlace(assigned ?? (at < 0 ? undefined : words[at + 1]), env));
		return loaded?.settings ?? noSettings;
	} catch (error) {
		if (error instanceof UsageError) return noSettings;
		throw error;
	}
}
