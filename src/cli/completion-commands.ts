import { Argument } from 'commander';
import { type Shell, shells } from './completion-scripts.ts';
import type { CommandKit } from './investigation-commands.ts';
import { withHelp } from './offered-options.ts';

/** `rollcall completion`. */
export function addCompletionCommand({ program, choose }: CommandKit): void {
	withHelp(program.command('completion'))
		.addArgument(new Argument('<shell>', 'the shell').choices(shells))
		.description('print the script that completes rollcall in a shell')
		.action((shell: Shell) => choose({ type: 'completion', shell }));
}
