import type { Line } from '../view/line.ts';
import { newLines, plainLines, plainText } from '../view/linear/plain-lines.ts';
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

type Shown = { picture(): { readonly lines: readonly Line[] }; subscribe(listener: () => void): () => void };

/**
 * Reads a picture out, and from then on what is new in it and the line under the cursor: for who has no words of their
 * own.
 */
export const readPicture = ({ picture, subscribe }: Shown, say: Say): (() => void) =>
	narrate({ getSnapshot: () => picture().lines, subscribe }, pictureChange, say);

function pictureChange(before: readonly Line[] | undefined, after: readonly Line[]): Spoken {
	const all = plainLines(after);
	if (!before) return { lines: all };
	const fresh = newLines(plainLines(before), all);
	const cursor = newLines(cursorLine(before), cursorLine(after)).filter(line => !fresh.includes(line));
	return { lines: [...fresh, ...cursor] };
}

const cursorLine = (lines: readonly Line[]): readonly string[] =>
	lines.filter(({ selected }) => selected).map(plainText);
