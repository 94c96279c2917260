import { failureWord } from '../domain/failure-reason.ts';
import type { HostFacts } from '../domain/host.ts';
import type { HostRevision } from '../domain/host-revision.ts';
import type { Lag } from '../domain/laggard.ts';
import { failedEvent, namedEvent, type TargetSnapshot } from '../domain/target.ts';
import { lookup } from '../lib/lookup.ts';
import type { Show } from '../monitor/ui-state.ts';
import { revisionText } from './host-revision.ts';
import { hostName, hostTags, hostZone } from './host-words.ts';

/**
 * `web`, `status:failed`, `event:install`, `fleet:green`, `zone:1a`, `is:slow`, `revision:old`, each with `!` in front for
 * its opposite; all must hold.
 */
export type TargetFilter = (target: TargetSnapshot, about?: About) => boolean;

/** What is known beside the target itself: its host, how far it lags behind, and which revision it has. */
export type About = {
	readonly host?: HostFacts | undefined;
	readonly lag?: Lag | undefined;
	readonly revision?: HostRevision | undefined;
};

type Field = (target: TargetSnapshot, about: About) => string;

/** Where a word without a field is looked for. */
const wordFields: Readonly<Record<string, Field>> = {
	status: target => target.status,
	event: target => namedEvent(target)?.name ?? '',
	fleet: target => target.label ?? '',
	error: target => errorText(target),
	is: (_, { lag }) => (lag ? `slow ${lag.kind}` : ''),
	target: target => target.id,
	// On-premises instances go by the name that is their target's id.
	name: (target, { host }) => (host?.kind === 'on-premises' ? target.id : hostName(host)),
};

const fields: Readonly<Record<string, Field>> = {
	...wordFields,
	revision: (_, { revision }) => revisionText(revision),
	zone: (_, { host }) => hostZone(host),
	type: (_, { host }) => (host?.kind === 'ec2' ? (host.instance.type ?? '') : ''),
	ami: (_, { host }) => (host?.kind === 'ec2' ? (host.instance.imageId ?? '') : ''),
	tag: (_, { host }) =>
		hostTags(host)
			.map(({ key, value }) => `${key}=${value}`)
			.join('\n'),
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
	return (target, about) => terms.every(term => term(target, about));
}

function parseTerm(term: string): TargetFilter {
	if (term.startsWith('!')) {
		const opposite = parseTerm(term.slice(1));
		return (target, about) => !opposite(target, about);
	}
	const colon = term.indexOf(':');
	const field = colon > 0 ? lookup(fields, term.slice(0, colon)) : undefined;
	if (field) {
		const wanted = term.slice(colon + 1);
		return (target, about = {}) => field(target, about).toLowerCase().includes(wanted);
	}
	const places = Object.values(wordFields);
	return (target, about = {}) => places.some(read => read(target, about).toLowerCase().includes(term));
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
