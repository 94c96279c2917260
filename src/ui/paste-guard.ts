import { createAnswerFilter } from './drop-answers.ts';

const begin = '\x1b[200~';
const end = '\x1b[201~';
const interrupt = '\x03';

/** Esc as the Kitty keyboard protocol spells it. */
const esc = '\x1b[27u';

/** Ink takes an Esc that is followed by another at once for one with alt; before a sequence it may well be alt. */
const apart = (keys: string): string => keys.replace(/\x1b(?=\x1b(?![[O]))/g, esc);

/**
 * Text between the brackets of a paste is no key, and when the closing bracket is lost (a terminal or a multiplexer that
 * died in the middle) everything typed from then on would be held back as part of it. A ctrl-c that arrives by itself
 * closes the brackets, so that there is always a way out. What the terminal itself has typed is dropped. Returns the way to
 * take the guard off.
 */
export function guardPastes(stdin: { read(size?: number): unknown }): () => void {
	const read = stdin.read;
	const withoutAnswers = createAnswerFilter();
	let isOpen = false;
	// A bracket may come in two pieces.
	let tail = '';
	stdin.read = function readGuarded(size?: number): unknown {
		const arrived: unknown = read.call(this, size);
		if (typeof arrived !== 'string') return arrived;
		const chunk = isOpen || arrived.includes(begin) ? arrived : apart(withoutAnswers(arrived));
		if (chunk === '') return stdin.read(size);
		if (isOpen && chunk === interrupt) {
			isOpen = false;
			return end + interrupt;
		}
		const text = tail + chunk;
		const [opened, closed] = [text.lastIndexOf(begin), text.lastIndexOf(end)];
		if (opened !== closed) isOpen = opened > closed;
		tail = text.slice(1 - begin.length);
		return chunk;
	};
	return () => {
		stdin.read = read;
	};
}
