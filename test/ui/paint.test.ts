import { describe, expect, test } from 'vitest';
import { createPainter } from '../../src/ui/paint.ts';
import { themeFor } from '../../src/ui/theme.ts';
import { bold, dim, gap, line, segment, type Tone } from '../../src/view/line.ts';
import { type ThemeName, themeNames } from '../../src/view/theme-names.ts';

const env = { TERM: 'xterm-256color' };
const paint = createPainter(themeFor(env), false);

describe('the painter', () => {
	test('paints each meaning in the terminal’s own colours', () => {
		expect(paint(line(segment('a', 'failed'), bold('b', 'succeeded'), dim('c'), segment('d')), 80)).toBe(
			'\x1b[31ma\x1b[0m\x1b[32;1mb\x1b[0m\x1b[90mc\x1b[0md',
		);
	});

	test('neighbours that look alike are one run, and gaps end none', () => {
		expect(paint(line(dim('a'), gap(3), dim('b'), segment(' ', 'failed'), dim('c')), 80)).toBe(
			'\x1b[90ma   b c\x1b[0m',
		);
	});

	test('the row under the cursor has its background from edge to edge', () => {
		const selected = { ...line(segment('a', 'failed'), gap(1), segment('b')), selected: true };
		expect(paint(selected, 6)).toBe('\x1b[31;48;5;237ma\x1b[0m\x1b[48;5;237m b   \x1b[0m');
		expect(paint(selected, 3)).toBe('\x1b[31;48;5;237ma\x1b[0m\x1b[48;5;237m b\x1b[0m');
	});

	test('a chip stands out even where it is empty', () => {
		expect(paint(line(segment('  ', 'chip')), 80)).toBe('\x1b[7m  \x1b[0m');
	});

	test('in ASCII nothing above 0x7e is left, and every width stays', () => {
		const ascii = createPainter(themeFor({ NO_COLOR: '1' }), true);
		expect(ascii(line(segment('✗ 3×  “日本” … ≈ 2'), dim('━━✗╌')), 80)).toBe('F 3x  "????" ~ ~ 2==F-');
	});
});

describe('the theme', () => {
	test.each([
		[{ NO_COLOR: '1', ...env }, '7'],
		[{ TERM: 'dumb' }, '7'],
		[{ TERM: 'linux' }, '7'],
		[{ NO_COLOR: '', ...env }, '48;5;237'],
		[{ TERM: 'xterm', COLORTERM: 'truecolor' }, '48;5;237'],
		[{ ...env, COLORFGBG: '0;15' }, '48;5;254'],
		[{ ...env, COLORFGBG: '15;default;0' }, '48;5;237'],
		[{}, '7'],
	])('%j marks the cursor’s row with %s', (environment, selected) => {
		expect(themeFor(environment).selected).toBe(selected);
	});

	test('without colours only weight and inversion are left', () => {
		const { tones, bold: weight } = themeFor({ NO_COLOR: 'yes' });
		expect([...new Set(Object.values(tones))].sort()).toEqual(['', '7']);
		expect(weight).toBe('1');
	});

	const toneOf = (name: ThemeName, tone: Tone, more = {}) => themeFor({ ...env, ...more }, name).tones[tone];
	const light = { COLORFGBG: '0;15' };

	test.each(themeNames)('%s has only the 16 colours, and tells what failed from what succeeded', name => {
		for (const background of [{}, light]) {
			const { tones, selected } = themeFor({ ...env, ...background }, name);
			for (const code of Object.values(tones)) expect(code).toMatch(/^((1|4|7|[39][0-7])(;|$))*$/);
			expect(tones.failed).not.toBe(tones.succeeded);
			expect(tones.failed).not.toBe(tones.attention);
			expect(selected).toMatch(/^(7|48;5;237|48;5;254)$/);
		}
	});

	test.each(themeNames)('NO_COLOR wins over %s', name => {
		expect(themeFor({ ...env, NO_COLOR: '1' }, name)).toEqual(themeFor({ NO_COLOR: '1' }));
	});

	test('a name is stronger than what the terminal tells of its background', () => {
		expect(themeFor({ ...env, ...light }, 'dark')).toEqual(themeFor(env, 'dark'));
		expect(themeFor(env, 'light')).toEqual(themeFor({ ...env, ...light }, 'auto'));
		expect(themeFor(env, 'dark')).toEqual(themeFor(env));
	});

	test('for the colour-blind nothing hangs on red and green', () => {
		for (const tone of ['failed', 'succeeded', 'running', 'attention'] as const) {
			for (const background of [{}, light]) {
				expect(toneOf('colour-blind', tone, background)).not.toMatch(/(^|;)[39][12]/);
			}
		}
		expect(toneOf('colour-blind', 'failed')).toMatch(/^1;/);
	});

	test('what is inherited has no colour, and bars say what failed', () => {
		const { tones, selected } = themeFor(env, 'inherit');
		expect(Object.values(tones).join(';')).not.toMatch(/[39][0-7]/);
		expect(selected).toBe('7');
		expect(createPainter(themeFor(env, 'inherit'), false)(line(segment('██', 'failed')), 80)).toContain('××');
	});

	test('high contrast is bold, and the row under the cursor inverse', () => {
		const { tones, selected } = themeFor(env, 'high-contrast');
		expect([tones.failed, tones.attention, tones.dim, selected]).toEqual(['1;91', '1;93', '', '7']);
	});
});
