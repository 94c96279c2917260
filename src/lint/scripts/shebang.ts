/** The first line of a script. */
export type Shebang = {
	/** Without the way to it: `bash`. */
	readonly interpreter: string;
	/** As written, without options. */
	readonly path: string;
	readonly options: string;
	readonly endsInCarriageReturn: boolean;
};

/** Undefined for a script that does not begin with `#!`. */
export function readShebang(text: string): Shebang | undefined {
	const [, line] = /^#!([^\n]*)/.exec(text) ?? [];
	if (line === undefined) return undefined;
	const endsInCarriageReturn = line.endsWith('\r');
	const words = line.trim().split(/\s+/);
	const [path = ''] = words;
	const rest = words.slice(1);
	const nameOf = (word: string) => word.slice(word.lastIndexOf('/') + 1);
	const isEnv = nameOf(path) === 'env';
	const interpreter = isEnv
		? (rest.find(word => !word.startsWith('-') && !word.includes('=')) ?? '')
		: nameOf(path);
	const options = (isEnv ? rest.slice(rest.indexOf(interpreter) + 1) : rest).join(' ');
	return { interpreter: nameOf(interpreter), path, options, endsInCarriageReturn };
}

/** Shells whose scripts read like bash's. */
export const isBash = (interpreter: string): boolean => interpreter === 'bash';
export const isPosixShell = (interpreter: string): boolean => ['sh', 'dash', 'ash'].includes(interpreter);

/** On every Linux that the agent is made for, or put there for the application on purpose. */
const usual: ReadonlySet<string> = new Set(
	['sh', 'bash', 'dash', 'python3', 'perl', 'ruby', 'node', 'php', 'pwsh'].flatMap(name => [name]),
);

export const isUsual = (interpreter: string): boolean =>
	usual.has(interpreter) || /^python3\.\d+$/.test(interpreter);
