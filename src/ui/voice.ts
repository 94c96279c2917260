import { displayWidth, wrapCells } from '../lib/width.ts';
import type { Spoken, Typing } from '../view/linear/spoken.ts';

/** Says lines one after the other on the normal screen, for a screen reader: nothing that was written is ever changed. */
export type Voice = {
	say(spoken: Spoken): void;
	/** Somebody else has the terminal: what there is to say is kept. */
	pause(): void;
	resume(): void;
	/** Ends the line that is being typed. */
	end(): void;
};

export type VoiceParts = {
	readonly write: (text: string) => void;
	readonly columns: () => number;
	/** The last look at a text: glyphs as ASCII, or as they are. */
	readonly spell: (text: string) => string;
};

export function createVoice({ write, columns, spell }: VoiceParts): Voice {
	let open: Typing | undefined;
	let isAway = false;
	const missed: string[] = [];
	let typing: Typing | undefined;

	const endLine = () => {
		if (open) write('\n');
		open = undefined;
	};
	const sayNow = (lines: readonly string[]) => {
		if (lines.length > 0) endLine();
		for (const line of lines) {
			for (const piece of wrapCells(spell(line), Math.max(20, columns()))) write(`${piece}\n`);
		}
		if (typing) echo(typing);
		else endLine();
	};
	/** As a terminal does it by itself: each character as it is typed, and taken back by going back over it. */
	const echo = (next: Typing) => {
		const before = open;
		if (before?.label !== next.label) {
			endLine();
			write(next.label + next.text);
		} else if (next.text.startsWith(before.text)) {
			write(next.text.slice(before.text.length));
		} else if (before.text.startsWith(next.text)) {
			write('\b \b'.repeat(displayWidth(before.text.slice(next.text.length))));
		} else {
			endLine();
			write(next.label + next.text);
		}
		open = next;
	};

	return {
		say(spoken) {
			typing = spoken.typing;
			if (isAway) missed.push(...spoken.lines);
			else sayNow(spoken.lines);
		},
		pause() {
			endLine();
			isAway = true;
		},
		resume() {
			isAway = false;
			sayNow(missed.splice(0));
		},
		end: endLine,
	};
}
