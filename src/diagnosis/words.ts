/** How findings are worded. */

/** Cuts a text to `most` characters, the ellipsis included; never in the middle of a character. */
export function shorten(text: string, most: number): string {
	const line = text.replace(/\s+/g, ' ').trim();
	if (line.length <= most) return line;
	const kept = line.slice(0, most - 1);
	return `${/[\ud800-\udbff]$/.test(kept) ? kept.slice(0, -1) : kept}…`;
}

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
