import { setImmediate } from 'node:timers/promises';
import type { ExitCode } from '../../src/cli/exit-codes.ts';
import type { Io } from '../../src/cli/io.ts';
import { createRandom } from '../../src/lib/random.ts';
import type { VirtualClock } from '../../src/lib/virtual-clock.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import type { ScreenHandle } from '../../src/ui/terminal.tsx';
import { type Line, lineText } from '../../src/view/line.ts';
import { FakeTerminal } from './fake-terminal.ts';
import type { HeldStore } from './held-store.ts';
import { keySequence } from './keys.ts';
import { countBusy, type Load } from './load.ts';
import { createRecords } from './records.ts';
import { type Cell, contains } from './screen.ts';

/** How long one settling may take in real time before it counts as hanging. */
const patienceMs = 8_000;

export type DriverOptions = {
	readonly columns?: number | undefined;
	readonly rows?: number | undefined;
	readonly env?: Readonly<Record<string, string>> | undefined;
};

/**
 * Somebody in front of a program that runs in virtual time on a fake terminal: what they do, and what they see. Every
 * method returns when nothing is left to happen until the clock moves.
 */
export abstract class Driver {
	readonly terminal: FakeTerminal;
	readonly records = createRecords();
	readonly audited = this.records.audited;
	/** What was printed to the normal screen. */
	printed = '';
	/** What was put on the clipboard. */
	copied = '';

	protected readonly load: Load;
	/** Of everything that is drawn from; painting waits while they are held. */
	protected held: readonly Pick<HeldStore<Flushed>, 'store' | 'hold' | 'release'>[] = [];
	readonly #ended = Promise.withResolvers<ExitCode | Error>();
	readonly #stop = new AbortController();
	#handle: ScreenHandle | undefined;
	#isOver = false;

	protected constructor(
		readonly clock: VirtualClock,
		readonly simulator: Simulator,
		driven: DriverOptions,
	) {
		this.terminal = new FakeTerminal(driven.columns ?? 120, driven.rows ?? 36);
		this.load = countBusy(simulator, clock);
	}

	/** The program, to its end. */
	protected abstract run(): Promise<ExitCode>;

	/** What would be drawn now; undefined where only the screen can tell. */
	protected abstract frame(): readonly Line[] | undefined;

	/** The exit code, or what was thrown, once the program has ended. */
	get ended(): Promise<ExitCode | Error> {
		return this.#ended.promise;
	}

	/** What programs are run with. */
	protected get parts() {
		const print = (text: string) => {
			this.printed += text;
		};
		const io: Io = {
			out: print,
			err: print,
			isInteractive: true,
			env: {},
			signal: this.#stop.signal,
			yieldInterrupts: () => () => {},
		};
		return { clock: this.clock, random: createRandom(1), io, audit: this.records.audit };
	}

	/** The terminal, as screens want it. */
	protected terminalFor(env: Readonly<Record<string, string>> = {}, ascii = false) {
		return {
			stdout: this.terminal.stdout as unknown as NodeJS.WriteStream,
			stdin: this.terminal.stdin as unknown as NodeJS.ReadStream,
			env: { TERM: 'xterm-256color', ...env },
			platform: 'none',
			ascii,
			...this.records,
			yieldInterrupts: () => () => {},
			clipboard: async (text: string) => {
				this.copied = text;
				return { copied: true, where: 'to the test' };
			},
		};
	}

	/** Draws until the screen is closed. */
	protected async draw(handle: ScreenHandle, signal: AbortSignal): Promise<void> {
		this.#handle = handle;
		signal.addEventListener('abort', () => handle.close(), { once: true });
		await handle.closed;
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

	/** Presses keys by name, one after the other, and does not look what becomes of it. */
	send(...keys: readonly string[]): void {
		for (const key of keys) this.terminal.send(keySequence(key));
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
		for (const { store } of this.held) store.flush();
		for (const held of this.held) held.release();
		await this.#handle?.flushed();
		await this.terminal.idle();
	}

	/** Starts the program. Resolves when its screen is open, or it has ended without one. */
	async start(): Promise<void> {
		void this.run()
			.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))))
			.then(outcome => {
				this.#isOver = true;
				this.#ended.resolve(outcome);
			});
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
		for (const held of this.held) held.hold();
		const until = this.clock.now() + seconds * 1000;
		while (!this.#isOver && (this.clock.nextDueAt() ?? Infinity) <= until) await this.#jump();
		this.clock.jumpTo(until);
		await this.#quiet();
	}

	/** Painting takes longer than all the rest: it is left until there is something to look at. */
	#wouldShow(pattern: string | RegExp): boolean {
		return this.frame()?.some(line => contains(lineText(line), pattern)) ?? true;
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
			if (this.load.busy() > 0) turns = -1;
			if (performance.now() > deadline) {
				throw new Error(`still busy with ${this.load.describe()} on this screen:\n${this.terminal.screen}`);
			}
		}
	}
}

type Flushed = { flush(): void; subscribe(listener: () => void): () => void };
