import { aborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type Explanation, explain } from './explain.ts';
import type { Io } from './io.ts';
import { type Ending, processIo } from './process-io.ts';
import { UsageError } from './usage-error.ts';

export type Program = {
	/** Names and versions, for the report of a defect. */
	readonly name: string;
	/** Does what was asked for, and ends soon when `io.signal` aborts. */
	run(io: Io): Promise<ExitCode>;
	/** Gives the terminal back at once, if the program still has it. */
	restoreTerminal(): void;
};

/** How long the way out may take when the program is told to end. */
const wayOutMs = 2_000;

/**
 * Runs the program to its end, whatever ends it, and tells what went wrong, on a terminal that is as it was before.
 * Resolves to the exit code.
 */
export async function runToEnd(process: NodeJS.Process, clock: Clock, program: Program): Promise<number> {
	const { io, endedBy, flushed } = processIo(process);
	const overdue = async (): Promise<void> => {
		await aborted(io.signal);
		await clock.sleep(wayOutMs);
	};
	const finished = program.run(io).then(
		(exitCode): Explanation => ({ exitCode, text: '' }),
		(error: unknown) => explain(error, program.name),
	);
	const outcome = (await Promise.race([finished, overdue()])) ?? stuck;
	program.restoreTerminal();
	// A reader that has stopped reading must not keep the program from ending. What cannot be written is known only now.
	await Promise.race([flushed(), overdue()]);
	const { exitCode, text } = explainEnding(endedBy(), outcome, program.name);
	if (text === '') return exitCode;
	io.err(text);
	await Promise.race([flushed(), overdue()]);
	return exitCode;
}

function explainEnding(
	ending: Ending | undefined,
	outcome: Explanation,
	program: string,
): { readonly exitCode: number; readonly text: string } {
	switch (ending?.type) {
		case 'crash':
			return explain(ending.error, program);
		case 'signal':
			return { exitCode: ending.exitCode, text: outcome.text };
		case 'unwritable': {
			const expected = 'expected a file or a pipe that takes it; is the disk full?';
			return explain(
				new UsageError(`standard output cannot be written (${ending.code}): ${expected}`),
				program,
			);
		}
		default:
			return outcome;
	}
}

const stuck: Explanation = { exitCode: exitCodes.crashed, text: 'rollcall: it did not end in order\n' };
