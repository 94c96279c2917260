import { expect, test } from 'vitest';
import { createLanes } from '../../src/monitor/lanes.ts';
import { settle } from './support/stage.ts';

/** Lanes over a pile of numbers, worked on until they are let go. */
function createPile(width: number, pile: number[]) {
	const working = new Map<number, PromiseWithResolvers<void>>();
	const begun: number[] = [];
	const lanes = createLanes(
		() => width,
		() => pile.shift(),
		piece => {
			begun.push(piece);
			const work = Promise.withResolvers<void>();
			working.set(piece, work);
			return work.promise;
		},
	);
	return { lanes, pile, begun, finish: (piece: number) => working.get(piece)?.resolve(), working };
}

test('so many pieces are worked on at a time, the next when one is done', async () => {
	const { lanes, begun, finish } = createPile(2, [1, 2, 3]);
	lanes.wake();
	lanes.wake();
	expect(begun).toEqual([1, 2]);
	finish(2);
	await settle();
	expect(begun).toEqual([1, 2, 3]);
});

test('new work is taken up when the lanes are woken', async () => {
	const { lanes, pile, begun, finish } = createPile(2, [1]);
	lanes.wake();
	pile.push(2, 3);
	lanes.wake();
	expect(begun).toEqual([1, 2]);
	for (const piece of [1, 2, 3]) {
		finish(piece);
		await settle();
	}
	await lanes.drained();
	expect(begun).toEqual([1, 2, 3]);
});

test('nothing to do is done at once', async () => {
	const { lanes } = createPile(2, []);
	lanes.wake();
	await lanes.drained();
});

test('a piece that throws ends all lanes, when the others are through', async () => {
	const { lanes, begun, finish, working } = createPile(2, [1, 2, 3, 4]);
	lanes.wake();
	working.get(1)?.reject(new Error('broken'));
	await settle();
	lanes.wake();
	const drained = expect(lanes.drained()).rejects.toThrow('broken');
	finish(2);
	await drained;
	expect(begun).toEqual([1, 2]);
});
