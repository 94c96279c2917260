/** Bad input. The message is one line: what was wrong, what was expected, what to try. Several things, several lines. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
	readonly lines: readonly string[];

	constructor(...lines: readonly [string, ...string[]]) {
		super(lines.join('\n'));
		this.lines = lines;
	}
}
