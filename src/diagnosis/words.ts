import { clip } from '../lib/cut-text.ts';

/** How findings are worded. */

/** Cuts a text to `most` characters of one line, the ellipsis included: whatever space is in it is one blank. */
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
