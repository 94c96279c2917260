import { setImmediate } from 'node:timers/promises';
import type { AuditEntry } from '../../src/actions/audit.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { WatchParts } from '../../src/cli/start-watch.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock } from '../../src/lib/virtual-clock.ts';
import { type ScenarioName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { aheadOf } from './ahead.ts';
import { startAt } from './app.ts';
import { behind, type Listening } from './between.ts';
import { countBusy } from './load.ts';
import { createRecords } from './records.ts';

export type Setting = {
	/** How long the story has been going on, in seconds. */
	readonly after?: number;
	readonly prepare?: (simulator: Simulator) => void;
	/** What is typed when the program asks, one after the other; there is a terminal to ask on only with it. */
	readonly answers?: readonly string[];
	/** Who stands between the program and the simulator. */
	readonly between?: Listening;
	/** How far the clock of AWS is ahead of the program's. */
	readonly awsAheadMs?: number;
	/** The program is told to end so many seconds after it was started. */
	readonly interruptAfter?: number;
};

export type Told = {
	readonly exitCode: ExitCode | Error;
	readonly stdout: string;
	readonly stderr: string;
	readonly simulator: Simulator;
	/** What was written to the audit trail. */
	readonly audited: readonly AuditEntry[];
	/** How long it ran, by the clock of the story. */
	readonly seconds: number;
};

/** Runs a command on a story to its end, in virtual time: the real SDK against the simulator. */
export async function runCommand(
	scenario: ScenarioName,
	{ after = 0, prepare, interruptAfter, answers, between, awsAheadMs = 0 }: Setting,
	work: (parts: WatchParts, simulator: Simulator) => Promise<ExitCode>,
): Promise<Told> {
	Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
	const clock = createVirtualClock(startAt);
	const simulator = await behind(
		await startSimulator({ scenario, clock: aheadOf(clock, awsAheadMs) }),
		between,
	);
	clock.jumpTo(startAt + after * 1000);
	prepare?.(simulator);
	const load = countBusy(simulator, clock);
	const records = createRecords();
	const left = [...(answers ?? [])];
	const told = { stdout: '', stderr: '' };
	const interrupt = new AbortController();
	const startedAt = clock.now();
	if (interruptAfter !== undefined) void clock.sleep(interruptAfter * 1000).then(() => interrupt.abort());
	const parts: WatchParts = {
		clock,
		random: createRandom(1),
		audit: records.audit,
		io: {
			out: text => {
				told.stdout += text;
			},
			err: text => {
				told.stderr += text;
			},
			isInteractive: false,
			env: {},
			signal: interrupt.signal,
			...(answers && {
				ask: async (question: string) => {
					told.stdout += question;
					return left.shift();
				},
			}),
			yieldInterrupts: () => () => {},
		},
		connect: async ({ region = simulator.region }, gate) =>
			load.watchConnection(
				(watchedGate, counted) =>
					connectAws({
						region,
						endpointUrl: simulator.url,
						clock: counted,
						gate: watchedGate,
					}),
				gate,
			),
	};
	let exitCode: ExitCode | Error | undefined;
	let endedAt = startedAt;
	const running = work(parts, simulator)
		.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
		.then(outcome => {
			exitCode = outcome;
			endedAt = clock.now();
		});
	const deadline = performance.now() + patienceMs;
	for (let quiet = 0; exitCode === undefined; quiet++) {
		await setImmediate();
		if (performance.now() > deadline) throw new Error(`still busy with ${load.describe()}`);
		if (load.busy() > 0) quiet = -1;
		if (quiet < quietTurns) continue;
		clock.jumpTo(clock.nextDueAt() ?? clock.now());
		quiet = -1;
	}
	await running;
	await simulator.close();
	return { ...told, exitCode, simulator, audited: records.audited, seconds: (endedAt - startedAt) / 1000 };
}

/** How long one run may take in real time before it counts as hanging. */
const patienceMs = 60_000;
/** After this many turns of the event loop without a call under way nothing happens until the clock moves. */
const quietTurns = 4;
