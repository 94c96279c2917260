import type { ContextColour } from '../monitor/fleet/state.ts';
import type { Segment, Tone } from '../view/line.ts';

/** SGR parameters for each tone. Only the terminal's own 16 colours, so that the user's palette rules. */
export type Theme = {
	readonly tones: Readonly<Record<Tone, string>>;
	readonly bold: string;
	/** The background of the row under the cursor. */
	readonly selected: string;
};

const colours: Readonly<Record<Tone, string>> = {
	plain: '',
	dim: '90',
	failed: '31',
	succeeded: '32',
	running: '36',
	attention: '33',
	chip: '7',
};

const colourless: Readonly<Record<Tone, string>> = {
	plain: '',
	dim: '',
	failed: '',
	succeeded: '',
	running: '',
	attention: '',
	chip: '7',
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The theme for a terminal: no colours at all with `NO_COLOR` (no-color.org) or a terminal that has none, where the
 * cursor's row is inverse. The quiet background is a shade of the 256 that nearly every terminal has, dark or light as
 * `COLORFGBG` tells.
 */
export function themeFor(env: Environment): Theme {
	const noColour = (env.NO_COLOR ?? '') !== '' || env.TERM === 'dumb';
	if (noColour) return { tones: colourless, bold: '1', selected: '7' };
	return { tones: colours, bold: '1', selected: selectedBackground(env) };
}

function selectedBackground(env: Environment): string {
	const has256 = /256|kitty|alacritty|ghostty|wezterm|truecolor|direct/.test(
		`${env.TERM ?? ''} ${env.COLORTERM ?? ''}`,
	);
	if (!has256) return '7';
	return isLight(env.COLORFGBG) ? '48;5;254' : '48;5;237';
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
	const isColourless = theme.tones.failed === theme.tones.succeeded;
	const own = colour === undefined || isColourless ? theme.tones[tone] : contextColours[colour];
	return [own, bold ? theme.bold : '', selected ? theme.selected : ''].filter(code => code !== '').join(';');
}
