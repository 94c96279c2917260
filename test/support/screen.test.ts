import { expect, test } from 'vitest';
import { Screen } from './screen.ts';

const size = { columns: 20, rows: 4 };

test('shows what a person would see, not what was written', async () => {
	const screen = new Screen(size);
	await screen.write('draft\r\x1b[Kfinal\x1b[3;5Hhere');
	expect(screen.text()).toEqual(['final', '', '    here', '']);
	expect(screen.row(/^f/)).toBe('final');
	expect(screen.row('draft')).toBeUndefined();
	expect(screen.cursor).toEqual({ x: 8, y: 2 });
});

test('only a terminal driver turns a newline into a new start', async () => {
	const bare = new Screen(size);
	const driven = new Screen({ ...size, convertEol: true });
	await Promise.all([bare.write('a\nb'), driven.write('a\nb')]);
	expect(bare.text().slice(0, 2)).toEqual(['a', ' b']);
	expect(driven.text().slice(0, 2)).toEqual(['a', 'b']);
});

test('a cell has its style', async () => {
	const screen = new Screen(size);
	await screen.write('\x1b[1;31;7mA\x1b[0;2;4;38;5;208mB\x1b[0;38;2;1;2;255;44mC\x1b[0mD');
	const plain = { bold: false, dim: false, inverse: false, underline: false };
	const own = { foreground: undefined, background: undefined };
	expect([0, 1, 2, 3].map(x => screen.cell(x, 0))).toEqual([
		{ ...plain, ...own, text: 'A', foreground: 1, bold: true, inverse: true },
		{ ...plain, ...own, text: 'B', foreground: 208, dim: true, underline: true },
		{ ...plain, ...own, text: 'C', foreground: '#0102ff', background: 4 },
		{ ...plain, ...own, text: 'D' },
	]);
	expect(() => screen.cell(20, 0)).toThrow('no cell at 20,0');
});

test('wide characters and emoji take two cells, combining marks none', async () => {
	const screen = new Screen(size);
	await screen.write('古🚀e\u0301━|');
	expect(screen.text()[0]).toBe('古🚀e\u0301━|');
	expect(screen.cursor.x).toBe(7);
	expect(screen.cell(2, 0).text).toBe('🚀');
});

test('knows the modes, the title and the clipboard', async () => {
	const screen = new Screen(size);
	const modes = () => [screen.isAlternate, screen.cursorVisible, screen.isBracketedPaste];
	expect(modes()).toEqual([false, true, false]);
	await screen.write('\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b]2;rollcall\x07\x1b]52;c;ZC1BQkM=\x07');
	expect(modes()).toEqual([true, false, true]);
	expect([screen.title, screen.clipboard]).toEqual(['rollcall', 'd-ABC']);
	await screen.write('\x1b[?2004l\x1b[?25h\x1b[?1049l');
	expect(modes()).toEqual([false, true, false]);
});

test('is resized, and still shows its last rows', async () => {
	const screen = new Screen(size);
	await screen.write('one\r\ntwo');
	screen.resize(10, 2);
	expect([screen.columns, screen.rows, screen.text()]).toEqual([10, 2, ['one', 'two']]);
});

test('waits for what is written later, and fails with the screen', async () => {
	const screen = new Screen(size);
	const shown = screen.waitFor(/^ready$/);
	await screen.write('ready');
	await shown;
	await expect(screen.waitFor('never', 1)).rejects.toThrow(
		/waited 1 ms for never on this screen:\n\+-+\+\n\|ready\n/,
	);
	await expect(screen.waitFor('never', 5000, Promise.resolve())).rejects.toThrow(/^the program ended/);
});

test('half of a synchronized update is not on the screen yet', async () => {
	const screen = new Screen({ columns: 20, rows: 2 });
	await screen.write('\x1b[?2026hfirst half');
	await expect(screen.waitFor('first half', 20)).rejects.toThrow('waited 20 ms');
	const whole = screen.waitFor('first half, second');
	await screen.write(', second\x1b[?2026l');
	await whole;
});
