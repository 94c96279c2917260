import { styledCharsFromTokens, styledCharsToString, tokenize } from '@alcalzone/ansi-tokenize';
import { isSingleCells, withoutStyles } from './fast-string-width.ts';
import { memoRecent } from './memo.ts';

/**
 * Of each frame Ink's `Output` takes every row apart into cells and puts it together again, whether or not it has changed
 * since the frame before. A screen whose rows are one text each is made of rows that are remembered: only new ones are
 * taken apart. The bundle hands the original to this; a screen of any other shape is left to it.
 */

/** Ink's `Output`, as far as this has to know it (ink/build/output.js). */
export type Output = {
	readonly operations: readonly Operation[];
	readonly width: number;
	readonly height: number;
	write(x: number, y: number, text: string, options: { readonly transformers: Transformers }): void;
	clip(clip: Clip): void;
	unclip(): void;
	get(): { readonly output: string; readonly height: number };
};

type Clip = { readonly [edge in 'x1' | 'x2' | 'y1' | 'y2']: number | undefined };

/** What `<Text>` makes of each line of it after all else: colours, or nothing. */
type Transformers = readonly ((line: string, index: number) => string)[];

type Write = {
	readonly type: 'write';
	readonly x: number;
	readonly y: number;
	readonly text: string;
	readonly transformers: Transformers;
};

type Operation = Write | { readonly type: 'clip'; readonly clip: Clip } | { readonly type: 'unclip' };

/** Several screens full of rows: going to and fro takes nothing apart again. */
const rowsKept = 400;

/** A class whose frames are, cell by cell, those of `Original`, put together of remembered rows where they are made of rows. */
export function rememberRows(
	Original: new (size: { readonly width: number; readonly height: number }) => Output,
): new (size: {
	readonly width: number;
	readonly height: number;
}) => Output {
	// One screen is drawn at a time, by an instance for each frame.
	let width = 0;
	let rowOf = (text: string): string => text;
	const rowsOfWidth = (columns: number) => (text: string) => {
		if (isPlain(text, columns)) return plainRow(text, columns);
		const single = new Original({ width: columns, height: 1 });
		single.clip({ x1: 0, x2: columns, y1: 0, y2: 1 });
		single.write(0, 0, text, { transformers: [] });
		single.unclip();
		return single.get().output;
	};
	return class RowOutput extends Original {
		override get() {
			const rows = rowsOf(this);
			if (rows === undefined) return super.get();
			if (this.width !== width) {
				width = this.width;
				rowOf = memoRecent(rowsKept, rowsOfWidth(width));
			}
			return { output: rows.map(text => rowOf(text)).join('\n'), height: rows.length };
		}
	};
}

/** Whether there is room for all of it, and every character takes one cell. */
function isPlain(text: string, columns: number): boolean {
	const visible = withoutStyles(text);
	return visible.length <= columns && isSingleCells(visible);
}

/**
 * The cells that the original makes of a plain row, which it takes apart three times over: to clip it, to place it, to
 * write it. Codes that follow each other may come in another order.
 */
function plainRow(text: string, columns: number): string {
	const cells = styledCharsFromTokens(tokenize(text));
	// The style of the last character ends where the empty cells begin.
	if (cells.length < columns) cells.push({ type: 'char', value: ' ', fullWidth: false, styles: [] });
	return styledCharsToString(cells).trimEnd();
}

/** The text of each row, when the screen is one box that is cut at its edges with a text for every row. */
function rowsOf({ operations, width, height }: Output): readonly string[] | undefined {
	const [first, ...rest] = operations;
	if (first?.type !== 'clip' || rest.pop()?.type !== 'unclip' || rest.length !== height) return undefined;
	const { x1, x2, y1, y2 } = first.clip;
	if (x1 !== 0 || x2 !== width || y1 !== 0 || y2 !== height) return undefined;
	const rows: string[] = [];
	for (const [y, operation] of rest.entries()) {
		if (operation.type !== 'write' || operation.x !== 0 || operation.y !== y) return undefined;
		const { text, transformers } = operation;
		if (text.includes('\n') || transformers.some(transform => transform(text, 0) !== text)) return undefined;
		rows.push(text);
	}
	return rows;
}
