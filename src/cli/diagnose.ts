import { rolloutOf } from '../monitor/state.ts';
import { diagnosisJson } from '../view/diagnosis-json.ts';
import { diagnosisLines } from '../view/diagnosis-text.ts';
import { reportMarkdown } from '../view/report.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import { startOn } from './start-on.ts';
import type { WatchParts } from './start-watch.ts';
import { awaitWholePicture, missingParts } from './whole-picture.ts';

type DiagnoseCommand = Extract<Command, { type: 'diagnose' }>;

/** `version` is this program's, for the report. */
export type DiagnoseParts = WatchParts & { readonly version: string };

/**
 * `rollcall diagnose`: reads a deployment once, prints what went wrong and ends with 0 whatever that is. What could not
 * be read is said on standard error. Throws UsageError for bad input and NoAwsError when there was never a picture.
 */
export async function diagnose(command: DiagnoseCommand, parts: DiagnoseParts): Promise<ExitCode> {
	const started = await startOn(command, parts);
	if (!started) return exitCodes.succeeded;
	const { id: deploymentId, watch } = started;
	const { store, clock, signal, say } = watch;
	try {
		await awaitFirstPicture(store, clock, signal);
		await awaitWholePicture(store, deploymentId, clock, signal);
		if (signal.aborted) return exitCodes.succeeded;
		const state = store.getState();
		watch.sayClockSkew();
		for (const part of missingParts(state, deploymentId)) parts.io.err(`rollcall: ${part}\n`);
		switch (command.format) {
			case 'text':
				for (const line of diagnosisLines(state, deploymentId)) say(line);
				break;
			case 'json':
				parts.io.out(`${diagnosisJson(state, deploymentId)}\n`);
				break;
			case 'markdown':
				parts.io.out(
					reportMarkdown(state, rolloutOf(state, deploymentId), {
						audit: parts.audit.read(deploymentId),
						version: parts.version,
					}),
				);
				break;
		}
		return exitCodes.succeeded;
	} finally {
		await watch.end();
	}
}
