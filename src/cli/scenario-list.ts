import { nearest } from '../lib/nearest.ts';
import { meant } from '../lib/sentence.ts';
import { UsageError } from './usage-error.ts';

type Named = { readonly name: string };

/** The scenarios of the simulator, one a line: name and title. */
export function scenarioList(scenarios: readonly (Named & { readonly title: string })[]): string {
	const width = Math.max(...scenarios.map(({ name }) => name.length));
	return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('');
}

/** Throws UsageError when none is called so. */
export function scenarioNamed<Scenario extends Named>(
	name: string,
	scenarios: readonly Scenario[],
): Scenario {
	const known = scenarios.find(each => each.name === name);
	if (known) return known;
	const guess = nearest(
		name,
		scenarios.map(each => each.name),
	);
	throw new UsageError(`there is no scenario “${name}”: rollcall demo --list names them${meant(guess)}`);
}
