import { failureWord } from '../domain/failure-reason.ts';
import { currentEvent, failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { lookup } from '../lib/lookup.ts';
import type { Show } from '../monitor/ui-state.ts';

/** `web`, `status:failed`, `event:install`, `fleet:green`, each with `!` in front for its opposite; all must hold. */
export type TargetFilter = (target: TargetSnapshot) => boolean;

const fields: Readonly<Record<string, (target: TargetSnapshot) => string>> = {
	status: target => target.status,
	event: target => currentEvent(target)?.name ?? '',
	fleet: target => target.label ?? '',
	error: target => errorText(target),
	target: target => target.id,
};

/** The names of the fields, for help. */
export const filterFields: readonly string[] = Object.keys(fields);

/** Reads a filter as the user types it. Anything that is not `field:` of a known field is plain text. */
export function parseFilter(text: string): TargetFilter {
	const terms = text
		.toLowerCase()
		.split(/\s+/)
		.filter(term => term !== '' && term !== '!')
		.map(parseTerm);
	return target => terms.every(term => term(target));
}

function parseTerm(term: string): TargetFilter {
	if (term.startsWith('!')) {
		const opposite = parseTerm(term.slice(1));
		return target => !opposite(target);
	}
	const colon = term.indexOf(':');
	const field = colon > 0 ? lookup(fields, term.slice(0, colon)) : undefined;
	if (field) {
		const wanted = term.slice(colon + 1);
		return target => field(target).toLowerCase().includes(wanted);
	}
	return target => Object.values(fields).some(read => read(target).toLowerCase().includes(term));
}

function errorText(target: TargetSnapshot): string {
	const diagnostics = failedEvent(target)?.diagnostics;
	if (!diagnostics) return '';
	return `${failureWord(diagnostics)} ${diagnostics.errorCode ?? ''} ${diagnostics.scriptName} ${diagnostics.message}`;
}

const activeStatuses: ReadonlySet<string> = new Set(['Pending', 'InProgress', 'Ready', 'Unknown']);

/** What `f` cycles through. */
export const showFilters: Readonly<Record<Show, TargetFilter>> = {
	all: () => true,
	failed: target => target.status === 'Failed',
	active: target => activeStatuses.has(target.status),
};
