import type { Command as Commander } from 'commander';
import type { CommonOptions, Subject } from './command.ts';
import type { CommandKit } from './investigation-commands.ts';
import { readName } from './option-values.ts';
import { UsageError } from './usage-error.ts';

/** A group by its name, as options give it. */
export type Named = { readonly application?: string; readonly group?: string };

const deploymentHelp =
	'a deployment id, or anything that holds exactly one: a console URL, an ARN, CLI output';

/** Lets a command be given the deployment that it is about. */
export const withSubject = (
	command: Commander,
	applicationHelp = 'with --group: the deployment it is doing now, else its latest',
): Commander =>
	command
		.argument('[deployment...]', deploymentHelp)
		.option('--application <name>', applicationHelp, readName)
		.option('--group <name>', 'the deployment group of --application', readName);

/** An id wins nothing over a group, nor the other way round: both at once is a mistake. */
export function readSubject(
	kit: Pick<CommandKit, 'readDeployment'>,
	words: readonly string[],
	{ application, group }: Named,
	common: CommonOptions,
): { readonly subject: Subject; readonly common: CommonOptions } {
	if (application === undefined && group === undefined) {
		const { deploymentId, common: placed } = kit.readDeployment(words, common);
		return { subject: { deploymentId }, common: placed };
	}
	if (words.length > 0) {
		throw new UsageError('expected a deployment id or --application and --group, not both');
	}
	if (application === undefined || group === undefined) {
		const missing = application === undefined ? '--application' : '--group';
		throw new UsageError(`expected ${missing} too: a group is known by its application and its own name`);
	}
	return { subject: { application, group }, common };
}
