import { describe, expect, test } from 'vitest';
import type { AppState } from '../../src/monitor/state.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { designedSizes, screens } from './support/screens.ts';
import { inSize } from './support/user.ts';

describe.each(Object.entries(screens))('%s', (name, tell) => {
	test('looks as it was designed at every size', async () => {
		const frames = designedSizes.map(([columns, rows]) => framed(inSize(tell(), columns, rows)));
		await expect(frames.join('\n\n')).toMatchFileSnapshot(`frames/${name}.txt`);
	});
});

/** A frame with a ruler, so that what sticks out or is missing is seen. */
function framed(state: AppState): string {
	const { columns, rows } = state.ui.size;
	const ruler = `${columns}x${rows} `.padEnd(columns, '·');
	return [ruler, ...selectFrame(state).map(line => lineText(line).trimEnd())].join('\n');
}
