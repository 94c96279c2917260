/** The statements of an IAM policy (AWS: JSON policy language), and what they speak of. */

/** What is asked: one action on one resource. */
export type AccessRequest = { readonly action: string; readonly resource: string };

/** One policy: its name for the reason, its JSON, which may be missing. */
export type PolicyText = { readonly name: string; readonly document?: string | undefined };

/** Whether a statement speaks of a request; `maybe` when that hangs on a condition or on what cannot be read. */
export type Match = 'yes' | 'maybe' | 'no';

type Fields = Readonly<Record<string, unknown>>;
export type Statement = { readonly effect: 'Allow' | 'Deny'; readonly fields: Fields };

/** Undefined stands for a statement, or a whole policy, that cannot be understood. */
export function statementsOf({ document }: PolicyText): readonly (Statement | undefined)[] {
	const policy = parse(document);
	if (policy === undefined) return [undefined];
	const { Statement } = policy;
	const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
	return statements.map(statement => {
		if (!isFields(statement)) return undefined;
		const effect = statement.Effect;
		return effect === 'Allow' || effect === 'Deny' ? { effect, fields: statement } : undefined;
	});
}

function parse(document: string | undefined): Fields | undefined {
	try {
		const value: unknown = JSON.parse(document ?? '');
		return isFields(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

const isFields = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a statement speaks of a request. */
export function matches({ fields }: Statement, { action, resource }: AccessRequest): Match {
	return weakest(
		matchesActions(fields, action),
		matchesEither(fields, 'Resource', pattern => matchesResource(pattern, resource)),
		hasCondition(fields) ? 'maybe' : 'yes',
	);
}

/** AWS: action names are the same in capitals and small letters. */
export const matchesActions = (fields: Fields, action: string): Match =>
	matchesEither(fields, 'Action', pattern =>
		matchesGlob(pattern.toLowerCase(), action.toLowerCase()) ? 'yes' : 'no',
	);

/** `Action` or `NotAction`, `Resource` or `NotResource`: one text or a list of them. */
function matchesEither(
	fields: Fields,
	name: 'Action' | 'Resource',
	matchesOne: (pattern: string) => Match,
): Match {
	const positive = texts(fields[name]);
	if (positive !== undefined) return strongest(...positive.map(matchesOne));
	const negative = texts(fields[`Not${name}`]);
	if (negative === undefined) return 'maybe';
	const excluded = strongest(...negative.map(matchesOne));
	if (excluded === 'maybe') return 'maybe';
	return excluded === 'yes' ? 'no' : 'yes';
}

/** A pattern with a variable of the policy language in it, `${aws:username}`, may stand for anything. */
function matchesResource(pattern: string, resource: string): Match {
	const open = pattern.replace(/\$\{[^}]*\}/g, '*');
	if (!matchesGlob(open, resource)) {
		// To be allowed on every resource takes a pattern for every resource; on some, any pattern may do.
		return resource === '*' ? 'maybe' : 'no';
	}
	return open === pattern ? 'yes' : 'maybe';
}

/** By the first part of a service's name: `codedeploy` for its regional names too. */
export function matchesPrincipal({ Principal }: Fields, service: string): Match {
	if (Principal === undefined) return 'maybe';
	// Everybody, which a condition will have to narrow.
	if (Principal === '*') return 'maybe';
	const services = isFields(Principal) ? (texts(Principal.Service) ?? []) : [];
	const own = (name: string) => name.startsWith(`${service}.`) && /\.amazonaws\.com(\.cn)?$/.test(name);
	return services.some(own) ? 'yes' : 'no';
}

/** An empty one is none. */
export const hasCondition = ({ Condition }: Fields): boolean =>
	Condition !== undefined && !(isFields(Condition) && Object.keys(Condition).length === 0);

/** Undefined for what is neither a text nor a list of texts. */
function texts(value: unknown): readonly string[] | undefined {
	const items: readonly unknown[] = Array.isArray(value) ? value : [value];
	return items.every(item => typeof item === 'string') ? items : undefined;
}

const order: readonly Match[] = ['no', 'maybe', 'yes'];
/** All of them have to hold. */
export const weakest = (...all: readonly Match[]): Match => order.find(match => all.includes(match)) ?? 'yes';
const strongest = (...all: readonly Match[]): Match => order.findLast(match => all.includes(match)) ?? 'no';

/**
 * AWS: `*` stands for any characters, `?` for one. Goes back to the last star only, so that no pattern, whoever wrote it,
 * takes more than its length times the text's.
 */
export function matchesGlob(pattern: string, text: string): boolean {
	let at = 0;
	let next = 0;
	let star = -1;
	let resumeAt = 0;
	while (at < text.length) {
		if (pattern[next] === '*') {
			star = next;
			next += 1;
			resumeAt = at;
		} else if (next < pattern.length && (pattern[next] === '?' || pattern[next] === text[at])) {
			next += 1;
			at += 1;
		} else if (star >= 0) {
			next = star + 1;
			resumeAt += 1;
			at = resumeAt;
		} else return false;
	}
	return /^\**$/.test(pattern.slice(next));
}
