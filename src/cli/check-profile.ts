import { profileNames } from './shared-files.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Throws UsageError for a profile that is in neither of the shared AWS files: the SDK would go on to look for
 * credentials elsewhere, and end up with somebody else's or with none.
 */
export function checkProfile(option: string | undefined, env: Environment, namedBy = '--profile'): void {
	const profile = option ?? env.AWS_PROFILE ?? '';
	if (profile === '' || profile === 'default') return;
	const known = profileNames(env);
	if (known.includes(profile)) return;
	const source = option === undefined ? 'AWS_PROFILE' : namedBy;
	const expected =
		known.length === 0 ? 'they name none; try aws configure sso' : `expected ${known.join(', ')}`;
	throw new UsageError(`${source}: there is no profile “${profile}” in the shared AWS files: ${expected}`);
}

/** The same for the profile of each of several contexts: one line for each that does not exist. */
export function checkProfiles(
	contexts: readonly { readonly label: string; readonly profile?: string }[],
	isOnCommandLine: boolean,
	env: Environment,
): void {
	const lines = new Set<string>();
	for (const { label, profile } of contexts) {
		try {
			checkProfile(profile, env, isOnCommandLine ? undefined : `the context “${label}”`);
		} catch (error) {
			if (!(error instanceof UsageError)) throw error;
			lines.add(error.message);
		}
	}
	const [first, ...rest] = lines;
	if (first !== undefined) throw new UsageError(first, ...rest);
}
