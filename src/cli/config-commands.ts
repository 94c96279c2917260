import type { Command as Commander } from 'commander';
import type { ConfigTask } from './command.ts';
import { flagsOf } from './common-options.ts';
import type { CommandKit } from './investigation-commands.ts';
import { everything, type Uses, withHelp } from './offered-options.ts';

/** `rollcall config`: what the configuration is, where it comes from, and what is wrong with it. */
export function addConfigCommands(kit: CommandKit): void {
	const { withUsedOptions, readCommon, choose } = kit;
	const config = withHelp(kit.program.command('config')).description(
		'show the configuration, where it comes from, and what is wrong with it',
	);
	const add = (name: string, description: string, uses: Uses = { places: 'none' }): Commander =>
		withUsedOptions(config.command(name), uses).description(description);
	const chooseTask = (task: ConfigTask, command: Commander) =>
		choose({ type: 'config', task, common: readCommon(command) });

	type Show = { readonly origin?: boolean; readonly json?: boolean };
	add('show', 'print every setting as it is in effect', everything)
		.option('--origin', 'say where each comes from')
		.option('--json', 'print JSON: see schemas/config.schema.json')
		.action(({ origin, json }: Show, command: Commander) => {
			const flags = flagsOf(command);
			chooseTask({ name: 'show', origin: origin === true, format: json ? 'json' : 'text', flags }, command);
		});
	add('check', 'say ok, or what is wrong with each line')
		.argument('[file]', 'instead of the one that is used')
		.action((file: string | undefined, _options, command: Commander) => {
			chooseTask({ name: 'check', ...(file !== undefined && { file }) }, command);
		});
	add('keys', 'list what keys can do, the names for it, and the keys').action(
		(_options, command: Commander) => chooseTask({ name: 'keys' }, command),
	);
	add('path', 'print the name of the file').action((_options, command: Commander) =>
		chooseTask({ name: 'path' }, command),
	);
}
