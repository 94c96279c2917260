import path from 'node:path';
import { transformSync } from 'esbuild';

/** A file of the project: its path from the root, with slashes, and its text. */
export type SourceFile = { readonly path: string; readonly text: string };

/**
 * The floors of the house, from the top down, and what each may import besides itself. A folder under src that is
 * not here does not belong there.
 */
export const floors: Readonly<Record<string, readonly string[]>> = {
	main: [
		'ui',
		'cli',
		'view',
		'actions',
		'monitor',
		'diagnosis',
		'lint',
		'gateway',
		'gateway/aws',
		'gateway/recording',
	].concat(['domain', 'simulator', 'lib']),
	ui: ['view', 'actions', 'monitor', 'gateway', 'domain', 'lib'],
	cli: ['view', 'actions', 'monitor', 'lint', 'gateway', 'domain', 'lib'],
	view: ['actions', 'monitor', 'diagnosis', 'gateway', 'domain', 'lib'],
	actions: ['monitor', 'gateway', 'domain', 'lib'],
	monitor: ['diagnosis', 'gateway', 'domain', 'lib'],
	diagnosis: ['domain', 'lib'],
	lint: ['domain', 'lib'],
	'gateway/aws': ['gateway', 'domain', 'lib'],
	'gateway/recording': ['gateway', 'domain', 'lib'],
	gateway: ['domain', 'lib'],
	domain: ['lib'],
	// Never domain or gateway: a mistake would stand on both sides of the wire, and the tests would agree with it.
	simulator: ['lib'],
	lib: [],
};

/** Packages that only some floors know. */
const packageHomes: readonly Home[] = [
	{ what: 'Ink and React', pattern: /^(ink|react)([-/]|$)/, floors: ['ui'] },
	{ what: 'the AWS SDK', pattern: /^@(aws-sdk|smithy)\//, floors: ['gateway/aws'] },
	{ what: 'timers', pattern: /^(node:)?timers(\/|$)/, floors: ['lib', 'monitor'] },
];

/** Things done in code that only some floors do. */
const codeHomes: readonly Home[] = [
	{
		what: "the machine's clock",
		pattern: /\bDate\.now\b|\bDate\(\)|\bperformance\.now\b/,
		floors: ['lib', 'monitor'],
	},
	{ what: 'chance', pattern: /\bMath\.random\b/, floors: ['lib', 'monitor'] },
	{ what: 'timers', pattern: /\bset(Timeout|Interval|Immediate)\b/, floors: ['lib', 'monitor'] },
	{ what: 'the end of the process', pattern: /\bprocess\.(exit|abort)\b/, floors: ['main'] },
	{ what: 'a default export', pattern: /\bexport default\b|\bas default\b/, floors: [] },
	{ what: 'an import nobody can check', pattern: /\bimport\((?!\s*")/, floors: [] },
];

type Home = { readonly what: string; readonly pattern: RegExp; readonly floors: readonly string[] };

const longestFile = 300;

/** What breaks the rules of the house in `file`, one sentence each. */
export function violations(file: SourceFile): string[] {
	return [...tooLong(file), ...(file.path.startsWith('src/') ? misplaced(file) : [])];
}

function tooLong({ path: name, text }: SourceFile): string[] {
	const lines = text.split('\n').length - 1;
	return lines > longestFile ? [`${name} has ${lines} lines, more than ${longestFile}`] : [];
}

function misplaced(file: SourceFile): string[] {
	const floor = floorOf(file.path);
	if (floor === undefined) return [`${file.path} is on no floor`];
	const strangers = importsOf(file.text).flatMap(specifier => strangerIn(file, floor, specifier));
	const code = codeOf(file);
	const habits = codeHomes
		.filter(home => !home.floors.includes(floor) && home.pattern.test(code))
		.map(home => `${file.path} has ${home.what}`);
	return [...strangers, ...habits];
}

function strangerIn(file: SourceFile, floor: string, specifier: string): string[] {
	if (!specifier.startsWith('.')) {
		const home = packageHomes.find(({ pattern }) => pattern.test(specifier));
		return home === undefined || home.floors.includes(floor) ? [] : [`${file.path} imports ${home.what}`];
	}
	const imported = path.posix.join(path.posix.dirname(file.path), specifier);
	const importedFloor = floorOf(imported);
	const isAllowed = importedFloor !== undefined && [floor, ...(floors[floor] ?? [])].includes(importedFloor);
	return isAllowed ? [] : [`${file.path} imports ${imported}`];
}

/** `src/gateway/aws/…` is the floor `gateway/aws`; folders of the other floors are theirs to arrange. */
function floorOf(file: string): string | undefined {
	const [top, first = '', second = ''] = file.split('/');
	if (top !== 'src') return undefined;
	if (file === 'src/main.ts') return 'main';
	const floor = first === 'gateway' && !second.includes('.') ? `${first}/${second}` : first;
	return floor !== 'main' && floor in floors && file.split('/').length > 2 ? floor : undefined;
}

/** Whatever is imported or re-exported: values, types, side effects, and what is imported while running. */
export function importsOf(text: string): string[] {
	const forms = [
		/^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]/gm,
		/^\s*import\s*['"]([^'"]+)['"]/gm,
		/\bimport\(\s*['"]([^'"]+)['"]/g,
	];
	return forms.flatMap(form => [...text.matchAll(form)].flatMap(match => match[1] ?? []));
}

/** The code without comments and types, with one spelling for equal things. */
function codeOf(file: SourceFile): string {
	return transformSync(file.text, { loader: file.path.endsWith('x') ? 'tsx' : 'ts', jsx: 'preserve' }).code;
}
