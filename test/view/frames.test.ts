import { describe, expect, test } from 'vitest';
import { selectFrame } from '../../src/view/frame.ts';
import { designedSizes, screens } from './support/screens.ts';
import { framed, withTones } from './support/tones.ts';
import { inSize } from './support/user.ts';

describe.each(Object.entries(screens))('%s', (name, tell) => {
	test('looks as it was designed at every size', async () => {
		const frames = designedSizes.map(([columns, rows]) =>
			framed(selectFrame(inSize(tell(), columns, rows)), columns, rows),
		);
		await expect(frames.join('\n\n')).toMatchFileSnapshot(`frames/${name}.txt`);
	});

	test('means by its colours what was meant', async () => {
		const lines = selectFrame(inSize(tell(), 120, 36));
		await expect(withTones(lines)).toMatchFileSnapshot(`frames/${name}.tones.txt`);
	});
});
