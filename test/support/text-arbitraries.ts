import fc from 'fast-check';

/** What a terminal would obey, and what readers would be fooled by: the building blocks of hostile text. */
export const hostileFragments: readonly string[] = [
	'\x1b[2J\x1b[H', // clears the screen
	'\x1b[31;1m', // changes the style
	'\x1b[', // begins a sequence and never ends it
	'\x1b',
	'\x1b[12345m',
	'\x1b[;m',
	'\x1b]0;title\x07', // sets the title
	'\x1b]52;c;cm0gLXJmIC8=\x1b\\', // writes the clipboard
	'\x1b]8;;https://example.com\x1b\\link\x1b]8;;\x1b\\', // a link
	'\x1b]8;;never ends',
	'\x1bP+q544e\x1b\\', // asks the terminal to type something
	'\x1bX\x1b^\x1b_',
	'\x1bc', // resets the terminal
	'\x1b(0', // switches the character set
	'\x9b31m\x9d0;title\x9c\x90\x98\x9e\x9f', // the same with single controls
	'\x00\x07\x08\x0b\x0c\x0e\x0f\x1a\x7f\x84\x85',
	'\r',
	'\r\n',
	'\n',
	'\t',
	'\u202e\u202a\u202b\u202d\u202c', // turns the reading direction around
	'\u2066\u2067\u2068\u2069\u200e\u200f\u061c',
	'\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u180e\ufe0f\u{e0041}\u{e0100}', // joins, hides, varies
	'\u2028\u2029',
	'\ufff9\ufffa\ufffb',
	'e\u0301\u0301\u0301\u0301\u0301\u0301\u0301', // a tower of accents
	'\ud800',
	'\udc00',
	'👩‍👩‍👧‍👦',
	'🇩🇪🇫🇷🇮',
	'1\ufe0f\u20e3#\u20e3',
	'✔\ufe0f',
	'🚀',
	'👋🏽', // two that take other room together
	'古池や',
	'\u1100\u1161\u11a8\u1100\u1100', // syllables in parts
	'ｶﾞ',
	'ห์คำ',
	'\u0915\u094d\u0937\u093f',
	'\u0600123',
	'━━━━━━━━━✗╌╌╌╌',
	'████▓▓░░ ⣿⡇',
	'… · ● ▸ ✓ ✗ ▲ ≈ × → ↓',
	'ordinary words, and 42 numbers',
	'     ',
];

/** Text that nobody should have to trust: fragments above among arbitrary characters of all kinds. */
export const hostileText = fc
	.array(
		fc.oneof(
			{ weight: 3, arbitrary: fc.constantFrom(...hostileFragments) },
			{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 8 }) },
			{ weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
			{ weight: 1, arbitrary: fc.string({ unit: 'grapheme-ascii', maxLength: 12 }) },
		),
		{ maxLength: 12 },
	)
	.map(parts => parts.join(''));

/** How long properties are tried for. The seed is fixed: a change must not fail for what another has broken. */
export const thoroughly = { seed: 20_260_101, numRuns: 1000 };
