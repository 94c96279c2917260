import { newLines, plainLines } from '../view/linear/plain-lines.ts';
import type { Spoken } from '../view/linear/spoken.ts';

type Say = (spoken: Spoken) => void;

/** Says what is known, and from then on what changes. Returns the way to stop. */
export function narrate<State>(
	store: { getSnapshot(): State; subscribe(listener: () => void): () => void },
	select: (before: State | undefined, after: State) => Spoken,
	say: Say,
): () => void {
	let seen: State | undefined;
	const tell = () => {
		const state = store.getSnapshot();
		say(select(seen, state));
		seen = state;
	};
	tell();
	return store.subscribe(tell);
}

/** Reads a picture out, and from then on what is new in it: for who has no words of their own. */
export const readPicture = (
	scene: {
		picture(): { readonly lines: Parameters<typeof plainLines>[0] };
		subscribe(listener: () => void): () => void;
	},
	say: Say,
): (() => void) =>
	narrate(
		{ getSnapshot: () => plainLines(scene.picture().lines), subscribe: scene.subscribe },
		(before, after) => ({ lines: before ? newLines(before, after) : after }),
		say,
	);
