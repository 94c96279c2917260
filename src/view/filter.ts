import { failureWord } from '../domain/failure-reason.ts';
import type { HostFacts } from '../domain/host.ts';
import type { Lag } from '../domain/laggard.ts';
import { currentEvent, failedEvent, type TargetSnapshot } from '../domain/target.ts';
import { lookup } from '../lib/lookup.ts';
import type { Show } from '../monitor/ui-state.ts';
import { hostName, hostTags, hostZone } from './host-words.ts';

/**
 * `web`, `status:failed`, `event:install`, `fleet:green`, `zone:1a`, each with `!` in front for its opposite; all must
 * hold. `host` is what is known of the host behind the target, `lag` how far it lags behind, if it does: `is:slow`, `is:unclaimed`.
 */
export type TargetFilter = (target: TargetSnapshot, host?: HostFacts, lag?: Lag) => boolean;

type Field = (target: TargetSnapshot, host: HostFacts | undefined, lag: Lag | undefined) => string;

/** Where a word without a field is looked for. */
const wordFields: Readonly<Record<string, Field>> = {
	status: target => target.status,
	event: target => currentEvent(target)?.name ?? '',
	fleet: target => target.label ?? '',
	error: target => errorText(target),
	is: (_target, _host, lag) => (lag ? `slow ${lag.kind}` : ''),
	target: target => target.id,
	// On-premises instances go by the name that is their target's id.
	name: (target, host) => (host?.kind === 'on-premises' ? target.id : hostName(host)),
};

const fields: Readonly<Record<string, Field>> = {
	...wordFields,
	zone: (_, host) => hostZone(host),
	type: (_, host) => (host?.kind === 'ec2' ? (host.instance.type ?? '') : ''),
	ami: (_, host) => (host?.kind === 'ec2' ? (host.instance.imageId ?? '') : ''),
	tag: (_, host) =>
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
	return (target, host, lag) => terms.every(term => term(target, host, lag));
}

function parseTerm(term: string): TargetFilter {
	if (term.startsWith('!')) {
		const opposite = parseTerm(term.slice(1));
		return (target, host, lag) => !opposite(target, host, lag);
	}
	const colon = term.indexOf(':');
	const field = colon > 0 ? lookup(fields, term.slice(0, colon)) : undefined;
	if (field) {
		const wanted = term.slice(colon + 1);
		return (target, host, lag) => field(target, host, lag).toLowerCase().includes(wanted);
	}
	const places = Object.values(wordFields);
	return (target, host, lag) => places.some(read => read(target, host, lag).toLowerCase().includes(term));
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
