import type { Tone } from '../view/line.ts';

/** SGR parameters for each tone. */
export type Palette = Readonly<Record<Tone, string>>;

export const darkPalette: Palette = {
	plain: '',
	dim: '90',
	failed: '31',
	succeeded: '32',
	running: '36',
	attention: '33',
	chip: '7',
};

/** Yellow and cyan are hard to read on white. */
export const lightPalette: Palette = { ...darkPalette, running: '34', attention: '35' };

/** Nothing is grey, and what has a meaning is bright and bold. */
export const highContrastPalette: Palette = {
	...darkPalette,
	dim: '',
	failed: '1;91',
	succeeded: '1;92',
	running: '1;96',
	attention: '1;93',
};

/** Bright colours have no contrast on white. */
export const highContrastOnLightPalette: Palette = {
	...highContrastPalette,
	failed: '1;31',
	succeeded: '1;32',
	running: '1;34',
	attention: '1;35',
};

/**
 * Told apart with any of the common deficiencies: what failed is bold and orange (the yellow of most palettes), what
 * succeeded is blue, and what needs attention is underlined too.
 */
export const colourBlindPalette: Palette = {
	...darkPalette,
	failed: '1;33',
	succeeded: '94',
	running: '36',
	attention: '4;37',
};

export const colourBlindOnLightPalette: Palette = {
	...colourBlindPalette,
	succeeded: '34',
	attention: '4;30',
};

/** No colours of our own: what failed is bold, what needs attention is underlined. */
export const inheritedPalette: Palette = {
	plain: '',
	dim: '',
	failed: '1',
	succeeded: '',
	running: '',
	attention: '4',
	chip: '7',
};

/** Weight and inversion are left. */
export const colourlessPalette: Palette = { ...inheritedPalette, failed: '', attention: '' };
