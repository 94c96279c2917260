import { hostScript } from '../domain/host-command.ts';
import type { DeploymentId, TargetId } from '../domain/ids.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import { truncateEnd } from '../lib/width.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import { checkWord, selectChecks } from '../view/checklist.ts';
import { doctorJson } from '../view/doctor-json.ts';
import { conclusionLines } from '../view/doctor-text.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import { printChecks } from './print-checks.ts';
import { startOn } from './start-on.ts';
import type { Connection, WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';
import { awaitWholePicture, missingParts } from './whole-picture.ts';

type DoctorCommand = Extract<Command, { type: 'doctor' }>;

/**
 * `rollcall doctor`: runs the debugging checklist, prints each check as it is known, then what it comes to. Ends with 1
 * when there is a problem. Who asks for it lets commands be run on the hosts, unless they say otherwise; each is told on
 * standard error before it is sent. Throws UsageError for bad input and NoAwsError when there was never a picture.
 */
export async function doctor(command: DoctorCommand, parts: WatchParts): Promise<ExitCode> {
	const { target, format, hostCommands } = command;
	const { io } = parts;
	const started = await startOn(command, announcing(parts));
	if (!started) return exitCodes.succeeded;
	const { id: deploymentId, watch } = started;
	const { store, clock, signal, say } = watch;
	try {
		await awaitFirstPicture(store, clock, signal);
		await awaitWholePicture(store, deploymentId, clock, signal);
		if (signal.aborted) return exitCodes.succeeded;
		if (target !== undefined) requireTarget(store.getState(), deploymentId, target);
		watch.sayClockSkew();
		for (const part of missingParts(store.getState(), deploymentId)) io.err(`rollcall: ${part}\n`);

		if (hostCommands) store.dispatch({ type: 'hostCommands.allowed' });
		const only = target === undefined ? {} : { only: target };
		store.dispatch({ type: 'checkup.asked', id: deploymentId, at: clock.now(), ...only });
		await printChecks(store, deploymentId, format === 'text' ? say : () => {}, signal);
		if (signal.aborted) return exitCodes.succeeded;

		const state = store.getState();
		if (format === 'json') io.out(`${doctorJson(state, deploymentId)}\n`);
		else for (const line of ['', ...conclusionLines(state, deploymentId)]) say(line);
		return hasProblem(state, deploymentId) ? exitCodes.failed : exitCodes.succeeded;
	} finally {
		await watch.end();
	}
}

/** Says which command goes to which host, right before it does. */
function announcing(parts: WatchParts): WatchParts {
	return {
		...parts,
		async connect(common, gate): Promise<Connection> {
			const connection = await parts.connect(common, gate);
			const { commands } = connection.gateways;
			const announced: typeof commands = {
				run(host, command, signal) {
					parts.io.err(`rollcall: on ${host}: ${hostScript(command)?.text ?? command.kind}\n`);
					return commands.run(host, command, signal);
				},
			};
			return { ...connection, gateways: { ...connection.gateways, commands: announced } };
		},
	};
}

function requireTarget(state: AppState, id: DeploymentId, target: TargetId): void {
	const { targetIds, listing } = rolloutOf(state, id);
	// A list that could not be read does not tell what is in it.
	const isUnread = listing.failure !== undefined && listing.failure.kind !== 'not-started';
	if (targetIds.includes(target) || isUnread) return;
	const shown = truncateEnd(sanitizeLine(target), 60);
	throw new UsageError(
		`${shown} is not among the ${targetIds.length} targets of ${id}: see aws deploy list-deployment-targets --deployment-id ${id}`,
	);
}

const hasProblem = (state: AppState, id: DeploymentId): boolean =>
	selectChecks(state, rolloutOf(state, id)).some(check => checkWord(check) === 'problem');
