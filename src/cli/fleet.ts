import type { DeploymentId } from '../domain/ids.ts';
import type { Clock } from '../lib/clock.ts';
import type { ContextLabel } from '../monitor/fleet/state.ts';
import type { FleetStore } from '../monitor/fleet/store.ts';
import { selectCurrentRow } from '../view/fleet/fleet-frame.ts';
import { fleetSummary } from '../view/fleet/fleet-summary.ts';
import { describeFailure } from '../view/freshness.ts';
import type { Command } from './command.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { createFleetWatches } from './fleet-watches.ts';
import type { OpenedWatch } from './left-watches.ts';
import { NoAwsError } from './refusal.ts';
import type { ContextOptions } from './settings.ts';
import { startFleet } from './start-fleet.ts';
import type { WatchParts } from './start-watch.ts';

/** A fleet that runs: what a screen needs of it. */
export type Fleet = {
	readonly store: FleetStore;
	readonly clock: Clock;
	/** Asks AWS now. */
	refresh(): void;
	/** Begins to watch one deployment of it, on the connection and the budget of its context. */
	open(context: ContextLabel, id: DeploymentId): OpenedWatch;
};

export type ScreenFleetParts = WatchParts & {
	/** Draws the fleet on the terminal until the user quits or `signal` aborts. */
	openScreen(fleet: Fleet, signal: AbortSignal): Promise<void>;
};

type FleetCommand = Extract<Command, { type: 'fleet' }>;

/**
 * `rollcall` without arguments, on a terminal. Throws UsageError for bad input, and NoAwsError when no context could be
 * reached at all.
 */
export async function fleet(
	{ common }: FleetCommand,
	contexts: readonly ContextOptions[],
	parts: ScreenFleetParts,
): Promise<ExitCode> {
	const { clock } = parts;
	const started = await startFleet(contexts, common, {
		...parts,
		chosenRow: state => selectCurrentRow(state)?.key,
	});
	const watches = createFleetWatches(started, common, parts);
	const { store, signal, refresh } = started;
	try {
		// A terminal that nothing was drawn on has nothing to be restored.
		if (signal.aborted) return exitCodes.succeeded;
		await parts.openScreen({ store, clock, refresh, open: watches.open }, signal);
		await watches.sayLastWords();
		for (const line of fleetSummary(store.getState())) watches.say(line);
		refuseUnreached(store);
		return exitCodes.succeeded;
	} finally {
		await watches.end();
		await started.end();
	}
}

/** Whoever saw nothing but refusals is told why in one line. */
function refuseUnreached(store: FleetStore): void {
	const contexts = [...store.getState().contexts.values()];
	const failures = contexts.flatMap(({ active, context }) =>
		active.data === undefined && active.failure ? [{ failure: active.failure, context }] : [],
	);
	const [first] = failures;
	if (!first || failures.length < contexts.length) return;
	const { failure, context } = first;
	const others = failures.length > 1 ? ` and ${failures.length - 1} more` : '';
	throw new NoAwsError(
		`${context.label}${others}: ${describeFailure(failure, context.session.profile)}`,
		failure.kind,
	);
}
