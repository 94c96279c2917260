import { expect, test } from 'vitest';
import { ringNews } from '../../src/ui/ring-news.ts';

test('every frame is compared with the one before it, also within a second', () => {
	let state = { now: 0, frame: 0 };
	let notify = () => {};
	const looks: (readonly [before: number | undefined, after: number])[] = [];
	const stop = ringNews(
		{
			getSnapshot: () => state,
			subscribe(listener) {
				notify = listener;
				return () => {
					notify = () => {};
				};
			},
		},
		(before, after) => {
			looks.push([before?.frame, after.frame]);
			return [];
		},
		() => {},
	);
	const show = (now: number) => {
		state = { now, frame: state.frame + 1 };
		notify();
	};
	for (const now of [0, 0, 5000, 5000, 6000]) show(now);
	expect(looks).toEqual([
		[undefined, 0],
		[0, 1],
		[1, 2],
		[2, 3],
		[3, 4],
		[4, 5],
	]);
	stop();
	show(7000);
	expect(looks).toHaveLength(6);
});
