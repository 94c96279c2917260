import type { Session } from '../monitor/state.ts';
import { isGroupProtected } from '../view/protection.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** What was said on the command line in the place of an answer. */
export type Consent = {
	/** Asks nothing. */
	readonly yes: boolean;
	/** The name of the group. */
	readonly confirm?: string;
};

/** What there is to confirm. */
export type Question = {
	readonly session: Session;
	readonly group: string;
	/** The button: `Roll back by hand`. */
	readonly title: string;
};

/** Throws UsageError, before anything is asked of AWS, where nobody could be asked later and nothing was said. */
export function requireConsent({ yes }: Consent, { ask }: Pick<Io, 'ask'>): void {
	if (yes || ask !== undefined) return;
	throw new UsageError(
		'there is no terminal to ask on: expected --yes, which asks nothing, or --dry-run, which sends nothing',
	);
}

/**
 * Whether the user wants it: by `y`, or for a protected group by its name in full. What the command line says counts as an
 * answer; of a protected group only its name does. Throws UsageError where that is missing or wrong.
 */
export async function confirm(
	{ session, group, title }: Question,
	consent: Consent,
	io: Pick<Io, 'ask'>,
): Promise<boolean> {
	if (consent.confirm !== undefined && consent.confirm !== group) {
		throw new UsageError(`--confirm: expected ${group}, the name of the group, not “${consent.confirm}”`);
	}
	const isProtected = isGroupProtected(session, group);
	if (isProtected ? consent.confirm !== undefined && consent.yes : consent.yes) return true;
	if (isProtected && consent.yes && io.ask === undefined) {
		throw new UsageError(`group ${group} is protected: expected --confirm ${group} beside --yes`);
	}
	requireConsent({ yes: false }, io);
	if (isProtected) {
		const typed = await io.ask?.(`${group} is protected. Type its name to confirm, Enter cancels: `);
		return typed?.trim() === group;
	}
	const answer = await io.ask?.(`${title}? y confirms, Enter cancels: `);
	return answer?.trim().toLowerCase() === 'y';
}
