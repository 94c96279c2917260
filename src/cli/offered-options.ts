import { type Command as Commander, Option } from 'commander';
import { themeNames } from '../view/theme-names.ts';
import {
	collectGlobs,
	collectLogGroups,
	collectWith,
	readLabel,
	readPath,
	readProfile,
	readRegion,
	readUrl,
} from './option-values.ts';

/**
 * What a command makes use of, and so offers in its help and to completion. The program itself takes all of it, before
 * the command and after it, so that one alias or one habit does for all commands.
 */
export type Uses = {
	/** In how many places it looks: profiles, regions, contexts. */
	readonly places: 'one' | 'several' | 'simulated' | 'none';
	readonly logs?: true;
	/** What it may do: actions, or only commands on hosts. */
	readonly acts?: 'actions' | 'hostCommands';
	/** Whether it draws screens, or only prints. */
	readonly looks?: 'screens' | 'lines';
	/** False for what no setting changes. */
	readonly config?: false;
};

/** The options of all commands. */
export const everything: Uses = { places: 'several', logs: true, acts: 'actions', looks: 'screens' };

/** For commands that print what they find in one place. */
export const printing: Uses = { places: 'one', looks: 'lines' };

/** The headings of options in the help, those that all commands take after a command's own. */
export const optionGroups: readonly string[] = [
	'Where to look:',
	'What may be done:',
	'How it looks:',
	'Configuration:',
	'Help:',
];

/** Adds those of the common options that a command makes use of. What is added later is the command's own. */
export function withUsedOptions(command: Commander, uses: Uses): Commander {
	withHelp(command).optionsGroup('Where to look:');
	addPlaces(command, uses);
	command.optionsGroup('What may be done:');
	if (uses.acts) command.option('--read-only', refusals[uses.acts]);
	if (uses.acts === 'actions') {
		command.option(
			'--protect <glob>',
			'group or profile names that must be typed before an action; default *prod*',
			collectGlobs,
		);
	}
	command.optionsGroup('How it looks:');
	if (uses.looks) command.option('--ascii', 'draw with ASCII characters only');
	if (uses.looks === 'screens') {
		command
			.addOption(new Option('--theme <name>', 'the looks of the screen').choices(themeNames))
			.option('--screen-reader', 'say in lines what the screen would show')
			.option('--no-bell', 'do not ring');
	}
	command.optionsGroup('Configuration:');
	if (uses.config !== false) command.option('--config <file>', 'this configuration file', readPath);
	if (asksAws(uses)) {
		command.option('--debug-log <file>', 'write a line for each call to AWS, without secrets', readPath);
	}
	return command.optionsGroup('Options:');
}

/** The simulator, served alone, asks nobody; the demo asks it. */
const asksAws = ({ places, looks }: Uses): boolean =>
	places === 'one' || places === 'several' || (places === 'simulated' && looks !== undefined);

const refusals = {
	actions: 'refuse every action',
	hostCommands: 'send no command to a host',
} as const;

/** Where it looks. */
function addPlaces(command: Commander, { places, logs }: Uses): void {
	if (places === 'none') return;
	if (places === 'simulated') {
		command.option('--region <region>', 'the region that is simulated', collectWith(readRegion));
		return;
	}
	const also = places === 'several' ? '; several with commas' : '';
	command
		.option('--profile <name>', `profile of the shared AWS files${also}`, collectWith(readProfile))
		.option(
			'--region <region>',
			`AWS region; else AWS_REGION or AWS_DEFAULT_REGION, else the profile’s${also}`,
			collectWith(readRegion),
		)
		.option('--context <label>', `context of the configuration file${also}`, collectWith(readLabel))
		.option('--endpoint-url <url>', 'ask this endpoint instead of AWS', readUrl);
	if (logs) {
		command.option(
			'--log-group <log=group>',
			'look for this log of the hosts (scripts, agent, deployments) in this CloudWatch log group first',
			collectLogGroups,
		);
	}
}

/** A command's `--help`. */
export const withHelp = (command: Commander): Commander =>
	command.addHelpOption(new Option('-h, --help', 'print this help').helpGroup('Help:'));
