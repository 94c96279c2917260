import { describe, expect, test } from 'vitest';
import type { AppState } from '../../src/monitor/state.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { type Line, lineText } from '../../src/view/line.ts';
import { designedSizes, screens } from './support/screens.ts';
import { inSize } from './support/user.ts';

describe.each(Object.entries(screens))('%s', (name, tell) => {
	test('looks as it was designed at every size', async () => {
		const frames = designedSizes.map(([columns, rows]) => framed(inSize(tell(), columns, rows)));
		await expect(frames.join('\n\n')).toMatchFileSnapshot(`frames/${name}.txt`);
	});

	test('means by its colours what was meant', async () => {
		const state = inSize(tell(), 120, 36);
		const lines = selectFrame(state).map(line => `${lineText(line).trimEnd()}\n${tonesOf(line)}`);
		await expect(lines.join('\n')).toMatchFileSnapshot(`frames/${name}.tones.txt`);
	});
});

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

/** A frame with a ruler, so that what sticks out or is missing is seen. */
function framed(state: AppState): string {
	const { columns, rows } = state.ui.size;
	const ruler = `${columns}x${rows} `.padEnd(columns, '·');
	return [ruler, ...selectFrame(state).map(line => lineText(line).trimEnd())].join('\n');
}
