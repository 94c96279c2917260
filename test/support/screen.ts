import xterm, { type IBufferCell } from '@xterm/headless';
import { cellWidths } from './cell-widths.ts';

/** What a cell looks like. A colour is an index of the palette, `#rrggbb`, or undefined for the terminal's own. */
export type Cell = {
	readonly text: string;
	readonly foreground: Colour | undefined;
	readonly background: Colour | undefined;
	readonly bold: boolean;
	readonly dim: boolean;
	readonly inverse: boolean;
	readonly underline: boolean;
};

export type Colour = number | `#${string}`;

/** What is waited for: a text or pattern on one row, or anything that can be asked of the screen. */
export type Expectation = string | RegExp | ((screen: Screen) => boolean);

export type ScreenOptions = {
	readonly columns: number;
	readonly rows: number;
	/** Whether a newline also returns the carriage, as a terminal driver would have seen to. */
	readonly convertEol?: boolean;
};

/** A reconstructed terminal: tests read what a person would see, never the bytes that painted it. */
export class Screen {
	/** The last title that was set. */
	title = '';
	/** The last text written to the clipboard with OSC 52. */
	clipboard: string | undefined;
	cursorVisible = true;
	/** How often the bell has rung. */
	bells = 0;
	/** The last progress (OSC 9;4): `1;40`, `0`. */
	progress = '';
	/** Notifications (OSC 9). */
	readonly notifications: string[] = [];
	/** All that was written so far, for tests about the bytes themselves. */
	bytesWritten = 0;

	readonly #terminal;
	readonly #listeners = new Set<() => void>();

	constructor({ columns, rows, convertEol = false }: ScreenOptions) {
		this.#terminal = new xterm.Terminal({
			cols: columns,
			rows,
			convertEol,
			allowProposedApi: true,
			windowOptions: { pushTitle: true, popTitle: true },
		});
		this.#terminal.unicode.register(cellWidths);
		this.#terminal.unicode.activeVersion = cellWidths.version;
		this.#terminal.onTitleChange(title => {
			this.title = title;
		});
		this.#terminal.onBell(() => {
			this.bells += 1;
		});
		this.#terminal.parser.registerOscHandler(9, data => {
			if (data.startsWith('4;')) this.progress = data.slice(2);
			else this.notifications.push(data);
			return true;
		});
		this.#onPrivateMode('h', true);
		this.#onPrivateMode('l', false);
		this.#terminal.parser.registerOscHandler(52, data => {
			this.clipboard = Buffer.from(data.slice(data.indexOf(';') + 1), 'base64').toString('utf8');
			return true;
		});
	}

	get columns(): number {
		return this.#terminal.cols;
	}

	get rows(): number {
		return this.#terminal.rows;
	}

	get isAlternate(): boolean {
		return this.#terminal.buffer.active.type === 'alternate';
	}

	get isBracketedPaste(): boolean {
		return this.#terminal.modes.bracketedPasteMode;
	}

	/** Where the cursor stands, from 0. */
	get cursor(): { readonly x: number; readonly y: number } {
		const { cursorX, cursorY } = this.#terminal.buffer.active;
		return { x: cursorX, y: cursorY };
	}

	/** Resolves when the emulator has parsed the bytes. */
	write(data: string | Uint8Array): Promise<void> {
		this.bytesWritten += typeof data === 'string' ? Buffer.byteLength(data) : data.byteLength;
		return new Promise(resolve => {
			this.#terminal.write(data, () => {
				for (const listener of this.#listeners) listener();
				resolve();
			});
		});
	}

	/** Every row, without the blanks at its end. */
	text(): string[] {
		const { active } = this.#terminal.buffer;
		return Array.from({ length: this.rows }, (_, y) => {
			return (
				active
					.getLine(active.baseY + y)
					// Of a screen that has shrunk the emulator keeps what is beyond its edge, where nobody sees it.
					?.translateToString(true, 0, this.columns)
					.trimEnd() ?? ''
			);
		});
	}

	/** The first row that holds `pattern`, if any does. */
	row(pattern: string | RegExp): string | undefined {
		return this.text().find(line => contains(line, pattern));
	}

	/** The cell in column `x` of row `y`, both from 0. */
	cell(x: number, y: number): Cell {
		const { active } = this.#terminal.buffer;
		const cell = active.getLine(active.baseY + y)?.getCell(x);
		if (cell === undefined) throw new RangeError(`no cell at ${x},${y} of ${this.columns}x${this.rows}`);
		return describe(cell);
	}

	resize(columns: number, rows: number): void {
		this.#terminal.resize(columns, rows);
		for (const listener of this.#listeners) listener();
	}

	/**
	 * Resolves as soon as the screen is as expected, and no synchronized update is half done: a person would not see
	 * it either. A screen that is not in time, or that nobody will write to any more because `ended` has resolved,
	 * fails with what it showed instead.
	 */
	async waitFor(expected: Expectation, timeoutMs = 5000, ended?: Promise<unknown>): Promise<void> {
		if (this.#shows(expected)) return;
		const { promise, resolve } = Promise.withResolvers<string | undefined>();
		const look = () => {
			if (this.#shows(expected)) resolve(undefined);
		};
		this.#listeners.add(look);
		const timer = setTimeout(() => resolve(`waited ${timeoutMs} ms`), timeoutMs);
		void ended?.then(() => resolve('the program ended while waiting'));
		const failure = await promise;
		clearTimeout(timer);
		this.#listeners.delete(look);
		if (failure !== undefined) throw new Error(`${failure} for ${expected} on this screen:\n${this}`);
	}

	/** The screen in a frame, for messages. */
	toString(): string {
		const line = '-'.repeat(this.columns);
		return [`+${line}+`, ...this.text().map(row => `|${row}`), `+${line}+`].join('\n');
	}

	#shows(expected: Expectation): boolean {
		if (this.#terminal.modes.synchronizedOutputMode) return false;
		return typeof expected === 'function' ? expected(this) : this.row(expected) !== undefined;
	}

	/** The emulator keeps whether the cursor is hidden to itself. */
	#onPrivateMode(final: 'h' | 'l', visible: boolean): void {
		this.#terminal.parser.registerCsiHandler({ prefix: '?', final }, parameters => {
			if (parameters.includes(25)) this.cursorVisible = visible;
			return false;
		});
	}
}

/** Whether a row holds a text, or something that looks like a pattern. */
export function contains(line: string, pattern: string | RegExp): boolean {
	return typeof pattern === 'string' ? line.includes(pattern) : line.search(pattern) >= 0;
}

function describe(cell: IBufferCell): Cell {
	return {
		text: cell.getChars(),
		foreground: colour(cell.isFgDefault(), cell.isFgRGB(), cell.getFgColor()),
		background: colour(cell.isBgDefault(), cell.isBgRGB(), cell.getBgColor()),
		bold: cell.isBold() !== 0,
		dim: cell.isDim() !== 0,
		inverse: cell.isInverse() !== 0,
		underline: cell.isUnderline() !== 0,
	};
}

function colour(isDefault: boolean, isRgb: boolean, value: number): Colour | undefined {
	if (isDefault) return undefined;
	return isRgb ? `#${value.toString(16).padStart(6, '0')}` : value;
}
