import { aborted } from '../lib/abort.ts';
import type { Clock } from '../lib/clock.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { type Explanation, explain } from './explain.ts';
import type { Io } from './io.ts';
import { processIo } from './process-io.ts';

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
	const ending = endedBy();
	const { exitCode, text } = ending?.type === 'crash' ? explain(ending.error, program.name) : outcome;
	io.err(text);
	// A reader that has stopped reading must not keep the program from ending.
	await Promise.race([flushed(), overdue()]);
	return ending?.type === 'signal' ? ending.exitCode : exitCode;
}

const stuck: Explanation = { exitCode: exitCodes.crashed, text: 'rollcall: it did not end in order\n' };
