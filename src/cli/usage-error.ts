/** Bad input. The message is one line: what was wrong, what was expected, what to try. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}
