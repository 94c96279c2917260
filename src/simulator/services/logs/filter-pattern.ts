import { invalidParameter } from './limits.ts';

/**
 * Reads a filter pattern of plain terms: all of them must be in the message, those with a minus must not, and of those
 * with a question mark one is enough. A term in quotes may hold anything.
 */
export function readPattern(pattern: string): (message: string) => boolean {
	if (/^\s*[{[%]/.test(pattern)) throw invalidParameter('Only patterns of plain terms are understood here');
	const terms = [...pattern.matchAll(/([-?]?)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(
		([, sign = '', quoted, bare]) => ({
			sign,
			text: quoted?.replaceAll(/\\(.)/g, '$1') ?? plain(bare ?? ''),
		}),
	);
	const having = (sign: string) => terms.filter(term => term.sign === sign).map(({ text }) => text);
	const [required = [], refused = [], optional = []] = ['', '-', '?'].map(having);
	return message =>
		required.every(text => message.includes(text)) &&
		!refused.some(text => message.includes(text)) &&
		(optional.length === 0 || optional.some(text => message.includes(text)));
}

/** A term that holds anything but letters, digits and underscores has to be quoted. */
function plain(term: string): string {
	if (/^\w+$/.test(term)) return term;
	throw invalidParameter('Invalid filter pattern');
}
