import type { TargetId } from '../domain/ids.ts';

/**
 * What sets the failed targets apart from those that succeeded: a zone, an image, a type. Chance alone puts a few
 * targets into one zone, so only what chance rarely does is told (Fisher's exact test).
 */

/** What is known of a target, by the name of the fact: `zone` → `eu-west-1a`. */
export type Facts = Readonly<Record<string, string>>;

/** A value that goes with failure, or, where `absent`, one that every failed target lacks. */
export type Difference = {
	readonly fact: string;
	readonly value: string;
	readonly absent: boolean;
	readonly failed: Share;
	readonly succeeded: Share;
	/** `all 4 failed are in eu-west-1a, none of the 20 that succeeded`. */
	readonly text: string;
};

/** How many have the value, of those whose value is known. */
export type Share = { readonly having: number; readonly of: number };

/** How often chance may do as much as what is told without exceptions, and with some. */
const whollyByChance = 0.05;
const mostlyByChance = 0.01;
/** What still counts as most, and as few. */
const most = 0.8;
const few = 0.2;

/** What separates the two sets, the clearest first; at most one value of each fact. */
export function differences(
	facts: ReadonlyMap<TargetId, Facts>,
	failed: Iterable<TargetId>,
	succeeded: Iterable<TargetId>,
): readonly Difference[] {
	const bad = factsOf(facts, failed);
	const good = factsOf(facts, succeeded);
	const names = [...new Set([...bad, ...good].flatMap(known => Object.keys(known)))].sort();
	return names
		.flatMap(name => clearest(name, valuesOf(bad, name), valuesOf(good, name)) ?? [])
		.sort((a, b) => a.chance - b.chance)
		.map(({ difference }) => difference);
}

type Candidate = { readonly difference: Difference; readonly chance: number };

function clearest(fact: string, bad: readonly string[], good: readonly string[]): Candidate | undefined {
	// One target differs from all others in many ways.
	if (bad.length < 2 || good.length < 2) return undefined;
	const [counts, others] = [count(bad), count(good)];
	const values = [...new Set([...bad, ...good])].sort();
	const candidates = values.flatMap(value => {
		const failed = { having: counts.get(value) ?? 0, of: bad.length };
		const succeeded = { having: others.get(value) ?? 0, of: good.length };
		return compare(fact, value, failed, succeeded) ?? [];
	});
	// What they have says more than what they lack: of two values, the one is the other's absence.
	const present = candidates.filter(({ difference }) => !difference.absent);
	const [first, ...rest] = present.length > 0 ? present : candidates;
	return first && rest.reduce((best, next) => (next.chance < best.chance ? next : best), first);
}

function compare(fact: string, value: string, failed: Share, succeeded: Share): Candidate | undefined {
	const absent = failed.having / failed.of < succeeded.having / succeeded.of;
	const [more, less] = absent ? [succeeded, failed] : [failed, succeeded];
	const isWhole = more.having === more.of && less.having === 0;
	if (!isWhole && (more.having / more.of < most || less.having / less.of > few)) return undefined;
	const chance = chanceOf(more, less);
	if (chance > (isWhole ? whollyByChance : mostlyByChance)) return undefined;
	const text = describe(fact, value, failed, succeeded);
	return { difference: { fact, value, absent, failed, succeeded, text }, chance };
}

const factsOf = (facts: ReadonlyMap<TargetId, Facts>, ids: Iterable<TargetId>): readonly Facts[] =>
	[...new Set(ids)].map(id => facts.get(id)).filter(known => known !== undefined);

const valuesOf = (known: readonly Facts[], name: string): readonly string[] =>
	known.flatMap(facts => (Object.hasOwn(facts, name) && facts[name] ? [facts[name]] : []));

function count(values: readonly string[]): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
	return counts;
}

/** How likely chance gives the first group as many of those that have the value, or more. */
function chanceOf(first: Share, second: Share): number {
	const having = first.having + second.having;
	const total = first.of + second.of;
	let chance = 0;
	for (let count = first.having; count <= Math.min(having, first.of); count++) {
		const logarithm =
			logChoose(having, count) + logChoose(total - having, first.of - count) - logChoose(total, first.of);
		chance += Math.exp(logarithm);
	}
	return Math.min(1, chance);
}

/** The logarithm of the number of ways to choose `k` of `n`: the number itself soon is too large. */
function logChoose(n: number, k: number): number {
	if (k < 0 || k > n) return -Infinity;
	return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** Grows with the largest fleet that was compared: each of thousands of terms asks for three of them. */
const logFactorials = [0];

function logFactorial(n: number): number {
	for (let next = logFactorials.length; next <= n; next++)
		logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
	return logFactorials[n] ?? 0;
}

/** How a person says that targets have a value. */
const phrases: Readonly<Record<string, string>> = {
	zone: 'are in',
	'availability zone': 'are in',
	subnet: 'are in',
	image: 'run image',
	AMI: 'run image',
	ami: 'run image',
	type: 'are of type',
	'instance type': 'are of type',
	'Auto Scaling group': 'belong to',
	launched: 'were launched',
	state: 'are',
	kind: 'are',
};

function describe(fact: string, value: string, failed: Share, succeeded: Share): string {
	const phrase = phrases[fact] ?? `have ${fact}`;
	return `${portion(failed, 'failed')} ${phrase} ${value}, ${portion(succeeded, 'that succeeded')}`;
}

function portion({ having, of }: Share, group: string): string {
	const those = group === 'failed' ? `${of} failed` : `${of} ${group}`;
	if (having === of) return group === 'failed' ? `all ${those}` : `all of the ${those}`;
	if (having === 0) return `none of the ${those}`;
	return `${having} of the ${those}`;
}
