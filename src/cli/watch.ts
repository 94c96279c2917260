import type { Command } from './command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import { followGroup } from './follow-group.ts';
import { sayLastWords } from './last-words.ts';
import { openConnection } from './open-connection.ts';
import { startWatch, type Watch, type WatchParts } from './start-watch.ts';
import { resolveSubject } from './subject.ts';
import { wait } from './wait.ts';

export type ScreenWatchParts = WatchParts & {
	/** Draws the watch on the terminal until the user quits or `signal` aborts. */
	openScreen(watch: Watch, signal: AbortSignal): Promise<void>;
	/** Loads what draws, while AWS is waited for. */
	readonly prepareScreen?: () => Promise<unknown>;
};

type WatchCommand = Extract<Command, { type: 'watch' }>;

/**
 * `rollcall watch`: on a terminal the screen, then the summary; elsewhere what `rollcall wait` does, with --follow for one
 * deployment after the other. Throws UsageError for bad input and NoAwsError when there was never a picture.
 */
export async function watch(command: WatchCommand, parts: ScreenWatchParts): Promise<ExitCode> {
	const { common, subject } = command;
	if (!parts.io.isInteractive) {
		if (command.follow) return followGroup(command, parts);
		return wait({ type: 'wait', subject, goal: 'succeeded', format: 'text', common }, parts);
	}
	const opened = await openConnection(common, parts);
	const deploymentId = await resolveSubject(subject, opened, parts);
	if (deploymentId === undefined) return exitCodes.succeeded;
	const started = await startWatch(deploymentId, common, parts, opened);
	const { store, engine, runner, planner, clock, signal, say, gateways } = started;
	if (command.follow) store.dispatch({ type: 'follow.switched', on: true });
	try {
		void parts.prepareScreen?.();
		await awaitFirstPicture(store, clock, signal);
		// A terminal that nothing was drawn on has nothing to be restored.
		if (signal.aborted) return exitCodes.succeeded;
		await parts.openScreen({ store, engine, runner, planner, clock }, signal);
		const { codeDeploy } = gateways;
		const { follow } = store.getState();
		const id = follow.on ? follow.lastId : deploymentId;
		await sayLastWords({ store, id, actions: runner, codeDeploy, clock, signal, say });
		return exitCodeOf(store.getState(), id);
	} finally {
		await started.end();
	}
}
