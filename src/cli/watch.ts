import type { AuditTrail } from '../actions/audit.ts';
import type { ActionRunner } from '../actions/runner.ts';
import { createRunner } from '../actions/runner.ts';
import type { CallGate } from '../gateway/call-gate.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import type { Gateways } from '../gateway/gateway.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import { displayWidth } from '../lib/width.ts';
import { createBudget } from '../monitor/budget.ts';
import { createEngine, type Engine } from '../monitor/engine.ts';
import { initialState, type Session } from '../monitor/state.ts';
import { createStore, type Store } from '../monitor/store.ts';
import { createTicker } from '../monitor/ticker.ts';
import { selectVisibleTargets } from '../view/frame.ts';
import { toAscii } from '../view/glyphs.ts';
import type { Command, CommonOptions } from './command.ts';
import { type ExitCode, exitCodeOf, exitCodes } from './exit-codes.ts';
import { awaitFirstPicture } from './first-picture.ts';
import type { Io } from './io.ts';
import { sayLastWords } from './last-words.ts';
import { trackActions } from './pending-actions.ts';
import { printLines } from './print-lines.ts';
import { UsageError } from './usage-error.ts';

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
	const session = createSession(common, io.env, await regionOf(connection), clock.now());
	const store = createStore(initialState(deploymentId, session), flush => {
		void clock.sleep(frameMs).then(flush);
	});
	const { gateways } = connection;
	const say = (line: string) => io.out(`${common.ascii ? toAscii(line, displayWidth) : line}\n`);
	const engine = createEngine({
		store,
		gateways,
		clock,
		random,
		budget,
		visibleTargets: selectVisibleTargets,
	});
	const runner = trackActions(
		createRunner({
			store,
			codeDeploy: gateways.codeDeploy,
			clock,
			audit: parts.audit,
			nudge: () => engine.nudge(),
			urgently: budget.urgently,
			signal,
		}),
	);
	const running = [engine.run(signal), createTicker({ store, clock, budget }).run(signal)];
	try {
		await awaitFirstPicture(store, clock, signal);
		// A terminal that nothing was drawn on has nothing to be restored.
		if (signal.aborted) return exitCodes.succeeded;
		if (io.isInteractive) await parts.openScreen({ store, engine, runner, clock }, signal);
		else await printLines(store, deploymentId, say, signal);
		const { codeDeploy } = gateways;
		await sayLastWords({ store, id: deploymentId, actions: runner, codeDeploy, clock, signal, say });
		return exitCodeOf(store.getState(), deploymentId);
	} finally {
		ended.abort();
		await Promise.all([...running, runner.settled()]);
		connection.close();
	}
}

async function regionOf(connection: Connection): Promise<string> {
	try {
		return await connection.region();
	} catch (error) {
		if (!(error instanceof GatewayFailure)) throw error;
		const problem = error.details.detail.replace(/\.$/, '');
		throw new UsageError(
			`${problem}: expected a region such as eu-west-1 from --region, AWS_REGION or the profile`,
		);
	}
}

function createSession(common: CommonOptions, env: Io['env'], region: string, startedAt: number): Session {
	// The profile that the SDK takes from the environment protects, and is named, like one that is given.
	const profile = common.profile ?? (env.AWS_PROFILE || undefined);
	return {
		region,
		readOnly: common.readOnly,
		protectedPatterns: common.protect,
		startedAt,
		...(profile !== undefined && { profile }),
		...(common.endpointUrl !== undefined && { endpointUrl: common.endpointUrl }),
	};
}
