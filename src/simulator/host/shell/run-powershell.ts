import { type Arguments, cmdlets, type Thing } from './cmdlets.ts';
import type { Surroundings } from './outcome.ts';
import { readTail, sayPhrase, stopsAtErrors } from './powershell-phrases.ts';
import type { ScriptOutcome } from './run-shell.ts';

/**
 * Runs the few statements of PowerShell that only look, one after the other. An error does not end a script unless that
 * says so, but one that ends with an error has failed.
 */
export function runPowerShell(script: string, surroundings: Surroundings): ScriptOutcome {
	const output: string[] = [];
	const errors: string[] = [];
	let code = 0;
	const tail = readTail(script, surroundings);
	if (tail !== undefined) return 'error' in tail ? ended('', tail.error) : ended(tail.text, undefined);
	for (const statement of script.split(/[;\n]/).map(text => text.trim())) {
		if (statement === '') continue;
		const { text, error } = run(statement, surroundings);
		code = error === undefined ? 0 : 1;
		if (text !== undefined && text !== '') output.push(text);
		const isSilent = /-(ErrorAction|EA)\s+(SilentlyContinue|Ignore|0)\b/i.test(statement);
		if (error !== undefined && !isSilent) errors.push(error);
		if (error !== undefined && stopsAtErrors(script)) break;
	}
	return { stdout: windowsLines(output), stderr: windowsLines(errors), code, tookMs };
}

/** What it takes PowerShell to start. */
const tookMs = 900;

const ended = (stdout: string, error: string | undefined): ScriptOutcome => ({
	stdout,
	stderr: error === undefined ? '' : windowsLines([error]),
	code: error === undefined ? 0 : 1,
	tookMs,
});

type Ran = { readonly text?: string; readonly error?: string };

function run(statement: string, surroundings: Surroundings): Ran {
	const phrase = sayPhrase(statement, surroundings);
	if (phrase) return phrase;
	const { command, property, listed } = reading(statement);
	const [name = '', ...words] = split(command);
	const cmdlet = cmdlets.find(({ names }) => names.includes(name.toLowerCase()));
	if (cmdlet === undefined) return { error: unknown(name) };
	const thing = cmdlet.run(argumentsOf(words), surroundings);
	if ('error' in thing) return thing;
	if (listed !== undefined) return { text: listOf(thing, listed) };
	if (property === undefined) return { text: thing.text };
	return { text: propertyOf(thing, property) };
}

function propertyOf({ properties = {} }: Thing, property: string): string {
	const name = Object.keys(properties).find(key => key.toLowerCase() === property.toLowerCase());
	return name === undefined ? '' : String(properties[name]);
}

/** As Format-List shows it. */
function listOf(thing: Thing, names: readonly string[]): string {
	const width = Math.max(...names.map(name => name.length));
	return names.map(name => `${name.padEnd(width)} : ${propertyOf(thing, name)}`).join('\n');
}

/** `(Get-Service x).Status` and `Get-Service x | Select-Object -ExpandProperty Status` ask for a property. */
function reading(statement: string): Reading {
	const [, shown, names] = /^(.*?)\s*\|\s*format-list\s+([\w,]+)$/i.exec(statement) ?? [];
	if (shown !== undefined && names !== undefined) return { command: shown, listed: names.split(',') };
	const [, command, dotted] = /^\((.*)\)\.(\w+)$/.exec(statement) ?? [];
	if (command !== undefined) return { command, property: dotted };
	const [, source, selected] =
		/^(.*?)\s*\|\s*select(?:-object)?\s+-expand(?:property)?\s+(\w+)$/i.exec(statement) ?? [];
	return source === undefined
		? { command: statement, property: undefined }
		: { command: source, property: selected };
}

type Reading = {
	readonly command: string;
	readonly property?: string | undefined;
	readonly listed?: readonly string[];
};

function split(command: string): readonly string[] {
	return [...command.matchAll(/'((?:[^']|'')*)'|"([^"]*)"|(\S+)/g)].map(
		([, single, double, bare]) => single?.replaceAll("''", "'") ?? double ?? bare ?? '',
	);
}

const switches = new Set(['raw', 'name', 'force', 'wait', 'asutc', 'nonewline']);

function argumentsOf(words: readonly string[]): Arguments {
	const positional: string[] = [];
	const named = new Map<string, string>();
	for (let at = 0; at < words.length; at++) {
		const word = words[at] ?? '';
		const name = /^-([a-z]+)$/i.exec(word)?.[1]?.toLowerCase();
		if (name === undefined) positional.push(word);
		else if (switches.has(name) && words[at + 1]?.startsWith('-') !== false) named.set(name, '');
		else named.set(name, words[++at] ?? '');
	}
	return { positional, named };
}

function unknown(name: string): string {
	return (
		`${name} : The term '${name}' is not recognized as the name of a cmdlet, function, script file, or operable ` +
		'program. Check the spelling of the name, or if a path was included, verify that the path is correct and try again.'
	);
}

function windowsLines(texts: readonly string[]): string {
	return texts.map(text => `${text.replaceAll(/\r?\n/g, '\r\n')}\r\n`).join('');
}
