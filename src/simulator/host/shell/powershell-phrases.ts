import { isoTime } from '../moments.ts';
import type { Thing } from './cmdlets.ts';
import { excerpt, type Surroundings } from './outcome.ts';

/** What is written in PowerShell without a cmdlet: statements that this machine knows by their whole text. */

type Answer = Thing | { readonly error: string };

type Phrase = {
	readonly pattern: RegExp;
	readonly run: (groups: Readonly<Record<string, string>>, surroundings: Surroundings) => Answer;
};

/** Settings of a script, which show nothing. */
const settings = /^(?:\$ErrorActionPreference|\[Console\]::OutputEncoding)\s*=/;

const phrases: readonly Phrase[] = [
	{ pattern: settings, run: () => ({ text: '' }) },
	{
		pattern: /^\(Get-Date\)\.ToUniversalTime\(\)\.ToString\('s'\) \+ 'Z'$/i,
		run: (_groups, { now }) => ({ text: `${isoTime(now).slice(0, 19)}Z` }),
	},
	{
		pattern: /^w32tm \/query \/status$/i,
		run: (_groups, { host }) => {
			const isOff = host.ailment?.clockOffsetMs !== undefined;
			const source = isOff ? 'Local CMOS Clock' : '169.254.169.123,0x9';
			return { text: ['Leap Indicator: 0(no warning)', 'Stratum: 4', `Source: ${source}`].join('\n') };
		},
	},
];

/** The end of a file that another program holds open, which takes a script of its own. */
const tailScript =
	/\[IO\.File\]::Open\(\(Resolve-Path '(?<path>[^']+)'\).*\[Math\]::Min\((?<bytes>\d+),[^}]*\} finally \{[^}]*\}/s;

/** What a statement shows that is one of these phrases; undefined for all others. */
export function sayPhrase(statement: string, surroundings: Surroundings): Answer | undefined {
	for (const { pattern, run } of phrases) {
		const match = pattern.exec(statement);
		if (match) return run(match.groups ?? {}, surroundings);
	}
	return undefined;
}

/** What a script shows that reads the end of a file; undefined for all others. */
export function readTail(script: string, { files }: Surroundings): Answer | undefined {
	const { path, bytes } = tailScript.exec(script)?.groups ?? {};
	if (path === undefined) return undefined;
	const file = files.find(path)?.open();
	if (file === undefined)
		return { error: `Resolve-Path : Cannot find path '${path}' because it does not exist.` };
	return { text: excerpt(file, Math.max(0, file.size - Number(bytes)), file.size).toString('utf8') };
}

/** Whether a script ends with its first error. */
export const stopsAtErrors = (script: string): boolean =>
	/\$ErrorActionPreference\s*=\s*'Stop'/i.test(script);
