import { type Difference, differences, type Facts } from '../diagnosis/differences.ts';
import { answerOf, type HostKnowledge, nothing } from '../diagnosis/knowledge.ts';
import type { HostFacts } from '../domain/host.ts';
import type { TargetId } from '../domain/ids.ts';
import { formatMinute } from '../lib/duration.ts';
import { memoOne } from '../lib/memo.ts';
import type { Rollout, Targets } from '../monitor/state.ts';

/**
 * What sets these failed hosts apart from those that succeeded, the clearest first; nothing as long as little is known
 * of them. Worked out once for each list of ids, until something is learned.
 */
export function selectDifferences(
	{ hosts, knowledge, targets, deployment }: Rollout,
	failedIds: readonly TargetId[],
): readonly Difference[] {
	if (failedIds.length < 2 || (hosts.data === undefined && knowledge.hosts.size === 0)) return [];
	const facts = factsOf(hosts.data, knowledge.hosts, deployment.data?.createdAt);
	const known = told(facts, targets);
	const before = known.get(failedIds);
	if (before) return before;
	const found = differences(facts, failedIds, succeededPeers(targets, failedIds));
	known.set(failedIds, found);
	return found;
}

const told = memoOne(
	(_facts: ReadonlyMap<TargetId, Facts>, _targets: Targets) =>
		new WeakMap<readonly TargetId[], readonly Difference[]>(),
);

/** Only of the same fleet: that the replacement fleet is not the original one explains nothing. */
function succeededPeers(targets: Targets, failedIds: readonly TargetId[]): readonly TargetId[] {
	const fleets = new Set(failedIds.map(id => targets.get(id)?.label));
	return [...targets.values()]
		.filter(({ status, label }) => status === 'Succeeded' && fleets.has(label))
		.map(({ id }) => id);
}

const factsOf = memoOne(
	(
		hosts: ReadonlyMap<TargetId, HostFacts> | undefined,
		examined: ReadonlyMap<TargetId, HostKnowledge>,
		createdAt: number | undefined,
	): ReadonlyMap<TargetId, Facts> => {
		const known = hosts ?? new Map<TargetId, HostFacts>();
		const newer = newerFrom(
			[...known.values()].flatMap(host => (host.kind === 'ec2' ? (host.instance.launchedAt ?? []) : [])),
			createdAt,
		);
		return new Map(
			[...new Set([...known.keys(), ...examined.keys()])].map(id => [
				id,
				{ ...hostFacts(known.get(id), newer), ...agentFacts(examined.get(id)) },
			]),
		);
	},
);

/** A fact that is not known is empty, and so not compared. */
function hostFacts(host: HostFacts | undefined, newer: number | undefined): Facts {
	switch (host?.kind) {
		case 'ec2': {
			const { zone, imageId, type, autoScalingGroup, launchedAt, state } = host.instance;
			return {
				AMI: imageId ?? '',
				'Auto Scaling group': autoScalingGroup ?? '',
				'instance type': type ?? '',
				kind: 'EC2 instances',
				launched: launchedWords(launchedAt, newer),
				state: state ?? '',
				zone: zone ?? '',
			};
		}
		case 'on-premises':
			return { kind: 'on-premises instances' };
		case 'unknown':
			return { state: 'unknown to AWS' };
		case undefined:
			return {};
	}
}

function agentFacts(examined: HostKnowledge | undefined): Facts {
	const version = answerOf(examined?.version);
	return version === undefined || version === nothing ? {} : { 'agent version': version.version };
}

function launchedWords(launchedAt: number | undefined, newer: number | undefined): string {
	if (launchedAt === undefined || newer === undefined) return '';
	return `${launchedAt < newer ? 'before' : 'since'} ${formatMinute(newer)}`;
}

/** Ages that are closer to each other than this are those of one generation. */
const generationRatio = 2;
/** Hosts that are minutes old are all new. */
const youngMs = 60_000;

/**
 * Where the launch times of a fleet part into older and newer hosts: at the widest gap, in proportion to their age when
 * the deployment was created. It does not depend on which of them failed, or chance would always find one that fits.
 */
function newerFrom(launches: readonly number[], createdAt: number | undefined): number | undefined {
	const sorted = [...launches].sort((a, b) => a - b);
	const reference = createdAt ?? sorted.at(-1) ?? 0;
	const ageOf = (launchedAt: number) => Math.max(youngMs, reference - launchedAt);
	let widest = generationRatio;
	let found: number | undefined;
	sorted.forEach((launchedAt, index) => {
		const older = sorted[index - 1];
		if (older === undefined) return;
		const ratio = ageOf(older) / ageOf(launchedAt);
		if (ratio < widest) return;
		widest = ratio;
		found = launchedAt;
	});
	return found;
}
