import { type Line, lineText } from '../../../src/view/line.ts';

/** A letter below each character that is not plain: its tone, a capital where it is bold. */
function tonesOf({ segments, selected }: Line): string {
	const letters = {
		plain: ' ',
		dim: 'd',
		failed: 'f',
		succeeded: 's',
		running: 'r',
		attention: 'a',
		chip: 'c',
	};
	const tones = segments.map(({ text, tone, bold }) => {
		const letter = tone === 'plain' && bold ? '*' : bold ? letters[tone].toUpperCase() : letters[tone];
		return [...text].map(character => (character === ' ' && tone !== 'chip' ? ' ' : letter)).join('');
	});
	return `${tones.join('').trimEnd()}${selected ? ' <' : ''}`;
}

/** Lines with their tones below them. */
export const withTones = (lines: readonly Line[]): string =>
	lines.map(line => `${lineText(line).trimEnd()}\n${tonesOf(line)}`).join('\n');

/** A frame with a ruler, so that what sticks out or is missing is seen. */
export function framed(lines: readonly Line[], columns: number, rows: number): string {
	const ruler = `${columns}x${rows} `.padEnd(columns, '·');
	return [ruler, ...lines.map(line => lineText(line).trimEnd())].join('\n');
}
