import type { Command as Commander } from 'commander';
import { defaultNotifications, type Notifications } from '../view/notifications.ts';
import type { ThemeName } from '../view/theme-names.ts';
import type { CommonOptions, LogGroups } from './command.ts';
import type { Settings } from './settings.ts';

/** Options of the command line that every command takes, as they were given; some have no use for all of them. */
export type Flags = {
	readonly profile?: readonly string[];
	readonly region?: readonly string[];
	readonly context?: readonly string[];
	readonly endpointUrl?: string;
	readonly config?: string;
	readonly debugLog?: string;
	readonly readOnly?: true;
	readonly ascii?: true;
	readonly protect?: readonly string[];
	readonly logGroup?: LogGroups;
	readonly screenReader?: true;
	readonly theme?: ThemeName;
	/** False when it was switched off. */
	readonly bell?: boolean;
};

/** The options that were given to `command`, or before it. */
export function flagsOf(command: Commander): Flags {
	const { bell: _default, ...flags } = command.optsWithGlobals<Flags>();
	return { ...flags, ...(isSilenced(command) && { bell: false }) };
}

/** An option that switches off is on by default for each command that has it. */
const isSilenced = (command: Commander): boolean =>
	command.opts<Flags>().bell === false || (command.parent !== null && isSilenced(command.parent));

const defaultProtect: readonly string[] = ['*prod*'];

/** What the command line says, else what the configuration file says, else the defaults. */
export function mergeSettings(flags: Flags, settings: Settings): CommonOptions {
	const { profile: profiles, region: regions, context: contexts } = flags;
	const logGroups = flags.logGroup ?? settings.logGroups;
	const theme = flags.theme ?? settings.theme;
	return {
		readOnly: flags.readOnly ?? settings.readOnly ?? false,
		ascii: flags.ascii ?? settings.ascii ?? false,
		protect: flags.protect ?? settings.protected ?? defaultProtect,
		...oneOrMore('profile', 'profiles', profiles),
		...oneOrMore('region', 'regions', regions),
		...(contexts !== undefined && { contexts }),
		...(flags.endpointUrl !== undefined && { endpointUrl: flags.endpointUrl }),
		...(flags.config !== undefined && { config: flags.config }),
		...(flags.debugLog !== undefined && { debugLog: flags.debugLog }),
		...(logGroups !== undefined && { logGroups }),
		...(flags.screenReader && { screenReader: true }),
		...(theme !== undefined && { theme }),
		...(settings.contexts.length > 0 && { knownContexts: settings.contexts }),
		...(settings.cadence && { cadence: settings.cadence }),
		...(settings.budget && { budget: settings.budget }),
		...(settings.keys && { keys: settings.keys }),
		...notificationsOf(flags, settings),
	};
}

/** Most commands can do with one only. */
function oneOrMore<One extends string, More extends string>(
	one: One,
	more: More,
	values: readonly string[] = [],
): { readonly [Name in One]?: string } & { readonly [Name in More]?: readonly string[] } {
	const told = values.length > 1 ? { [more]: values } : values.length === 1 ? { [one]: values[0] } : {};
	return told as { readonly [Name in One]?: string } & { readonly [Name in More]?: readonly string[] };
}

function notificationsOf(
	{ bell }: Flags,
	{ notifications }: Settings,
): { readonly notifications?: Notifications } {
	if (bell === undefined && notifications === undefined) return {};
	return {
		notifications: { ...defaultNotifications, ...notifications, ...(bell !== undefined && { bell }) },
	};
}
