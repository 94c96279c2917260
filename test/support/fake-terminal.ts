import { PassThrough, Writable } from 'node:stream';
import { Screen } from './screen.ts';

/** What Ink asks of a terminal's output. */
class FakeOutput extends Writable {
	readonly isTTY = true;
	readonly #screen: Screen;

	constructor(screen: Screen) {
		super({ decodeStrings: false });
		this.#screen = screen;
	}

	get columns(): number {
		return this.#screen.columns;
	}

	get rows(): number {
		return this.#screen.rows;
	}

	override _write(data: string | Uint8Array, _encoding: BufferEncoding, done: () => void): void {
		void this.#screen.write(data).then(done);
	}
}

/** What Ink asks of a terminal's input: raw mode, and bytes that are read when they are announced. */
class FakeInput extends PassThrough {
	readonly isTTY = true;
	isRaw = false;
	/** Whether the input would keep the process alive. */
	isReferenced = false;

	setRawMode(isRaw: boolean): this {
		this.isRaw = isRaw;
		return this;
	}

	ref(): this {
		this.isReferenced = true;
		return this;
	}

	unref(): this {
		this.isReferenced = false;
		return this;
	}
}

/**
 * A terminal inside the process: hand `stdout` and `stdin` to Ink's `render` with `interactive: true`, since Ink
 * takes a terminal for none where the environment says CI.
 */
export class FakeTerminal {
	readonly screen: Screen;
	readonly stdout: FakeOutput;
	readonly stdin = new FakeInput();

	constructor(columns: number, rows: number) {
		this.screen = new Screen({ columns, rows, convertEol: true });
		this.stdout = new FakeOutput(this.screen);
	}

	/** Keys as a terminal sends them: `j`, `\r`, `\x1b[A`. */
	send(keys: string): void {
		this.stdin.write(keys);
	}

	/** Pastes as a terminal does: between brackets if the application has asked for them. */
	paste(text: string): void {
		this.send(this.screen.isBracketedPaste ? `\x1b[200~${text}\x1b[201~` : text);
	}

	resize(columns: number, rows: number): void {
		this.screen.resize(columns, rows);
		this.stdout.emit('resize');
	}

	/** Resolves when all that was written is on the screen. */
	idle(): Promise<void> {
		return new Promise(resolve => {
			this.stdout.write('', () => resolve());
		});
	}
}
