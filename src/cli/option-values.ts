import { InvalidArgumentError } from 'commander';
import type { HostLog } from '../domain/shipped-log.ts';
import { sanitizeLine } from '../lib/sanitize.ts';
import type { LogGroups } from './command.ts';
import { isUrl } from './url.ts';

/** Readers of option values: each throws what commander turns into a message that names the option. */

export function readPort(text: string): number {
	const port = Number(text);
	if (/^\d+$/.test(text) && port <= 65_535) return port;
	throw new InvalidArgumentError('expected a port from 0 to 65535');
}

export function readSpeed(text: string): number {
	const speed = Number(text);
	if (text.trim() !== '' && speed > 0 && speed <= 1000) return speed;
	throw new InvalidArgumentError('expected a number above 0, at most 1000');
}

export function readUrl(text: string): string {
	if (isUrl(text)) return text;
	throw new InvalidArgumentError('expected a URL such as http://127.0.0.1:4566');
}

/** Regions come and go, so it is only the form that is checked: it becomes part of a host name. */
export function readRegion(text: string): string {
	if (/^[a-z0-9]+(-[a-z0-9]+)+$/.test(text)) return text;
	throw new InvalidArgumentError('expected a region such as eu-west-1');
}

export function readLabel(text: string): string {
	if (text !== '') return text;
	throw new InvalidArgumentError('expected the label of a context in the configuration file');
}

/** AWS's names of applications, groups and configurations have nothing in them that cannot be seen. */
export function readName(text: string): string {
	if (text.trim() !== '' && isShown(text)) return text;
	throw new InvalidArgumentError('expected a name, and nothing in it that cannot be seen');
}

/** Whether all of it is seen as it is. */
const isShown = (text: string): boolean => sanitizeLine(text) === text;

export function readPath(text: string): string {
	if (text !== '') return text;
	throw new InvalidArgumentError('expected the name of a file');
}

export function readProfile(text: string): string {
	if (text.trim() !== '') return text;
	throw new InvalidArgumentError('expected the name of a profile');
}

/** One or several, with commas between them; given once or several times. */
export const collectWith =
	(read: (text: string) => string) =>
	(text: string, before: readonly string[] | undefined): readonly string[] => [
		...(before ?? []),
		...text.split(',').map(each => read(each.trim())),
	];

/** Given once or several times. */
export function collectGlobs(text: string, before: readonly string[] | undefined): readonly string[] {
	// What it is compared with has been sanitised too.
	return [...(before ?? []), sanitizeLine(text)];
}

const hostLogs: readonly HostLog[] = ['scripts', 'agent', 'deployments'];

/** `<log>=<group>`, given once or several times. AWS: a log group's name is up to 512 of `A-Za-z0-9_-/.#`. */
export function collectLogGroups(text: string, before: LogGroups | undefined): LogGroups {
	const at = text.indexOf('=');
	const log = hostLogs.find(each => each === text.slice(0, at));
	const group = text.slice(at + 1);
	if (at < 0 || log === undefined || !/^[\w\-/.#]{1,512}$/.test(group)) {
		throw new InvalidArgumentError(
			`expected ${hostLogs.join(', ')}, an equals sign and a log group, such as agent=/fleet/codedeploy-agent`,
		);
	}
	return { ...before, [log]: [...(before?.[log] ?? []), group] };
}
