import { expect, test } from 'vitest';
import { readPicture } from '../../src/ui/narrate.ts';
import { type Line, line, segment } from '../../src/view/line.ts';

test('who has no words of their own is read out: first all, then what is new and where the cursor is', () => {
	const said: string[] = [];
	let lines: readonly Line[] = [
		line(segment(' Choose a group')),
		line(segment('━━━╸ one')),
		line(segment('two')),
	];
	let notify = () => {};
	const scene = {
		picture: () => ({ lines }),
		subscribe(listener: () => void) {
			notify = listener;
			return () => {
				notify = () => {};
			};
		},
	};
	const stop = readPicture(scene, spoken => void said.push(...spoken.lines));
	const show = (...next: readonly Line[]) => {
		lines = next;
		notify();
		return said.splice(0);
	};
	expect(said.splice(0)).toEqual(['Choose a group', 'one', 'two']);
	const [head, one, two] = lines;
	if (!(head && one && two)) throw new Error('three lines');
	expect(show(head, one, { ...two, selected: true })).toEqual(['two']);
	expect(show(head, one, { ...two, selected: true }, line(segment('three, 3 s ago')))).toEqual([
		'three, 3 s ago',
	]);
	expect(show(head, one, { ...two, selected: true }, line(segment('three, 4 s ago')))).toEqual([]);
	stop();
	expect(show(line(segment('gone')))).toEqual([]);
});
