import type { AuditTrail } from '../actions/audit.ts';
import type { ActionRunner } from '../actions/runner.ts';
import { createRunner } from '../actions/runner.ts';
import type { CallGate } from '../gateway/call-gate.ts';
import type { Gateways } from '../gateway/gateway.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { createBudget } from '../monitor/budget.ts';
import { createEngine, type Engine } from '../monitor/engine.ts';
import { initialState, type Session } from '../monitor/state.ts';
import { createStore, type Store } from '../monitor/store.ts';
import { createTicker } from '../monitor/ticker.ts';
import { selectVisibleTargets } from '../view/frame.ts';
import { summaryLines } from '../view/summary.ts';
import type { Command, CommonOptions } from './command.ts';
import { type ExitCode, exitCodeOf } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import type { Io } from './io.ts';
import { printLines } from './print-lines.ts';

/** One account and region of AWS, as the composition root connects it. */
export type Connection = {
	readonly gateways: Gateways;
	region(): Promise<string>;
	close(): void;
};

/** A watch that runs: what a screen or a printer needs of it. */
export type Watch = {
	readonly store: Store;
	readonly engine: Engine;
	readonly runner: ActionRunner;
	readonly clock: Clock;
};

export type WatchParts = {
	readonly io: Io;
	readonly clock: Clock;
	readonly random: Random;
	readonly audit: AuditTrail;
	connect(common: CommonOptions, gate: CallGate): Promise<Connection>;
	/** Draws the watch on the terminal until the user quits or `signal` aborts. */
	openScreen(watch: Watch, signal: AbortSignal): Promise<void>;
};

/** Data reaches the screen at most this often; keys do not wait for it. */
const frameMs = 33;

type WatchCommand = Extract<Command, { type: 'watch' }>;

/**
 * `rollcall watch`: on a terminal the screen, else lines until the end; then the summary. Throws UsageError for bad
 * input and NoAwsError when there was never a picture.
 */
export async function watch(command: WatchCommand, parts: WatchParts): Promise<ExitCode> {
	const { io, clock, random } = parts;
	const { common, deploymentId } = command;
	const budget = createBudget({ clock, random });
	const connection = await parts.connect(common, budget);
	const ended = new AbortController();
	const signal = AbortSignal.any([ended.signal, io.signal]);
	const session = createSession(common, await connection.region(), clock.now());
	const store = createStore(initialState(deploymentId, session), flush => {
		void clock.sleep(frameMs).then(flush);
	});
	const { gateways } = connection;
	const engine = createEngine({
		store,
		gateways,
		clock,
		random,
		budget,
		visibleTargets: selectVisibleTargets,
	});
	const runner = createRunner({
		store,
		codeDeploy: gateways.codeDeploy,
		clock,
		audit: parts.audit,
		nudge: () => engine.nudge(),
		signal,
	});
	const running = [engine.run(signal), createTicker({ store, clock, budget }).run(signal)];
	try {
		await awaitFirstPicture(store, clock, signal);
		if (io.isInteractive) await parts.openScreen({ store, engine, runner, clock }, signal);
		else await printLines(store, deploymentId, io, signal);
		const state = store.getState();
		for (const line of summaryLines(state, deploymentId)) io.out(`${line}\n`);
		return exitCodeOf(state, deploymentId);
	} finally {
		ended.abort();
		await Promise.all(running);
		connection.close();
	}
}

function createSession(common: CommonOptions, region: string, startedAt: number): Session {
	return {
		region,
		readOnly: common.readOnly,
		protectedPatterns: common.protect,
		startedAt,
		...(common.profile !== undefined && { profile: common.profile }),
		...(common.endpointUrl !== undefined && { endpointUrl: common.endpointUrl }),
	};
}
