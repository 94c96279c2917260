import stringWidth from 'string-width';

/**
 * Character widths for the terminal emulator, which by itself knows Unicode 6 and would draw an emoji in one cell.
 * The packed number that tells it how a character joins its neighbour is the layout of its own Unicode add-ons.
 */
export const cellWidths = {
	version: 'rollcall',
	wcwidth: widthOf,
	charProperties(codePoint: number, preceding: number): number {
		const own = widthOf(codePoint);
		const precedingWidth = (preceding >> 1) & 3;
		const joins = own === 0 && preceding !== 0 && precedingWidth > 0;
		return ((joins ? precedingWidth : own) << 1) | (joins ? 1 : 0);
	},
};

function widthOf(codePoint: number): 0 | 1 | 2 {
	if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
	const width = stringWidth(String.fromCodePoint(codePoint));
	return width === 0 ? 0 : width === 1 ? 1 : 2;
}
