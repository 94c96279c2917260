import { describe, expect, test } from 'vitest';
import type { AppState } from '../../src/monitor/state.ts';
import { selectFrame } from '../../src/view/frame.ts';
import { lineText } from '../../src/view/line.ts';
import { rolledBack, running } from './support/stories.ts';
import { ecs, lambda, ready } from './support/traffic-stories.ts';
import { after, inSize } from './support/user.ts';

/** The sizes that the screens are designed for. */
const sizes = [
	[200, 60],
	[120, 36],
	[100, 30],
	[80, 24],
	[60, 15],
	[40, 10],
] as const;

const plain = { session: { protectedPatterns: [] } };

/** Every screen, at a moment when it has something to tell. */
const screens: Readonly<Record<string, () => AppState>> = {
	running,
	'rolled-back': rolledBack,
	target: () => after(running(), 'n', 'enter'),
	logs: () => after(running(), 'n', 'l'),
	details: () => after(running(), 'i'),
	alarms: () => after(running(), 'a'),
	help: () => after(running(), '?'),
	messages: () => after(running(), 'R', 's', 'esc', '!'),
	'stop-typed': () => after(running(), 's', 'p', 'r', 'o', 'd'),
	'stop-plain': () => after(running(plain), 'b'),
	ecs,
	lambda,
	ready,
};

describe.each(Object.entries(screens))('%s', (name, tell) => {
	test('looks as it was designed at every size', async () => {
		const frames = sizes.map(([columns, rows]) => framed(inSize(tell(), columns, rows)));
		await expect(frames.join('\n\n')).toMatchFileSnapshot(`frames/${name}.txt`);
	});
});

/** A frame with a ruler, so that what sticks out or is missing is seen. */
function framed(state: AppState): string {
	const { columns, rows } = state.ui.size;
	const ruler = `${columns}x${rows} `.padEnd(columns, '·');
	return [ruler, ...selectFrame(state).map(line => lineText(line).trimEnd())].join('\n');
}
