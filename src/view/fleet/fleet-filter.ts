import { lookup } from '../../lib/lookup.ts';
import type { FleetRow } from './fleet-rows.ts';
import { isActive, isInTrouble } from './row-facts.ts';

/**
 * `checkout`, `status:ready`, `context:prod`, `is:failing`, each with `!` in front for its opposite; all must hold.
 */
export type FleetFilter = (row: FleetRow) => boolean;

type Field = (row: FleetRow) => string;

/** Where a word without a field is looked for. */
const wordFields: Readonly<Record<string, Field>> = {
	app: ({ deployment }) => deployment.application ?? '',
	group: ({ deployment }) => deployment.group ?? '',
	id: ({ key }) => key.deploymentId,
	by: ({ deployment }) => deployment.creator ?? '',
	context: ({ key }) => key.context,
};

const fields: Readonly<Record<string, Field>> = {
	...wordFields,
	status: ({ deployment }) => deployment.status,
	region: ({ context }) => context.session.region,
	profile: ({ context }) => context.session.profile ?? '',
};

/** What a row can be, after `is:`; any beginning of such a word does. */
const qualities: Readonly<Record<string, FleetFilter>> = {
	failing: ({ facts }) => isInTrouble(facts.state),
	waiting: ({ facts }) => facts.state === 'waiting',
	rolling: ({ facts }) => facts.state === 'rolling',
	active: ({ facts }) => isActive(facts.state),
	ended: ({ facts }) => !isActive(facts.state),
	alarm: ({ facts }) => facts.alarms.firing.length > 0,
	rollback: ({ deployment }) => deployment.rollback?.triggeringDeploymentId !== undefined,
};

/** The names of the fields and qualities, for help. */
export const fleetFilterFields: readonly string[] = Object.keys(fields);
export const fleetFilterQualities: readonly string[] = Object.keys(qualities);

/** Reads a filter as the user types it. Anything that is not `field:` of a known field is plain text. */
export function parseFleetFilter(text: string): FleetFilter {
	const terms = text
		.toLowerCase()
		.split(/\s+/)
		.filter(term => term !== '' && term !== '!')
		.map(parseTerm);
	return row => terms.every(term => term(row));
}

function parseTerm(term: string): FleetFilter {
	if (term.startsWith('!')) {
		const opposite = parseTerm(term.slice(1));
		return row => !opposite(row);
	}
	const colon = term.indexOf(':');
	const name = colon > 0 ? term.slice(0, colon) : '';
	const wanted = term.slice(colon + 1);
	if (name === 'is') return qualityNamed(wanted);
	const field = lookup(fields, name);
	if (field) return row => field(row).toLowerCase().includes(wanted);
	const places = Object.values(wordFields);
	return row => places.some(read => read(row).toLowerCase().includes(term));
}

/** While a word is being typed its beginning counts for it. */
function qualityNamed(wanted: string): FleetFilter {
	const meant = Object.entries(qualities).filter(([name]) => name.startsWith(wanted));
	return row => meant.some(([, holds]) => holds(row));
}
