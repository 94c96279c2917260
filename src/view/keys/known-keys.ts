import { displayWidth } from '../../lib/width.ts';

/** Keys that have a name; all others are the character that they type. */
export const namedKeys: readonly string[] = [
	...['enter', 'esc', 'tab', 'shift-tab', 'space', 'backspace', 'delete', 'up', 'down', 'left', 'right'],
	...['pgup', 'pgdn', 'home', 'end', 'ctrl-space'],
	...Array.from('abcdefgklnopqrstuvwxyz', letter => `ctrl-${letter}`),
];

/** What a terminal sends for these is what it sends for another key. */
const otherKeys: Readonly<Record<string, string>> = {
	'ctrl-h': 'is backspace to a terminal: expected backspace',
	'ctrl-i': 'is Tab to a terminal: expected tab',
	'ctrl-j': 'is Enter to a terminal: expected enter',
	'ctrl-m': 'is Enter to a terminal: expected enter',
	' ': 'is a blank: expected space',
};

export const keyExpected =
	'a character, or one of enter, esc, tab, shift-tab, space, up, pgdn, home, ctrl-a …';

/** What is wrong with the name of a key, for a sentence that begins with it; undefined for a good one. */
export function keyFault(key: string): string | undefined {
	const other = Object.hasOwn(otherKeys, key) ? otherKeys[key] : undefined;
	if (other !== undefined) return other;
	return namedKeys.includes(key) || typesText(key) ? undefined : `is no key: expected ${keyExpected}`;
}

/** Whether the key is text where text is typed. */
export const typesText = (key: string): boolean =>
	key === 'space' || ([...key].length === 1 && /[^\p{C}\p{Z}\p{M}]/u.test(key) && displayWidth(key) > 0);
