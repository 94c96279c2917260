import { type Finding, finding, type Place, quoted } from '../finding.ts';
import { isBash, isPosixShell, isUsual, readShebang, type Shebang } from './shebang.ts';
import { type ShellFacts, shellFacts } from './shell.ts';

/** A script of the bundle that a hook runs on Linux. */
export type Script = {
	readonly file: string;
	readonly bytes: Uint8Array;
	/** Permission bits; undefined where nobody knows. */
	readonly mode?: number | undefined;
	/** Whether {@link bytes} are all of it. */
	readonly isWhole: boolean;
};

/** Beyond them nobody waits for a parser. */
const parseLimit = 1024 * 1024;

export function lintScript({ file, bytes, mode, isWhole }: Script): readonly Finding[] {
	const findings: Finding[] = [];
	if (mode !== undefined && (mode & 0o111) === 0) {
		findings.push(
			finding('script-not-executable', { file }, `its mode is 0${mode.toString(8).padStart(3, '0')}`),
		);
	}
	if (isProgram(bytes)) return findings;
	const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
	const hasBom = decoded.startsWith('\ufeff');
	const text = hasBom ? decoded.slice(1) : decoded;
	if (text.trim() === '') return [...findings, finding('script-empty', { file }, 'the script is empty')];
	if (hasBom)
		findings.push(finding('script-bom', { file, line: 1, column: 1 }, 'it begins with a byte order mark'));
	const shebang = readShebang(text);
	if (shebang) findings.push(...lintInterpreter(file, shebang));
	findings.push(...lintLineEnds(file, text, shebang));
	// Behind a byte order mark nobody sees it.
	const effective = hasBom ? undefined : shebang;
	if (effective && !isBash(effective.interpreter) && !isPosixShell(effective.interpreter)) return findings;
	const shell: ShellScript = { file, text, shebang: effective, isBare: !shebang };
	if (!isWhole || text.length > parseLimit) return findings;
	return [...findings, ...lintShell(shell)];
}

/** Compiled: begins like an executable file, or has zero bytes, which no text has. */
const isProgram = (bytes: Uint8Array): boolean =>
	(bytes[0] === 0x7f && bytes[1] === 0x45) || bytes.subarray(0, 4096).includes(0);

function lintInterpreter(file: string, { path, interpreter }: Shebang): readonly Finding[] {
	const place = { file, line: 1, column: 3 };
	if (!path.startsWith('/')) {
		return [finding('script-interpreter-relative', place, `the interpreter is ${quoted(path)}`)];
	}
	return isUsual(interpreter)
		? []
		: [finding('script-interpreter', place, `the interpreter is ${quoted(interpreter)}`)];
}

function lintLineEnds(file: string, text: string, shebang: Shebang | undefined): readonly Finding[] {
	const ends = text.match(/\r\n/g)?.length ?? 0;
	if (ends === 0) return [];
	const line = text.slice(0, text.indexOf('\r\n')).split('\n').length;
	const what = `${ends} ${ends === 1 ? 'line ends' : 'lines end'} in CR LF`;
	const rule = shebang?.endsInCarriageReturn ? 'script-crlf-shebang' : 'script-crlf';
	return [finding(rule, { file, line }, what)];
}

type ShellScript = {
	readonly file: string;
	readonly text: string;
	/** As the kernel sees it. */
	readonly shebang: Shebang | undefined;
	/** Whether there is none at all. */
	readonly isBare: boolean;
};

function lintShell({ file, text, shebang, isBare }: ShellScript): readonly Finding[] {
	const facts = shellFacts(text);
	if (!facts) return [];
	const place = placeIn(file, text);
	const findings: Finding[] = [];
	if (facts.syntaxError) {
		const { offset, message } = facts.syntaxError;
		const cause = text.includes('\r\n') ? ', because its lines end in CR LF' : '';
		findings.push(finding('script-syntax', place(offset), `the shell cannot read it: ${message}${cause}`));
	}
	findings.push(...lintDialect(facts, shebang, place, isBare && { file, line: 1, column: 1 }));
	if (!facts.hasErrexit && facts.commands > 1 && !/(?:^|\s)-[a-z]*e/.test(shebang?.options ?? '')) {
		findings.push(
			finding('script-no-errexit', { file, line: 1 }, 'nothing makes it stop at a command that fails'),
		);
	}
	for (const { offset, open } of facts.openBackgrounds) {
		const outputs = open === 'both' ? 'stdout and stderr' : open;
		const what = `a command goes to the background with ${outputs} still open`;
		findings.push(finding('script-background-output', place(offset), what));
	}
	return findings;
}

/** What bash alone understands, where something else may run it. */
function lintDialect(
	{ bashisms }: ShellFacts,
	shebang: Shebang | undefined,
	place: (offset: number) => Place,
	bare: Place | false,
): readonly Finding[] {
	const [first] = [...bashisms].sort((a, b) => a.offset - b.offset);
	if (shebang && isBash(shebang.interpreter)) return [];
	if (!first) return bare ? [finding('script-no-shebang', bare, 'it does not begin with #!')] : [];
	const rule = shebang ? 'script-bash-under-sh' : 'script-bash-without-shebang';
	const others = bashisms.length > 1 ? `, and ${bashisms.length - 1} more of bash’s own` : '';
	return [finding(rule, place(first.offset), `it has ${first.name}${others}`)];
}

function placeIn(file: string, text: string): (offset: number) => Place {
	return offset => {
		const before = text.slice(0, offset);
		const start = before.lastIndexOf('\n') + 1;
		return { file, line: before.split('\n').length, column: offset - start + 1 };
	};
}
