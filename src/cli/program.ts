import { Command as Commander } from 'commander';
import { nearest } from '../lib/nearest.ts';
import { listed, meant } from '../lib/sentence.ts';
import type { Command } from './command.ts';
import { flagsOf, mergeSettings } from './common-options.ts';
import { addCompletionCommand } from './completion-commands.ts';
import { addConfigCommands } from './config-commands.ts';
import { addDeployCommands } from './deploy-commands.ts';
import { readDeployment } from './deployment-words.ts';
import { addInvestigationCommands, type CommandKit } from './investigation-commands.ts';
import { addLintCommand } from './lint-command.ts';
import { addManual } from './manual.ts';
import { everything, withUsedOptions } from './offered-options.ts';
import { readPort, readSpeed } from './option-values.ts';
import { addProtect } from './protect-command.ts';
import type { Settings } from './settings.ts';
import { UsageError } from './usage-error.ts';
import { addWatchCommands } from './watch-commands.ts';

/** The command line as commander knows it. `choose` is told the command that was asked for. */
export function createProgram(
	version: string,
	settings: Settings,
	choose: (command: Command) => void,
): Commander {
	const readCommon = (command: Commander) => mergeSettings(flagsOf(command), settings);
	const program = withUsedOptions(new Commander('rollcall'), everything)
		.description(
			'Roll call for your rollout: a full-screen monitor for AWS CodeDeploy. Without arguments it shows all deployments in flight, over all contexts of the configuration file or all profiles and regions that are named; with the id of a deployment, that one.',
		)
		.usage('[command] [options]')
		.version(version, '-V, --version', 'print the version')
		.helpCommand('help [command]', 'print the help of a command');
	const kit: CommandKit = {
		program,
		withUsedOptions,
		readCommon,
		readDeployment,
		refuseUnknownCommand: words => refuseUnknownCommand(words, program),
		choose,
	};
	addWatchCommands(kit);
	addInvestigationCommands(kit);
	addLintCommand(kit);
	addDeployCommands(kit);
	addProtect(kit);
	addConfigCommands(kit);
	addCompletionCommand(kit);
	addSimulatorCommands(kit);
	addManual(program);
	return program;
}

function addSimulatorCommands({ program, readCommon, choose }: CommandKit): void {
	withUsedOptions(program.command('demo'), { ...everything, places: 'simulated' })
		.argument('[scenario]', 'what happens', 'release')
		.option('--list', 'name the scenarios')
		.description('the same on the embedded simulator: no AWS account needed')
		.action((scenario: string, options: { readonly list?: boolean }, command: Commander) => {
			choose(
				options.list ? { type: 'list-scenarios' } : { type: 'demo', scenario, common: readCommon(command) },
			);
		});
	withUsedOptions(program.command('simulate'), { places: 'simulated', config: false })
		.argument('[scenario]', 'what happens', 'release')
		.option('--port <number>', 'port on 127.0.0.1; 0 takes a free one', readPort, 0)
		.option('--speed <factor>', 'how many times faster than scripted', readSpeed, 1)
		.description('serve the simulator alone, for the AWS CLI and other programs')
		.action(
			(scenario: string, { port, speed }: { readonly port: number; readonly speed: number }, command) => {
				choose({ type: 'simulate', scenario, port, speed, common: readCommon(command) });
			},
		);
}

/** What looks like a command must not be taken for `watch`: who mistypes `stop` wants no monitor. */
export function refuseUnknownCommand([word = '']: readonly string[], program: Commander): void {
	if (!/^[a-z]+$/.test(word)) return;
	const names = program.commands.map(command => command.name());
	throw new UsageError(
		`there is no command “${word}”: expected ${listed([...names, 'a deployment id'])}${meant(nearest(word, names))}; try rollcall --help`,
	);
}
