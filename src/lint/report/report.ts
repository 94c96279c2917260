import path from 'node:path';
import { shellWord } from '../../lib/shell-word.ts';
import type { LintResult } from '../lint-bundle.ts';

/** Something that was mended. */
export type Fixed = { readonly file: string; readonly what: string };

/** All that is told of a bundle. */
export type LintReport = {
	/** As the user named it. */
	readonly location: string;
	readonly result: LintResult;
	readonly fixed: readonly Fixed[];
	/** What would run the bundle on a test host. */
	readonly localCommand: string | undefined;
};

/** Where a file of the bundle is for who stands outside of it: what lies in an archive has no place of its own. */
export function placeOutside({ location, result }: LintReport, file: string): string {
	if (result.kind === 'file') return location;
	return result.kind === 'folder' ? path.join(location, file) : file;
}

/** AWS: `codedeploy-local` runs a bundle on a host that has the agent, without AWS. */
export function localCommandFor(
	location: string,
	{ kind, platform, os, appSpec }: LintResult,
): string | undefined {
	if (platform !== 'server' || appSpec === undefined || kind === 'file') return undefined;
	const type = kind === 'folder' ? 'directory' : kind;
	const where = location.startsWith('s3://') ? location : path.resolve(location);
	const sudo = os === 'windows' ? '' : 'sudo ';
	return `${sudo}codedeploy-local --bundle-location ${shellWord(where)} --type ${type}`;
}
