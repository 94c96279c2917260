import { startOfText } from '../lib/cut-text.ts';

/** How findings are worded. */

/** Cuts a text to `most` characters, the ellipsis included; never in the middle of a character. */
export function clip(text: string, most: number): string {
	if (text.length <= most) return text;
	return `${startOfText(text, most - 1)}…`;
}

/** The same on one line: whatever space is in the text is one blank. */
export const shorten = (text: string, most: number): string => clip(text.replace(/\s+/g, ' ').trim(), most);

/** `1 host`, `4 hosts`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** The last part of a path on either kind of host: `scripts/start.sh` → `start.sh`. */
export const baseName = (path: string): string => path.split(/[/\\]/).findLast(part => part !== '') ?? path;

/** What a finding calls the script; the event's script where it has no name. */
export const scriptName = (script: string): string => (script === '' ? 'the script' : baseName(script));

/** `Start` for `start`: at the beginning of a sentence. Names of files keep their case. */
export const sentence = (text: string): string =>
	text.startsWith('the ') ? `${text.charAt(0).toUpperCase()}${text.slice(1)}` : text;

/** A path without where the bundle was unpacked: that differs from host to host. */
export const withoutArchive = (text: string): string =>
	text.replace(/(?:\/opt\/codedeploy-agent|[A-Z]:[\\/]\S*?CodeDeploy)\S*?[\\/]deployment-archive[\\/]/g, '');
