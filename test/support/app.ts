import { Console } from 'node:console';
import { setImmediate } from 'node:timers/promises';
import type { CommonOptions } from '../../src/cli/command.ts';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { Connection, Watch } from '../../src/cli/start-watch.ts';
import { watch } from '../../src/cli/watch.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import type { CallGate } from '../../src/gateway/call-gate.ts';
import { logNamesWith } from '../../src/gateway/logs.ts';
import { createRandom } from '../../src/lib/random.ts';
import { createVirtualClock, type VirtualClock } from '../../src/lib/virtual-clock.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { type ScenarioName, type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { openScreen, type ScreenHandle } from '../../src/ui/terminal.tsx';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { createHeldStore, type HeldStore } from './held-store.ts';
import { keySequence } from './keys.ts';
import type { LaunchOptions } from './launch-options.ts';
import { countBusy, type Load } from './load.ts';
import { createRecords, noShell } from './records.ts';
import { type Cell, contains } from './screen.ts';

/** The rollouts of these tests begin here. */
export const startAt = Date.UTC(2026, 10, 23, 12, 0, 0);

/** How long one settling may take in real time before it counts as hanging. */
const patienceMs = 8_000;

/**
 * The whole program in virtual time: the real SDK against the simulator, the real screen on a fake terminal. Take it
 * with `await using`. Every method returns when nothing is left to happen until the clock moves. It starts when the
 * screen is open, or the program has ended without one.
 */
export async function launch(scenario: ScenarioName, options: LaunchOptions = {}): Promise<App> {
	// Ink replaces the console by one of its own, and the test runner's has no constructor for it.
	console.Console ??= Console;
	Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
	const clock = createVirtualClock(startAt);
	const simulator = await startSimulator({ scenario, clock });
	options.prepare?.(simulator);
	const app = new App(clock, simulator, options);
	await app.started();
	return app;
}

export class App {
	readonly terminal: FakeTerminal;
	readonly records = createRecords();
	readonly audited = this.records.audited;
	/** What was printed to the normal screen. */
	printed = '';
	/** What was put on the clipboard. */
	copied = '';
	/** The exit code, or what was thrown, once the program has ended. */
	readonly ended: Promise<ExitCode | Error>;

	readonly #stop = new AbortController();
	readonly #load: Load;
	#watch: Watch | undefined;
	#held: HeldStore | undefined;
	#handle: ScreenHandle | undefined;
	#isOver = false;

