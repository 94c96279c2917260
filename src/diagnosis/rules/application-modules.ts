import type { Failure } from '../case.ts';
import { docs } from '../docs.ts';
import { onBundle, showScriptsLog } from '../host.ts';
import { scriptName, sentence, shorten } from '../words.ts';
import type { LogRule } from './application.ts';

/** Modules, packages and classes that are not there, in the words of each runtime. */

const missing: readonly RegExp[] = [
	/^(?:Uncaught )?Error(?: \[ERR_MODULE_NOT_FOUND\])?: Cannot find (?:module|package) '(?<name>[^']+)'/,
	/^ModuleNotFoundError: No module named ['"]?(?<name>[\w.-]+)/,
	/^ImportError: No module named ['"]?(?<name>[\w.-]+)/,
	/\bcannot load such file -- (?<name>\S+)(?: \(LoadError\))?/,
	/^Could not find (?<name>\S+) in (?:any of the sources|locally installed gems|cached gems)/,
	/\bBundler::GemNotFound\b/,
	/^Can't locate (?<name>\S+) in @INC/,
	/\bjava\.lang\.(?:ClassNotFoundException|NoClassDefFoundError): (?<name>\S+)/,
	/^Error: Could not find or load main class (?<name>\S+)/,
	/^Error: Unable to access jarfile (?<name>\S+)/,
	/\bFailed opening required '(?<name>[^']+)'/,
	/\berror while loading shared libraries: (?<name>[^:]+): cannot open shared object file/,
];

export const moduleLogs: readonly LogRule[] = [
	{
		patterns: missing,
		say: (failure, match) => {
			const name = match.groups?.name;
			return {
				cause: 'module-not-found',
				title: shorten(name ? `The module ${name} is missing` : 'A module of the application is missing', 60),
				why: `${sentence(scriptName(failure.script))} starts a program that needs ${name ?? 'a module'}, which is not installed where the program looks for it.`,
				steps: [
					'See that the build installs the dependencies and packs them, or that a hook installs them before the program starts.',
					'See that the program is started from the folder that it is installed in: hooks run with another working directory.',
				],
				commands: look(failure),
				docs: docs.appSpecHooks,
			};
		},
	},
];

const look = (failure: Failure): readonly string[] => [
	...onBundle(failure, 'ls -la', '.'),
	showScriptsLog(failure),
];
