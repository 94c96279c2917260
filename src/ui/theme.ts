import type { ContextColour } from '../monitor/fleet/state.ts';
import type { Segment } from '../view/line.ts';
import type { ThemeName } from '../view/theme-names.ts';
import {
	colourBlindOnLightPalette,
	colourBlindPalette,
	colourlessPalette,
	darkPalette,
	highContrastOnLightPalette,
	highContrastPalette,
	inheritedPalette,
	lightPalette,
	type Palette,
} from './palettes.ts';

/** How things look. Only the terminal's own 16 colours, so that the user's palette rules. */
export type Theme = {
	readonly tones: Palette;
	/** Nothing is told by colour. */
	readonly isColourless: boolean;
	readonly bold: string;
	/** The background of the row under the cursor. */
	readonly selected: string;
};

type Environment = Readonly<Record<string, string | undefined>>;

/** `auto` and what it stands for, dark and light. */
const onDark: Readonly<Record<ThemeName, Palette>> = {
	auto: darkPalette,
	dark: darkPalette,
	light: lightPalette,
	'high-contrast': highContrastPalette,
	'colour-blind': colourBlindPalette,
	inherit: inheritedPalette,
};

const onLight: Readonly<Record<ThemeName, Palette>> = {
	...onDark,
	auto: lightPalette,
	'high-contrast': highContrastOnLightPalette,
	'colour-blind': colourBlindOnLightPalette,
};

/**
 * The theme for a terminal: no colours at all with `NO_COLOR` (no-color.org) or a terminal that has none, where the
 * cursor's row is inverse. The quiet background is a shade of the 256 that nearly every terminal has, dark or light as
 * the name says, or else `COLORFGBG`.
 */
export function themeFor(env: Environment, name: ThemeName = 'auto'): Theme {
	const noColour = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
	if (noColour) return { tones: colourlessPalette, isColourless: true, bold: '1', selected: '7' };
	const isOnLight = name === 'light' || (name !== 'dark' && isLight(env.COLORFGBG));
	const isLoud = name === 'high-contrast' || name === 'inherit';
	return {
		tones: (isOnLight ? onLight : onDark)[name],
		isColourless: name === 'inherit',
		bold: '1',
		selected: isLoud ? '7' : selectedBackground(env, isOnLight),
	};
}

function selectedBackground(env: Environment, isOnLight: boolean): string {
	const has256 = /256|kitty|alacritty|ghostty|wezterm|truecolor|direct/.test(
		`${env.TERM ?? ''} ${env.COLORTERM ?? ''}`,
	);
	if (!has256) return '7';
	return isOnLight ? '48;5;254' : '48;5;237';
}

/** `foreground;background` as some terminals set it: 7 and 15 are light. */
function isLight(colorFgBg: string | undefined): boolean {
	const background = colorFgBg?.split(';').at(-1);
	return background === '7' || background === '15';
}

const contextColours: Readonly<Record<ContextColour, string>> = {
	red: '31',
	green: '32',
	yellow: '33',
	blue: '34',
	magenta: '35',
	cyan: '36',
	white: '37',
	grey: '90',
};

/** The SGR parameters of one segment; empty when it needs none. */
export function styleOf(theme: Theme, { tone, bold, colour }: Segment, selected: boolean): string {
	const own = colour === undefined || theme.isColourless ? theme.tones[tone] : contextColours[colour];
	return [own, bold ? theme.bold : '', selected ? theme.selected : ''].filter(code => code !== '').join(';');
}
