import { redact } from '../lib/redact.ts';
import { sanitizeLine, sanitizeText } from '../lib/sanitize.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { NoAwsError } from './refusal.ts';
import { UsageError } from './usage-error.ts';

/** What is said of an error that ends the program, and its exit code. */
export type Explanation = { readonly exitCode: ExitCode; readonly text: string };

/**
 * One line for what the user can mend; for a defect of ours one line and, below it, what a report of it needs.
 * `program` is what runs: names and versions.
 */
export function explain(error: unknown, program: string): Explanation {
	if (error instanceof UsageError) {
		return { exitCode: exitCodes.usage, text: error.lines.map(line).join('') };
	}
	if (error instanceof NoAwsError) return { exitCode: exitCodes.noAws, text: line(error.message) };
	const [what, ...trace] = stackOf(error).split('\n');
	const lines = [
		`rollcall: this is a defect of rollcall, not of your deployment: ${what}`,
		...trace,
		`Please report it with these lines: ${program}`,
	];
	// It is passed on, and an exception of a library may quote anything.
	return { exitCode: exitCodes.crashed, text: `${redact(sanitizeText(lines.join('\n')))}\n` };
}

/** What came from the command line or from AWS is in it. */
const line = (message: string): string => `rollcall: ${redact(sanitizeLine(message))}\n`;

const stackOf = (error: unknown): string =>
	error instanceof Error ? (error.stack ?? String(error)) : String(error);
