import { type Command as Commander, CommanderError } from 'commander';
import { sanitizeLine } from '../lib/sanitize.ts';
import type { Command } from './command.ts';
import { createProgram, refuseUnknownCommand } from './program.ts';
import { noSettings, type Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';

/**
 * Reads the command line. `version` is what `--version` prints; `settings` is what a configuration file holds, which
 * what the command line says goes before. Throws {@link UsageError} with one line for whatever
 * cannot be understood.
 */
export function parseArguments(
	args: readonly string[],
	version: string,
	settings: Settings = noSettings,
): Command {
	if (args[0] === hiddenComplete) return { type: 'complete', words: args.slice(1) };
	let chosen: Command | undefined;
	let printed = '';
	const program = createProgram(version, settings, command => {
		chosen = command;
	});
	const output = {
		writeOut: (text: string) => {
			printed += text;
		},
		writeErr: () => {},
	};
	for (const command of withAllCommands(program)) command.exitOverride().configureOutput(output);
	try {
		program.parse(args.map(textNotOption), { from: 'user' });
	} catch (error) {
		if (!(error instanceof CommanderError)) throw error;
		if (error.exitCode === 0) return { type: 'print', text: printed };
		if (error.code === 'commander.help') {
			// Asked for the help of what is no command, or of nothing.
			if (args[0] === 'help') refuseUnknownCommand(args.slice(1), program);
			throw new UsageError('expected show, check, keys or path after config; try rollcall help config');
		}
		throw new UsageError(inOneLine(error, helpFor(program, args)));
	}
	if (!chosen) throw new UsageError('nothing to do: try rollcall --help');
	return chosen;
}

/** What the scripts for shells call: not for people, and in no help. */
const hiddenComplete = '__complete';

const withAllCommands = (command: Commander): readonly Commander[] => [
	command,
	...command.commands.flatMap(withAllCommands),
];

/** Output of several lines is never an option, even if it begins with a rule of dashes, as the AWS CLI's tables do. */
const textNotOption = (arg: string): string => (/^-.*\n/.test(arg) ? ` ${arg}` : arg);

/** Commander's message as a line of ours. */
function inOneLine(error: CommanderError, help: string): string {
	const text = sanitizeLine(error.message.replace(/^error: /, '').trim()).replace(/\.$/, '');
	const clauses = text.replace(/\. (\w)/g, (_, first: string) => `; ${first.toLowerCase()}`);
	return `${clauses}; try ${help}`;
}

/** The help that lists what the command takes. */
function helpFor({ commands }: Commander, [first = '']: readonly string[]): string {
	return commands.some(command => command.name() === first) ? `rollcall ${first} --help` : 'rollcall --help';
}
