import type { Command as Commander, Option } from 'commander';
import { rollbackEventWords } from '../domain/protection-difference.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { truncateEnd } from '../lib/width.ts';
import { wantsFile } from './completion-scripts.ts';
import { policyFeatures } from './iam-policy.ts';

/** What can stand somewhere on the command line. */
export type Candidate = { readonly value: string; readonly help?: string };

/** What is known of the machine; asked only for what is being completed. */
export type CompletionSources = {
	profiles(): readonly string[];
	regions(): Promise<readonly string[]>;
	/** Labels of the contexts in the configuration file. */
	contexts(): Promise<readonly string[]>;
	scenarios(): Promise<readonly Candidate[]>;
};

/**
 * What can stand for the last of `words`, as lines for the scripts: a value, a tab and what it is; or that it is the
 * name of a file. Never throws for what is on the command line.
 */
export async function complete(
	program: Commander,
	words: readonly string[],
	sources: CompletionSources,
): Promise<readonly string[]> {
	// Help is for the commands that follow it.
	const told = withoutEquals(words);
	const at = standAt(program, told[0] === 'help' && told.length > 1 ? told.slice(1) : told);
	const values = at.option ? await optionValues(at.option, sources) : await wordValues(at, sources);
	if (values === 'files') return [wantsFile];
	const isList = at.option !== undefined && takesSeveral.has(at.option.attributeName());
	const done = isList ? at.current.slice(0, at.current.lastIndexOf(',') + 1) : '';
	const taken = new Set(done.split(','));
	return values
		.filter(({ value }) => value.startsWith(at.current.slice(done.length)) && !taken.has(value))
		.map(({ value, help }) => {
			const text = sanitizeLine(`${at.prefix}${done}${value}`);
			return help === undefined ? text : `${text}\t${truncateEnd(sanitizeLine(help), 60)}`;
		});
}

type Standing = {
	readonly command: Commander;
	/** The option whose value is being typed. */
	readonly option?: Option;
	/** What has been typed of it. */
	readonly current: string;
	/** What stands before it in the same word: `--theme=`. */
	readonly prefix: string;
	/** Arguments of the command before it. */
	readonly index: number;
};

/** bash makes three words of `--theme=dark`. */
function withoutEquals(words: readonly string[]): readonly string[] {
	const rest = words.filter((word, index) => word !== '=' || index === words.length - 1);
	return rest.at(-1) === '=' ? [...rest.slice(0, -1), ''] : rest;
}

/** Goes through the words as commander does, to what the last of them is. */
function standAt(program: Commander, words: readonly string[]): Standing {
	let command = program;
	let option: Option | undefined;
	let index = 0;
	for (const word of words.slice(0, -1)) {
		if (option) option = undefined;
		else if (word.startsWith('-')) option = word.includes('=') ? undefined : valueOption(command, word);
		else {
			const sub = index === 0 ? command.commands.find(each => each.name() === word) : undefined;
			if (sub) command = sub;
			else index += 1;
		}
	}
	const current = words.at(-1) ?? '';
	const assigned = option ? undefined : assignment(command, current);
	return { command, ...(option && { option }), current, prefix: '', index, ...assigned };
}

/** `--theme=da`: the value of an option in the same word. */
function assignment(
	command: Commander,
	word: string,
): Pick<Standing, 'option' | 'current' | 'prefix'> | undefined {
	const [, flag = '', value = ''] = /^(--[\w-]+)=(.*)$/.exec(word) ?? [];
	const option = valueOption(command, flag);
	return option && { option, current: value, prefix: `${flag}=` };
}

/** The option that `flag` is, if a value follows it. */
const valueOption = (command: Commander, flag: string): Option | undefined =>
	optionsOf(command).find(option => (option.long === flag || option.short === flag) && option.required);

/** A command takes the options of those above it, too. */
const optionsOf = (command: Commander): readonly Option[] => [
	...command.options,
	...(command.parent?.options ?? []),
];

const takesSeveral: ReadonlySet<string> = new Set(['profile', 'region', 'context', 'for', 'autoRollback']);

const plain = (values: readonly string[]): readonly Candidate[] => values.map(value => ({ value }));

async function optionValues(
	option: Option,
	sources: CompletionSources,
): Promise<readonly Candidate[] | 'files'> {
	if (option.argChoices) return plain(option.argChoices);
	switch (option.attributeName()) {
		case 'profile':
			return plain(sources.profiles());
		case 'region':
			return plain(await sources.regions());
		case 'context':
			return plain(await sources.contexts());
		case 'config':
		case 'debugLog':
			return 'files';
		case 'logGroup':
			return plain(['scripts=', 'agent=', 'deployments=']);
		case 'for':
			return plain(policyFeatures);
		case 'autoRollback':
			return plain(Object.keys(rollbackEventWords));
		case 'until':
			return plain(['succeeded', 'ready']);
		default:
			return [];
	}
}

async function wordValues(
	{ command, current, index }: Standing,
	sources: CompletionSources,
): Promise<readonly Candidate[] | 'files'> {
	if (current.startsWith('-')) return optionCandidates(command);
	const commands = index === 0 ? commandsOf(command) : [];
	const argument = command.registeredArguments[index];
	switch (argument?.name()) {
		case 'scenario':
			return sources.scenarios();
		case 'file':
		case 'bundle':
			return 'files';
		default:
			return [...commands, ...plain(argument?.argChoices ?? [])];
	}
}

const commandsOf = (command: Commander): readonly Candidate[] => [
	...command.commands.map(commandCandidate),
	...(command.parent ? [] : [{ value: 'help', help: 'print the help of a command' }]),
];

const commandCandidate = (command: Commander): Candidate => ({
	value: command.name(),
	help: command.summary() || command.description(),
});

function optionCandidates(command: Commander): readonly Candidate[] {
	// What a command has no use for it takes, too, but nobody is to be led there.
	const own = command.options.filter(option => !option.hidden && option.long);
	const all = own.map(({ long, description }) => ({ value: long ?? '', help: description }));
	const distinct = new Map(
		[...all, { value: '--help', help: 'print this help' }].map(each => [each.value, each]),
	);
	return [...distinct.values()];
}
