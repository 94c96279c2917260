import { truncateEnd } from '../lib/width.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** What has to be agreed to before AWS is changed. */
export type Question = {
	/** `Change prod-blue`: what an answer agrees to, without an end. */
	readonly what: string;
	/** The name to be typed in full; unset where `y` is enough. */
	readonly token?: string;
	/** `--yes`: agreed to beforehand. */
	readonly yes: boolean;
	/** `--confirm`: the name, typed beforehand. */
	readonly confirm?: string;
};

/**
 * Whether it may be done: `y` on the terminal, of what is protected its name in full; everything else, Enter too, is no.
 * Where nobody can be asked it takes `--yes`, and of what is protected `--confirm` with its name, too. Throws UsageError
 * when that was not given, or is another name.
 */
export async function askOnTerminal({ what, token, yes, confirm }: Question, io: Io): Promise<boolean> {
	if (token !== undefined && confirm !== undefined && confirm !== token) {
		const given = truncateEnd(confirm, 60);
		throw new UsageError(`--confirm ${given}: expected ${token}, the name of what is to be changed`);
	}
	const isAgreed = yes && (token === undefined || confirm === token);
	if (isAgreed) return true;
	if (!io.isInteractive || io.ask === undefined) throw new UsageError(needs(token));
	if (token === undefined) {
		const answer = await io.ask(`${what}? y to do it, Enter cancels: `);
		return answer?.trim().toLowerCase() === 'y';
	}
	return (await io.ask(`${token} is protected. Type its name to confirm, Enter cancels: `))?.trim() === token;
}

const needs = (token: string | undefined): string =>
	token === undefined
		? 'nobody can be asked without a terminal: expected --yes to do it, or --dry-run to see it'
		: `${token} is protected, and nobody can be asked without a terminal: expected --yes and --confirm ${token}`;
