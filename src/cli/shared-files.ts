import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** The profiles of the shared files, from where the SDK and the AWS CLI read them. */
export function profileNames(env: Environment): readonly string[] {
	const config = sectionsOf(sharedFile(env, 'AWS_CONFIG_FILE', 'config'));
	const credentials = sectionsOf(sharedFile(env, 'AWS_SHARED_CREDENTIALS_FILE', 'credentials'));
	const configured = config.flatMap(name =>
		name === 'default' ? name : (/^profile\s+(["']?)(.+)\1$/.exec(name)?.[2] ?? []),
	);
	return [...new Set([...configured, ...credentials])];
}

/** The regions that the profiles have. */
export const profileRegions = (env: Environment): readonly string[] =>
	linesOf(sharedFile(env, 'AWS_CONFIG_FILE', 'config'), /^[ \t]*region[ \t]*=[ \t]*([a-z0-9-]+)[ \t]*$/gm);

/** An empty variable counts as none. */
function sharedFile(env: Environment, variable: string, name: string): string {
	const home = env.HOME || env.USERPROFILE || homedir();
	return (env[variable] || join(home, '.aws', name)).replace(/^~(?=\/)/, () => home);
}

/** What stands in brackets on a line of its own. */
const sectionsOf = (path: string): readonly string[] => linesOf(path, /^[ \t]*\[[ \t]*([^\]\n]+?)[ \t]*\]/gm);

function linesOf(path: string, pattern: RegExp): readonly string[] {
	try {
		return [...readFileSync(path, 'utf8').matchAll(pattern)].flatMap(match => match[1] ?? []);
	} catch {
		// No such file: on most machines one of the two.
		return [];
	}
}
