import { checkProfile, checkProfiles } from './check-profile.ts';
import type { Command, CommonOptions } from './command.ts';
import { chooseContexts, chooseOne, withOnlyContext } from './contexts.ts';
import { parseArguments } from './parse-arguments.ts';
import { configPlace } from './settings/config-file.ts';
import { loadSettings } from './settings/load-settings.ts';
import { UsageError } from './usage-error.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The command that is asked for, with its options merged: the command line before the configuration file before the
 * defaults. Throws UsageError for bad input in either of them, and for profiles that do not exist.
 */
export async function configure(
	args: readonly string[],
	version: string,
	env: Environment,
): Promise<Command> {
	const asked = parseArguments(args, version);
	if (!('common' in asked) || !readsSettings(asked)) return asked;
	const loaded = await loadSettings(configPlace(asked.common.config, env));
	const command = loaded ? parseArguments(args, version, loaded.settings) : asked;
	return settled(command, env);
}

/** What says what is wrong with the file must be able to start. */
const readsSettings = (command: Command): boolean =>
	command.type !== 'config' || command.task.name === 'show' || command.task.name === 'keys';

function settled(command: Command, env: Environment): Command {
	switch (command.type) {
		case 'fleet':
		case 'list':
			checkProfiles(
				chooseContexts(command.common, env),
				(command.common.profiles ?? command.common.profile) !== undefined,
				env,
			);
			return command;
		case 'pick':
		case 'watch':
		case 'status':
		case 'wait':
		case 'diagnose':
		case 'doctor':
		case 'preflight':
		case 'protect':
		case 'history':
			return inItsPlace(command, command.type === 'pick' ? 'watch' : command.type, env);
		case 'deploy':
			return inItsPlace(command, command.purpose === 'roll-back' ? 'rollback' : 'deploy', env);
		case 'lint':
			// A bundle on this machine is looked at without AWS.
			return command.bundle.startsWith('s3://') ? inItsPlace(command, command.type, env) : command;
		case 'demo':
		case 'simulate':
			refuseSeveral(command.type, command.common);
			return command;
		default:
			return command;
	}
}

/** What named the profile that a command takes, where that was no option of its own. */
function namedBy({ contexts: given }: CommonOptions, { contexts }: CommonOptions): string | undefined {
	if (given) return `--context ${given.join()}`;
	return contexts && `the context “${contexts.join()}”`;
}

/** A command that looks in one place, which must exist. */
function inItsPlace<One extends Command & { readonly common: CommonOptions }>(
	command: One,
	name: string,
	env: Environment,
): One {
	const common = inOnePlace(name, withOnlyContext(command.common, env), env);
	checkProfile(common.profile, env, namedBy(command.common, common));
	return { ...command, common };
}

/** A command that looks at one deployment looks in one place; what the file says of that place holds. */
function inOnePlace(name: string, common: CommonOptions, env: Environment): CommonOptions {
	refuseSeveral(name, common);
	const { protect, readOnly, endpointUrl, profile, region } = chooseOne(common, env, name);
	const place = common.contexts
		? { ...(profile !== undefined && { profile }), ...(region !== undefined && { region }) }
		: {};
	return { ...common, ...place, protect, readOnly, ...(endpointUrl !== undefined && { endpointUrl }) };
}

function refuseSeveral(name: string, { profiles, regions, contexts }: CommonOptions): void {
	const options = [
		['--profile', profiles],
		['--region', regions],
		['--context', contexts],
	] as const;
	const found = options.find(([, values]) => values !== undefined && values.length > 1);
	if (!found) return;
	const [option, values = []] = found;
	throw new UsageError(
		`${option} ${values.join(',')}: expected one for rollcall ${name}; rollcall and rollcall list take several`,
	);
}
