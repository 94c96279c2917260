import type { Key } from 'ink';

/**
 * Ink hands a burst of keys (`jjj`, or Enter and `y`) over as one input. Keys are named one by one, so that each meets
 * the binding table in the state that the key before it has left.
 */
export function keyNames(input: string, key: Key): readonly string[] {
	const named = namedKey(key);
	if (named !== undefined) return [named];
	// Alt and a character arrive as escape and that character, which is also what a quick Esc before a key looks like.
	const prefix = key.meta ? ['esc'] : [];
	if (key.ctrl && input.length === 1) return [...prefix, input === ' ' ? 'ctrl-space' : `ctrl-${input}`];
	return [...prefix, ...[...input].map(characterName)];
}

function namedKey(key: Key): string | undefined {
	if (key.return) return 'enter';
	if (key.escape) return 'esc';
	if (key.tab) return key.shift ? 'shift-tab' : 'tab';
	if (key.backspace) return 'backspace';
	if (key.delete) return 'delete';
	if (key.upArrow) return 'up';
	if (key.downArrow) return 'down';
	if (key.leftArrow) return 'left';
	if (key.rightArrow) return 'right';
	if (key.pageUp) return 'pgup';
	if (key.pageDown) return 'pgdn';
	if (key.home) return 'home';
	if (key.end) return 'end';
	return undefined;
}

const controlNames: Readonly<Record<string, string>> = {
	'\r': 'enter',
	'\n': 'enter',
	'\t': 'tab',
	'\x1b': 'esc',
	'\b': 'backspace',
	'\x7f': 'backspace',
	' ': 'space',
};

function characterName(character: string): string {
	const named = controlNames[character];
	if (named !== undefined) return named;
	const code = character.codePointAt(0) ?? 0;
	return code < 0x20 ? `ctrl-${String.fromCodePoint(code + 0x60)}` : character;
}
