import type { Finding } from '../diagnosis/finding.ts';
import { confidenceWord, hostsWords, type Roster, sourceWords, whyWords } from './finding-words.ts';

const namelessHosts: Roster = { noun: 'host', nameOf: () => undefined };

/**
 * Findings as Markdown for a ticket, best first: a heading of `level` for each. Whatever stands in titles, logs and
 * commands stays text: it cannot make links, headings or HTML, nor end its block.
 */
export function findingsMarkdown(
	findings: readonly Finding[],
	roster: Roster = namelessHosts,
	level = 2,
): string {
	if (findings.length === 0) return 'Nothing has failed.';
	return findings.map((finding, index) => findingMarkdown(finding, index + 1, roster, level)).join('\n\n');
}

function findingMarkdown(finding: Finding, number: number, roster: Roster, level: number): string {
	const { cause, title, event = '', script = '', evidence, remedy, docs } = finding;
	const word = confidenceWord(finding);
	const where = [event, script].filter(each => each !== '').map(markdownCode);
	const about = [...where, markdownText(hostsWords(finding, roster))].join(' · ');
	const blocks = [
		`${'#'.repeat(level)} ${number}. ${markdownText(title)}${word === '' ? '' : ` (${word})`}`,
		`${about} · ${markdownCode(cause)}`,
		markdownText(whyWords(finding)),
		...evidence.map(said => `${markdownText(capital(sourceWords(said)))}:\n\n${markdownFence(said.text)}`),
		`**What to do**\n\n${remedy.steps.map((step, at) => `${at + 1}. ${markdownText(step)}`).join('\n')}`,
		...(remedy.commands.length === 0
			? []
			: [`**Commands**\n\n${markdownFence(remedy.commands.join('\n'), 'sh')}`]),
		`<${docs}>`,
	];
	return blocks.join('\n\n');
}

/** Text on one line in which nothing is markup. ASCII punctuation may be escaped (CommonMark 0.31, section 2.4). */
export const markdownText = (text: string): string =>
	text
		.replace(/\s+/g, ' ')
		.trim()
		.replace(/[\\`*[<|$]|~(?=~)|&(?=[#\w])|(?<![^\W_])_|_(?![^\W_])/g, '\\$&')
		// Headings, quotes and lists begin where a line does.
		.replace(/^(?:[#>+=-]|\d+(?=[.)]))/, start => (/\d/.test(start) ? `${start}\\` : `\\${start}`))
		// What is an address by its looks is made a link as well (GitHub: autolinks).
		.replace(/:(?=\/\/)/g, ':\\')
		.replace(/\bwww(?=\.)/gi, '$&\\');

/** Text on one line in a code span, whatever backticks are in it. */
export function markdownCode(text: string): string {
	const flat = text.replace(/\s+/g, ' ').trim();
	const ticks = '`'.repeat(longestRun(flat) + 1);
	const air = /^`|`$/.test(flat) ? ' ' : '';
	return `${ticks}${air}${flat}${air}${ticks}`;
}

/** Lines in a code block whose fence is longer than any run of backticks in them. */
export function markdownFence(text: string, language = 'text'): string {
	const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
	return `${fence}${language}\n${text}\n${fence}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const longestRun = (text: string): number => Math.max(0, ...(text.match(/`+/g) ?? []).map(run => run.length));
