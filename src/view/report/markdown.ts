import { redact } from '../../lib/redact.ts';
import { sanitizeLine, sanitizeText } from '../../lib/sanitize.ts';

/**
 * Markdown (CommonMark with GitHub's tables) whose untrusted text cannot become markup: it stands in code spans and fences
 * only, in which nothing is special, and these are longer than any run of backticks in it. Secrets are taken out before.
 */

/** Text as a code span; nothing for no text. Longer text than `limit` characters is cut. */
export function code(text: string, limit = 400): string {
	const line = cut(sanitizeLine(redact(text)).trim(), limit);
	if (line === '') return '';
	const fence = '`'.repeat(longestRun(line) + 1);
	// One space on either side is taken away again by who renders it.
	const air = /^`|`$/.test(line) ? ' ' : '';
	return `${fence}${air}${line}${air}${fence}`;
}

/** An address of this program's own making as a link; nothing where something has slipped in. */
export const link = (url: string): string => (/^https:\/\/[\w./#?=&%:-]+$/.test(url) ? `<${url}>` : '');

/** Sentences of this program with words of somebody else in them: each word that could be markup is a code span. */
export function prose(text: string): string {
	return sanitizeLine(redact(text))
		.split(/\s+/)
		.filter(word => word !== '')
		.map((word, index) => (isSpecial(word, index === 0) ? codeWord(word) : word))
		.join(' ');
}

/** Several lines as a fenced block. Lines beyond `limit` are counted, and long ones cut. */
export function fenced(text: string, limit = 60): string {
	const lines = sanitizeText(redact(text)).split('\n');
	const shown = lines.slice(0, limit).map(line => cut(line, 1000));
	const hidden = lines.length - shown.length;
	const content = [...shown, ...(hidden > 0 ? [`… and ${hidden} more lines`] : [])].join('\n');
	const fence = '`'.repeat(Math.max(3, longestRun(content) + 1));
	return `${fence}text\n${content}\n${fence}`;
}

/** Cells are Markdown already. */
export function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
	const line = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`;
	return [line(heads), line(heads.map(() => '---')), ...rows.map(line)].join('\n');
}

/** A bar ends a cell, in a code span too, unless a backslash stands before it; two of those would undo each other. */
const cell = (markdown: string): string => markdown.replace(/\\+(?=\|)/g, '$& ').replaceAll('|', '\\|');

/** `- **label:** value`; a fact without a value is left out. */
export const facts = (all: readonly (readonly [label: string, value: string | undefined])[]): string =>
	all
		.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [`- **${label}:** ${value}`]))
		.join('\n');

/** The first of many, and how many more there are. */
export function some<T>(
	all: readonly T[],
	limit: number,
): { readonly shown: readonly T[]; readonly more: string } {
	const shown = all.slice(0, limit);
	return { shown, more: all.length > limit ? `\n\n… and ${all.length - limit} more` : '' };
}

function cut(text: string, limit: number): string {
	if (text.length <= limit) return text;
	// Not in the middle of a character.
	return `${text
		.slice(0, limit)
		.toWellFormed()
		.replace(/\ufffd$/, '')}…`;
}

const longestRun = (text: string): number =>
	(text.match(/`+/g) ?? []).reduce((longest, run) => Math.max(longest, run.length), 0);

/** Anything that Markdown, HTML, or GitHub's links to people, issues and addresses are made of. */
function isSpecial(word: string, isFirst: boolean): boolean {
	if (/[\\`*_<>[\]|~&@#$^]|:\/\/|!\[|^www\.|:\w+:|^(?:mailto|xmpp):/i.test(word)) return true;
	return isFirst && /^(?:[-+=]|\d+[.)])/.test(word);
}

/** Brackets and the end of a sentence stay outside. */
function codeWord(word: string): string {
	const {
		before = '',
		inner = word,
		after = '',
	} = /^(?<before>[("“]?)(?<inner>.+?)(?<after>[.,;:)"”]*)$/.exec(word)?.groups ?? {};
	return before + code(inner) + after;
}
