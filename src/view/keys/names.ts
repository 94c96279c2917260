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

export const keyName = (key: string): string => names[key] ?? key;
