/** What a table holds under a name that comes from outside: `constructor` is not in it, whatever JavaScript says. */
export const lookup = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
	Object.hasOwn(table, name) ? table[name] : undefined;
