/** Bad input. The message is one line: what was wrong, what was expected, what to try. Several things, several lines. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
	readonly lines: readonly string[];

	constructor(...lines: readonly [string, ...string[]]) {
		super(lines.join('\n'));
		this.lines = lines;
	}
}

/** What was asked for does not exist: AWS was asked, and said so. */
export class MissingError extends UsageError {}

/** The kind of a failure that a program is told of: what is wrong with its question. */
export const usageKind = (error: UsageError): 'missing' | 'invalid' =>
	error instanceof MissingError ? 'missing' : 'invalid';