	constructor(
		readonly clock: VirtualClock,
		readonly simulator: Simulator,
		private readonly options: LaunchOptions,
	) {
		this.terminal = new FakeTerminal(options.columns ?? 120, options.rows ?? 36);
		this.#load = countBusy(simulator, clock);
		this.ended = this.#run().finally(() => {
			this.#isOver = true;
		});
	}

	get state(): AppState {
		if (!this.#watch) throw new Error('the screen has not been opened');
		return this.#watch.store.getState();
	}

	/** The rows of the screen. */
	get rows(): readonly string[] {
		return this.terminal.screen.text();
	}

	get isOver(): boolean {
		return this.#isOver;
	}

	/** Whether any row of the screen holds `pattern`. */
	shows(pattern: string | RegExp): boolean {
		return this.terminal.screen.row(pattern) !== undefined;
	}

	/** The first row that holds `pattern`; fails with the screen when there is none. */
	row(pattern: string | RegExp): string {
		const row = this.terminal.screen.row(pattern);
		if (row === undefined) throw new Error(`${pattern} is not on this screen:\n${this.terminal.screen}`);
		return row;
	}

	/** The row with the quiet background of the cursor. */
	get selectedRow(): string | undefined {
		return this.rows.find((_, y) => this.terminal.screen.cell(0, y).background !== undefined);
	}

	/** How the first character of `text` looks where it is first on the screen. */
	look(text: string): Cell {
		const y = this.rows.findIndex(row => row.includes(text));
		if (y < 0) throw new Error(`${text} is not on this screen:\n${this.terminal.screen}`);
		return this.terminal.screen.cell(this.rows[y]?.indexOf(text) ?? 0, y);
	}

	/** Presses keys by name, one after the other: `j`, `Enter`, `ctrl-u`. */
	async press(...keys: readonly string[]): Promise<void> {
		for (const key of keys) {
			this.terminal.send(keySequence(key));
			await this.settle();
		}
	}

	/** Types text as one presses keys, without a look between them. */
	async type(text: string): Promise<void> {
		for (const character of text) this.terminal.send(character);
		await this.settle();
	}

	/** Sends bytes as one chunk, as a fast typist, a paste without brackets or ssh does. */
	async burst(bytes: string): Promise<void> {
		this.terminal.send(bytes);
		await this.settle();
	}

	async paste(text: string): Promise<void> {
		this.terminal.paste(text);
		await this.settle();
	}

	async resize(columns: number, rows: number): Promise<void> {
		this.terminal.resize(columns, rows);
		await this.settle();
	}

	/** Lets virtual time pass: `advance(10)` is ten seconds. What was meanwhile is not painted, only how it ends. */
	async advance(seconds: number): Promise<void> {
		await this.#pass(seconds);
		await this.settle();
	}

	/** Lets time pass until the screen shows `pattern`; fails with the screen after `limit` seconds. */
	async advanceUntil(pattern: string | RegExp, limit = 600): Promise<void> {
		await this.settle();
		for (let passed = 0; !this.shows(pattern); passed++) {
			if (passed >= limit) throw new Error(`${limit} s did not bring ${pattern}:\n${this.terminal.screen}`);
			await this.#pass(1);
			if (this.#isOver) throw new Error(`the program has ended: ${await this.ended}`);
			if (this.#wouldShow(pattern) || passed + 1 === limit) await this.settle();
		}
	}

	/** Resolves when nothing happens until the clock moves, and all that is known is on the screen. */
	async settle(): Promise<void> {
		await this.#quiet();
		this.#watch?.store.flush();
		this.#held?.release();
		await this.#handle?.flushed();
		await this.terminal.idle();
	}

	/** Resolves when the screen is open, or the program has ended without one. */
	async started(): Promise<void> {
		await this.#quiet();
		while (!this.#handle && !this.#isOver) await this.#jump();
		await this.settle();
	}

	/** Quits as a user does and returns the exit code. */
	async quit(): Promise<ExitCode | Error> {
		this.terminal.send('q');
		return this.ended;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#stop.abort();
		await this.ended;
		await this.simulator.close();
	}

	async #pass(seconds: number): Promise<void> {
		await this.#quiet();
		this.#held?.hold();
		const until = this.clock.now() + seconds * 1000;
		while (!this.#isOver && (this.clock.nextDueAt() ?? Infinity) <= until) await this.#jump();
		this.clock.jumpTo(until);
		await this.#quiet();
	}

	/** Painting takes longer than all the rest: it is left until there is something to look at. */
	#wouldShow(pattern: string | RegExp): boolean {
		if (this.options.common?.ascii) return true;
		return selectFrame(this.state).some(line => contains(lineText(line), pattern));
	}

	async #jump(): Promise<void> {
		this.clock.jumpTo(this.clock.nextDueAt() ?? this.clock.now());
		await this.#quiet();
	}

	async #quiet(): Promise<void> {
		const deadline = performance.now() + patienceMs;
		for (let turns = 0; turns < 4; turns++) {
			await setImmediate();
			if (this.#isOver) return;
			if (this.#load.busy() > 0) turns = -1;
			if (performance.now() > deadline) {
				throw new Error(`still busy with ${this.#load.describe()} on this screen:\n${this.terminal.screen}`);
			}
		}
	}

	async #run(): Promise<ExitCode | Error> {
		const { simulator, options, clock } = this;
		const common: CommonOptions = { readOnly: false, ascii: false, protect: ['*prod*'], ...options.common };
		const deploymentId = asDeploymentId(options.deploymentId ?? simulator.deploymentId);
		try {
			return await watch(
				{
					type: 'watch',
					subject: options.group ?? { deploymentId },
					follow: options.follow ?? false,
					common,
				},
				{
					clock,
					random: createRandom(1),
					io: {
						out: text => {
							this.printed += text;
						},
						err: text => {
							this.printed += text;
						},
						isInteractive: true,
						env: {},
						signal: this.#stop.signal,
						yieldInterrupts: () => () => {},
					},
					audit: this.records.audit,
					connect: (asked, gate) => this.#connect(asked, gate),
					openScreen: (opened, signal) => this.#open(opened, signal),
				},
			);
		} catch (error) {
			return error instanceof Error ? error : new Error(String(error));
		}
	}

	async #connect({ logGroups }: CommonOptions, gate: CallGate): Promise<Connection> {
		const { region, url: endpointUrl } = this.simulator;
		return this.#load.watchConnection((watchedGate, clock) => {
			const logNames = logNamesWith(logGroups);
			return connectAws({ region, endpointUrl, clock, gate: watchedGate, logNames });
		}, gate);
	}

	async #open(opened: Watch, signal: AbortSignal): Promise<void> {
		this.#watch = opened;
		this.#held = createHeldStore(opened.store);
		const handle = openScreen({
			...opened,
			store: this.#held.store,
			refresh: () => opened.engine.nudge(),
			stdout: this.terminal.stdout as unknown as NodeJS.WriteStream,
			stdin: this.terminal.stdin as unknown as NodeJS.ReadStream,
			env: { TERM: 'xterm-256color', ...this.options.env },
			platform: 'none',
			ascii: this.options.common?.ascii ?? false,
			...this.records,
			yieldInterrupts: () => () => {},
			shellProgram: this.options.shell ?? noShell,
			clipboard: async text => {
				this.copied = text;
				return { copied: true, where: 'to the test' };
			},
		});
		this.#handle = handle;
		signal.addEventListener('abort', () => handle.close(), { once: true });
		await handle.closed;
	}
}
