/** What a terminal sends for a key. Escape goes as a kitty sequence: a lone ESC byte is held back for 20 ms. */
const sequences: Readonly<Record<string, string>> = {
	Enter: '\r',
	Esc: '\x1b[27u',
	Tab: '\t',
	'shift-tab': '\x1b[Z',
	Space: ' ',
	Backspace: '\x7f',
	Up: '\x1b[A',
	Down: '\x1b[B',
	Right: '\x1b[C',
	Left: '\x1b[D',
	PgUp: '\x1b[5~',
	PgDn: '\x1b[6~',
	Home: '\x1b[H',
	End: '\x1b[F',
};

/** The bytes of a key by its name: `j`, `Enter`, `ctrl-u`. */
export function keySequence(name: string): string {
	const control = /^ctrl-([a-z])$/.exec(name)?.[1];
	if (control !== undefined) return String.fromCharCode(control.charCodeAt(0) - 96);
	return sequences[name] ?? name;
}
