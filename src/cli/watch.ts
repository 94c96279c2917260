import type { Command } from './command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import { sayLastWords } from './last-words.ts';
import { startWatch, type Watch, type WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';
import { wait } from './wait.ts';

export type ScreenWatchParts = WatchParts & {
	/** Draws the watch on the terminal until the user quits or `signal` aborts. */
	openScreen(watch: Watch, signal: AbortSignal): Promise<void>;
};

type WatchCommand = Extract<Command, { type: 'watch' }>;

/**
 * `rollcall watch`: on a terminal the screen, then the summary; elsewhere what `rollcall wait` does. Throws UsageError for bad
 * input and NoAwsError when there was never a picture.
 */
export async function watch(command: WatchCommand, parts: ScreenWatchParts): Promise<ExitCode> {
	const { common, subject } = command;
	if (!parts.io.isInteractive) {
		return wait({ type: 'wait', subject, goal: 'succeeded', format: 'text', common }, parts);
	}
	if (!('deploymentId' in subject)) throw new UsageError('expected a deployment id');
	const { deploymentId } = subject;
	const started = await startWatch(deploymentId, common, parts);
	const { store, engine, runner, clock, signal, say, gateways } = started;
	try {
		await awaitFirstPicture(store, clock, signal);
		// A terminal that nothing was drawn on has nothing to be restored.
		if (signal.aborted) return exitCodes.succeeded;
		await parts.openScreen({ store, engine, runner, clock }, signal);
		const { codeDeploy } = gateways;
		await sayLastWords({ store, id: deploymentId, actions: runner, codeDeploy, clock, signal, say });
		return exitCodeOf(store.getState(), deploymentId);
	} finally {
		await started.end();
	}
}
