/** The scenarios of the simulator, one a line: name and title. */
export function scenarioList(
	scenarios: readonly { readonly name: string; readonly title: string }[],
): string {
	const width = Math.max(...scenarios.map(({ name }) => name.length));
	return scenarios.map(({ name, title }) => `${name.padEnd(width)}  ${title}\n`).join('');
}
