import type { Command as Commander, Option } from 'commander';
import { notesOf, programNotes, synopses } from './manual-pages.ts';
import { optionGroups } from './offered-options.ts';

/** Help reads like a manual, and fits the narrowest terminal that there is. */
const columns = 80;

/** Makes the help of all commands read like a manual: what it does, options by subject, examples. */
export function addManual(program: Commander): void {
	for (const command of withSubcommands(program)) {
		command.configureHelp({
			helpWidth: columns,
			subcommandTerm: briefTerm,
			optionDescription,
			groupItems: inManualOrder,
		});
		if (command === program) continue;
		const name = nameOf(command);
		const synopsis = synopses[name];
		if (synopsis !== undefined) command.summary(command.description()).description(synopsis);
		const notes = notesOf(name);
		if (notes !== '') command.addHelpText('after', notes);
	}
	program.addHelpText('after', programNotes);
}

const withSubcommands = (command: Commander): readonly Commander[] => [
	command,
	...command.commands.flatMap(withSubcommands),
];

/** `config show`: without the name of the program. */
const nameOf = (command: Commander): string =>
	command.parent?.parent ? `${nameOf(command.parent)} ${command.name()}` : command.name();

/** A command in the list of commands: without `[options]`, which all of them take. */
const briefTerm = (command: Commander): string =>
	[
		command.name(),
		...command.registeredArguments.map(each => `[${each.name()}${each.variadic ? '...' : ''}]`),
	].join(' ');

/** What it is, the words that it takes, and what it is without being told. */
function optionDescription({ description, argChoices, defaultValue, negate }: Option): string {
	const choices = argChoices ? `: ${argChoices.join(', ')}` : '';
	const isTold = defaultValue === undefined || negate || typeof defaultValue === 'boolean';
	return `${description}${choices}${isTold ? '' : `; default ${String(defaultValue)}`}`;
}

/** What is a command's own first, then what all commands take, by subject. */
function inManualOrder<Item>(
	_all: readonly Item[],
	visible: readonly Item[],
	groupOf: (item: Item) => string,
): Map<string, Item[]> {
	const headings = [...new Set(visible.map(groupOf))];
	const place = (heading: string) => optionGroups.indexOf(heading);
	return new Map(
		headings
			.toSorted((a, b) => place(a) - place(b))
			.map(heading => [heading, visible.filter(item => groupOf(item) === heading)]),
	);
}
