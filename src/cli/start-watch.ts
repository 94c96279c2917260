import type { AuditTrail } from '../actions/audit.ts';
import { auditCommands } from '../actions/audited-commands.ts';
import { createPlanner, type Planner } from '../actions/planner.ts';
import type { ActionRunner } from '../actions/runner.ts';
import { createRunner } from '../actions/runner.ts';
import type { DeploymentId } from '../domain/ids.ts';
import type { CallGate } from '../gateway/call-gate.ts';
import type { AllGateways } from '../gateway/investigation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { createEngine, type Engine } from '../monitor/engine.ts';
import { createPace } from '../monitor/pace.ts';
import { initialState, type Rollout } from '../monitor/state.ts';
import { createStore, type Store } from '../monitor/store.ts';
import { skewText } from '../monitor/tell-skew.ts';
import { createTicker } from '../monitor/ticker.ts';
import { selectVisibleTargets } from '../view/frame.ts';
import type { CommonOptions } from './command.ts';
import type { Io } from './io.ts';
import { type OpenConnection, openConnection } from './open-connection.ts';
import { type PendingActions, trackActions } from './pending-actions.ts';
import { planOf } from './poll-options.ts';
import { lineSayer } from './say.ts';

/** One account and region of AWS, as the composition root connects it. */
export type Connection = {
	readonly gateways: AllGateways;
	region(): Promise<string>;
	/** How far AWS's clock is ahead of this machine's; 0 while that is less than a minute. */
	clockSkewMs(): number;
	close(): void;
};

/** A watch that runs: what a screen or a printer needs of it. */
export type Watch = {
	readonly store: Store;
	readonly engine: Engine;
	readonly runner: ActionRunner;
	readonly planner: Planner;
	readonly clock: Clock;
};

/** What the composition root gives to everything that watches. */
export type WatchParts = {
	readonly io: Io;
	readonly clock: Clock;
	readonly random: Random;
	readonly audit: AuditTrail;
	connect(common: CommonOptions, gate: CallGate): Promise<Connection>;
};

export type StartedWatch = Watch & {
	readonly gateways: AllGateways;
	readonly runner: PendingActions;
	/** Aborted when the watch or the process ends. */
	readonly signal: AbortSignal;
	/** Prints a line on standard output, which is often kept: without secrets. */
	say(line: string): void;
	/** Says on standard error that this machine's clock and AWS's are apart, if they are. */
	sayClockSkew(): void;
	/** Lets what is under way end. */
	end(): Promise<void>;
};

/**
 * Begins to poll one deployment, over a connection that is open already or over one of its own; closes either at its end.
 * Throws UsageError when there is no region to ask in.
 */
export async function startWatch(
	deploymentId: DeploymentId,
	common: CommonOptions,
	parts: WatchParts,
	opened?: OpenConnection,
): Promise<StartedWatch> {
	return beginWatch(deploymentId, common, parts, opened ?? (await openConnection(common, parts)));
}

/** The same at once, over an open connection. `known`: what is known of the deployment already. */
export function beginWatch(
	deploymentId: DeploymentId,
	common: Pick<CommonOptions, 'ascii' | 'cadence' | 'budget'>,
	parts: Omit<WatchParts, 'connect'>,
	{ connection, budget, session }: OpenConnection,
	known?: Rollout,
): StartedWatch {
	const { io, clock, random } = parts;
	const ended = new AbortController();
	const signal = AbortSignal.any([ended.signal, io.signal]);
	const pace = createPace(clock);
	const store = createStore(initialState(deploymentId, session, known), pace.defer, pace);
	const { audit } = parts;
	const commands = auditCommands(connection.gateways.commands, { store, audit, clock });
	const gateways: AllGateways = { ...connection.gateways, commands };
	const engine = createEngine({
		store,
		gateways,
		clock,
		random,
		budget,
		plan: planOf(common),
		// What is painted, not what is known: so the list is put in order once for both.
		visibleTargets: () => selectVisibleTargets(store.getSnapshot()),
	});
	const runner = trackActions(
		createRunner({
			store,
			codeDeploy: gateways.codeDeploy,
			clock,
			audit,
			nudge: () => engine.nudge(),
			urgently: budget.urgently,
			signal,
		}),
	);
	const planner = createPlanner({ store, gateways, urgently: budget.urgently, signal });
	const running = [
		engine.run(signal),
		createTicker({ store, clock, budget, skewMs: connection.clockSkewMs }).run(signal),
	];
	return {
		store,
		engine,
		runner,
		planner,
		clock,
		gateways,
		signal,
		say: lineSayer(common, io),
		sayClockSkew() {
			const skewMs = connection.clockSkewMs();
			if (skewMs !== 0) io.err(`rollcall: ${skewText(skewMs)}\n`);
		},
		async end() {
			ended.abort();
			await Promise.all([...running, runner.settled(), commands.settled()]);
			connection.close();
		},
	};
}
