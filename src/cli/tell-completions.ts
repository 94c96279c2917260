import { complete } from './complete.ts';
import { completionSources } from './completion-sources.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import type { Io } from './io.ts';
import { createProgram } from './program.ts';
import { noSettings } from './settings.ts';

type Scenario = { readonly name: string; readonly title: string };

/** Answers the script of a shell: what can stand for the last of `words`, a line each. */
export async function tellCompletions(
	words: readonly string[],
	io: Io,
	loadScenarios: () => Promise<readonly Scenario[]>,
): Promise<ExitCode> {
	const program = createProgram('', noSettings, () => {});
	const sources = completionSources(words, io.env, async () =>
		(await loadScenarios()).map(({ name, title }) => ({ value: name, help: title })),
	);
	for (const line of await complete(program, words, sources)) io.out(`${line}\n`);
	return exitCodes.succeeded;
}
