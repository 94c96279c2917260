import { shellWord } from '../lib/shell-word.ts';

/** Words of a command line, safe to paste into a POSIX shell whatever they contain. */

export type Options = Readonly<Record<string, string | true | readonly string[] | undefined>>;

/** `--name value` for each option; `true` stands for a switch, an undefined one is left out. */
export function optionWords(options: Options): readonly string[] {
	return Object.entries(options).flatMap(([name, value]) => {
		if (value === undefined) return [];
		if (value === true) return [`--${name}`];
		const values = typeof value === 'string' ? [value] : value;
		return [`--${name}`, ...values.map(shellWord)];
	});
}

/** A remark after a command. Whatever could end the line or be run is taken out. */
export const remark = (text: string): string => `  # ${text.replace(/[^\w.:,@/ -]/g, '?')}`;
