import { Command as Commander, CommanderError } from 'commander';
import { type DeploymentId, findDeploymentId, findRegion } from '../domain/ids.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { truncateEnd } from '../lib/width.ts';
import type { Command, CommonOptions } from './command.ts';
import { flagsOf, mergeSettings, withCommonOptions } from './common-options.ts';
import { addConfigCommands } from './config-commands.ts';
import { addInvestigationCommands, type CommandKit } from './investigation-commands.ts';
import { readPort, readSpeed } from './option-values.ts';
import { noSettings, type Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { addWatchCommands } from './watch-commands.ts';

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
			throw new UsageError('expected show, check, keys or path after config; try rollcall help config');
		}
		throw new UsageError(inOneLine(error));
	}
	if (!chosen) throw new UsageError('nothing to do: try rollcall --help');
	return chosen;
}

const withAllCommands = (command: Commander): readonly Commander[] => [
	command,
	...command.commands.flatMap(withAllCommands),
];

/** Output of several lines is never an option, even if it begins with a rule of dashes, as the AWS CLI's tables do. */
const textNotOption = (arg: string): string => (/^-.*\n/.test(arg) ? ` ${arg}` : arg);

function createProgram(version: string, settings: Settings, choose: (command: Command) => void): Commander {
	const readCommon = (command: Commander) => mergeSettings(flagsOf(command), settings);
	const program = withCommonOptions(new Commander('rollcall'))
		.description('Roll call for your rollout: a full-screen monitor for AWS CodeDeploy.')
		.usage('[command] [options]')
		.version(version, '-V, --version', 'print the version')
		.helpCommand('help [command]', 'print the help of a command')
		.configureHelp({ subcommandTerm: briefTerm })
		.addHelpText('after', notes);
	const kit: CommandKit = {
		program,
		withCommonOptions,
		readCommon,
		readDeployment,
		refuseUnknownCommand,
		choose,
	};
	addWatchCommands(kit);
	addInvestigationCommands(kit);
	addConfigCommands(kit);
	withCommonOptions(program.command('demo'))
		.argument('[scenario]', 'what happens', 'release')
		.option('--list', 'name the scenarios')
		.description('the same on the embedded simulator: no AWS account needed')
		.action((scenario: string, options: { readonly list?: boolean }, command: Commander) => {
			choose(
				options.list ? { type: 'list-scenarios' } : { type: 'demo', scenario, common: readCommon(command) },
			);
		});
	withCommonOptions(program.command('simulate'))
		.argument('[scenario]', 'what happens', 'release')
		.option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', readPort, 0)
		.option('--speed <factor>', 'how many times faster than scripted', readSpeed, 1)
		.description('serve the simulator alone, for the AWS CLI and other programs')
		.action(
			(scenario: string, { port, speed }: { readonly port: number; readonly speed: number }, command) => {
				choose({ type: 'simulate', scenario, port, speed, common: readCommon(command) });
			},
		);
	return program;
}

const notes = `
Examples:
  rollcall d-ABC123DEF                   watch a deployment
  rollcall watch --profile prod "$URL"   whatever holds its id
  rollcall d-ABC123DEF | tee log         plain lines where there is no terminal
  rollcall demo                          see it all without an AWS account

Exit codes:
  0  succeeded, or still running when you quit
  1  failed
  2  wrong usage, or no such deployment
  3  stopped
  4  given up after --timeout
  5  AWS not reachable, access denied, or no valid credentials
  6  failed or stopped, and rolled back successfully
  70 a defect of rollcall
  128 and the number of the signal that ended it`;

/** A command in the list of commands: without `[options]`, which all of them take. */
const briefTerm = (command: Commander): string =>
	[
		command.name(),
		...command.registeredArguments.map(each => `[${each.name()}${each.variadic ? '...' : ''}]`),
	].join(' ');

/** A URL from the console says where the deployment is; what is asked for by name wins. */
function readDeployment(words: readonly string[], common: CommonOptions) {
	const region = common.region ?? findRegion(words.join(' '));
	const place = region === undefined ? {} : { region };
	return { deploymentId: readDeploymentId(words), common: { ...common, ...place } };
}

/** What looks like a command must not be taken for `watch`: who mistypes `stop` wants no monitor. */
function refuseUnknownCommand([word = '']: readonly string[]): void {
	if (!/^[a-z]+$/.test(word)) return;
	throw new UsageError(
		`there is no command “${word}”: expected watch, status, wait, list, diagnose, doctor, iam-policy, demo, simulate or a deployment id; try rollcall --help`,
	);
}

function readDeploymentId(words: readonly string[]): DeploymentId {
	const text = words.join(' ').trim();
	const search = findDeploymentId(text);
	switch (search.found) {
		case 'one':
			return search.id;
		case 'several':
			throw new UsageError(`expected exactly one deployment id, not ${search.ids.join(' and ')}`);
		case 'none': {
			const expected =
				'expected a deployment id: d- and nine capital letters or digits, such as d-ABC123DEF; try rollcall --help';
			const shown = truncateEnd(sanitizeLine(text), 60);
			throw new UsageError(text === '' ? expected : `no deployment id in “${shown}”: ${expected}`);
		}
	}
}

/** Commander's message as a line of ours. */
function inOneLine(error: CommanderError): string {
	const text = sanitizeLine(error.message.replace(/^error: /, '').trim()).replace(/\.$/, '');
	const clauses = text.replace(/\. (\w)/g, (_, first: string) => `; ${first.toLowerCase()}`);
	return `${clauses}; try rollcall --help`;
}
