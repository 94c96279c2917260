/** How a key is written for people. */
const names: Readonly<Record<string, string>> = {
	enter: '↵',
	esc: 'esc',
	up: '↑',
	down: '↓',
	left: '←',
	right: '→',
	pgup: 'PgUp',
	pgdn: 'PgDn',
	home: 'Home',
	end: 'End',
	space: 'Space',
};

/** Where a sign says nothing: on paper, and to who listens. */
const words: Readonly<Record<string, string>> = {
	enter: 'Enter',
	esc: 'Esc',
	tab: 'Tab',
	backspace: 'Backspace',
	delete: 'Delete',
};

export const keyWord = (key: string): string | undefined => words[key];

export const keyName = (key: string): string => names[key] ?? key;
