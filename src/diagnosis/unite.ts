import type { TargetId } from '../domain/ids.ts';
import type { Evidence } from './finding.ts';
import type { Judgement } from './judge.ts';
import { answerOf } from './knowledge.ts';
import type { Verdict } from './rule.ts';
import { counted } from './words.ts';

/** Puts together again what was judged apart: failures of one cluster, which look alike from outside. */

/**
 * Failures that turn out to have the same reason are one again. Those whose output was lost join them, if there is one
 * reason only; and so do those on hosts that nobody has looked at, where the others are all alike.
 */
export function unite(judgements: readonly Judgement[]): readonly Judgement[] {
	const groups = Map.groupBy(judgements, ({ best }) => `${best.cause} ${best.title}`);
	return joinUnseen(joinLost([...groups.values()].map(group => spread(join(group), group))));
}

function joinLost(united: readonly Judgement[]): readonly Judgement[] {
	const lost = united.filter(({ failure }) => failure.report === 'poor');
	const told = united.filter(({ failure }) => failure.report !== 'poor');
	if (lost.length === 0 || told.length !== 1) return united;
	return [join([...told, ...lost])];
}

function joinUnseen(united: readonly Judgement[]): readonly Judgement[] {
	const isSeen = ({ failure, best }: Judgement) => failure.isExamined || best.isOfHost === true;
	const [only, ...more] = united.filter(isSeen);
	if (only === undefined || more.length > 0 || !only.best.isOfHost) return united;
	const [alike, others] = divide(
		united.filter(judgement => !isSeen(judgement)),
		({ failure }) => mayBeAlike(only, failure),
	);
	if (alike.length === 0) return united;
	const all = join([only, ...alike]);
	const unseen = all.failure.targets.length - only.failure.targets.length;
	return [{ ...all, best: asFarAsSeen(only, unseen) }, ...others];
}

/** What EC2 says of one host it says of another as well: where it was asked and said nothing of the kind, they differ. */
const mayBeAlike = ({ best }: Judgement, { known }: Judgement['failure']): boolean =>
	!saidByEc2.has(best.cause) || answerOf(known.instance) === undefined;

const saidByEc2: ReadonlySet<string> = new Set([
	'instance-terminated',
	'instance-stopped',
	'missing-credentials',
]);

function divide<T>(
	items: readonly T[],
	isFirst: (item: T) => boolean,
): readonly [readonly T[], readonly T[]] {
	return [items.filter(isFirst), items.filter(item => !isFirst(item))];
}

function join(group: readonly Judgement[]): Judgement {
	const [first, ...rest] = group;
	if (first === undefined) throw new Error('a group of failures has at least one');
	const [target, ...targets] = first.failure.targets;
	const all = [...targets, ...rest.flatMap(({ failure }) => failure.targets)];
	return { ...first, failure: { ...first.failure, targets: [target, ...all] } };
}

/** What was found on several hosts is said of them all, with what each of them showed. */
function spread(joined: Judgement, group: readonly Judgement[]): Judgement {
	const { best, failure } = joined;
	if (!best.isOfHost || failure.targets.length === 1) return joined;
	const [, ...others] = group;
	const more = others
		.flatMap(other => (other.best.evidence ?? []).slice(0, mostOfEach))
		.slice(0, mostOfOthers);
	return {
		...joined,
		best: {
			...best,
			title: inPlural(best.title, 'these hosts'),
			evidence: [...(best.evidence ?? []), ...more],
		},
	};
}

const mostOfEach = 2;
const mostOfOthers = 6;

const inPlural = (title: string, hosts: string): string => title.replace(/\bthis host\b/, hosts);

/** Says which hosts it was seen on, and leaves open what the others lack. */
function asFarAsSeen({ best, failure }: Judgement, unseen: number): Verdict {
	const { targets } = failure;
	const [target] = targets;
	const seen = targets.length === 1 ? `Only ${target} was` : `Only ${named(targets)} were`;
	const others = unseen === 1 ? 'the other one failed' : `the other ${counted(unseen, 'host')} failed`;
	const title = best.title.replace(/\b(?:this host|these hosts)\b/, 'the host looked at');
	return {
		...best,
		title,
		why: `${best.why} ${seen} looked at; ${others} in the same way.`,
		confidence: best.confidence === 'certain' ? 'likely' : best.confidence,
		evidence: withWhere(best.evidence ?? [], target),
		steps: [best.steps[0], ...best.steps.slice(1), 'See whether the other hosts are in the same state.'],
	};
}

function named(targets: readonly TargetId[]): string {
	const shown = targets.slice(0, 3).join(', ');
	return targets.length > 3 ? `${shown} and ${targets.length - 3} more` : shown;
}

const withWhere = (evidence: readonly Evidence[], where: TargetId): readonly Evidence[] =>
	evidence.map(piece => ({ where, ...piece }));
