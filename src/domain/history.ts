import { type DeploymentSnapshot, deploymentElapsedMs } from './deployment.ts';
import type { DeploymentId, TargetId } from './ids.ts';
import { type EventTimes, measureEvents, measurePauses, median } from './peers.ts';
import type { Revision } from './revision.ts';
import type { TargetSnapshot } from './target.ts';

/** One earlier deployment of a group that succeeded. Times are epoch milliseconds. */
export type PastRun = {
	readonly deploymentId: DeploymentId;
	readonly startedAt: number;
	readonly endedAt: number;
	/** From its start to its end, waits for people included. */
	readonly durationMs: number;
	/** How many targets it had. */
	readonly targets: number;
	readonly configName?: string;
	readonly revision?: Revision;
	/** Median of each event over those of its targets that were looked at; empty when none could be read. */
	readonly eventsMs: ReadonlyMap<string, number>;
};

/** What the last deployments of a group that succeeded took. */
export type GroupHistory = {
	/** Newest first, at most {@link runsKept}. */
	readonly runs: readonly PastRun[];
	/** Each event over all targets and runs that were looked at, in the order in which a target runs them. */
	readonly events: EventTimes;
	/** Median time between the end of an event and the beginning of the next; undefined when nothing shows it. */
	readonly pauseMs?: number;
	/** What each event took on the hosts that took part before: the median of its runs. */
	readonly perTarget: ReadonlyMap<TargetId, ReadonlyMap<string, number>>;
	/** Median of the whole. */
	readonly durationMs?: number;
};

/** A deployment of the group and those of its targets that were read. */
export type RunEvidence = {
	readonly deployment: DeploymentSnapshot;
	readonly targets: readonly TargetSnapshot[];
};

export const runsKept = 5;

/** Deployments that AWS makes for single machines, or that put back what was there. */
const scalingCreators: ReadonlySet<string> = new Set([
	'autoscaling',
	'autoscalingTermination',
	'CodeDeployAutoUpdate',
]);
const rollbackCreators: ReadonlySet<string> = new Set(['codeDeployRollback', 'CloudFormationRollback']);

/** What a deployment is for: something that somebody wanted out, the way back from it, or single machines. */
export type Purpose = 'release' | 'rollback' | 'scaling';

/** Tells by who started it (AWS: DeploymentCreator) and by what it is linked with. */
export function purposeOf({ creator = '', rollback }: DeploymentSnapshot): Purpose {
	if (rollbackCreators.has(creator) || rollback?.triggeringDeploymentId !== undefined) return 'rollback';
	return scalingCreators.has(creator) ? 'scaling' : 'release';
}

/**
 * Whether a deployment tells what the next one will take. A rollback does not, however well it went: it runs with another
 * configuration, and ECS and Lambda only move weights back. Nor does what AWS deploys to a single new machine.
 */
export const isTelling = (deployment: DeploymentSnapshot): boolean =>
	deployment.status === 'Succeeded' && purposeOf(deployment) === 'release';

/**
 * Learns from deployments in any order. Medians, so that one host that hung, or a run in which somebody went to lunch,
 * changes nothing; what does not tell ({@link isTelling}) is left out.
 */
export function learnHistory(runs: readonly RunEvidence[]): GroupHistory {
	const telling = runs
		.filter(({ deployment }) => isTelling(deployment))
		.toSorted((a, b) => startOf(b.deployment) - startOf(a.deployment))
		.slice(0, runsKept);
	const past = telling.flatMap(({ deployment, targets }) => pastRun(deployment, targets) ?? []);
	const targets = telling.flatMap(run => run.targets);
	const pauses = measurePauses(targets);
	return {
		runs: past,
		events: measureEvents(targets),
		perTarget: learnTargets(targets),
		...(pauses.length > 0 && { pauseMs: median(pauses) }),
		...(past.length > 0 && { durationMs: median(past.map(({ durationMs }) => durationMs)) }),
	};
}

const startOf = ({ startedAt, createdAt }: DeploymentSnapshot): number => startedAt ?? createdAt ?? 0;

function pastRun(deployment: DeploymentSnapshot, targets: readonly TargetSnapshot[]): PastRun | undefined {
	const { completedAt, configName, revision, overview } = deployment;
	const startedAt = deployment.startedAt ?? deployment.createdAt;
	if (startedAt === undefined || completedAt === undefined) return undefined;
	const durationMs = deploymentElapsedMs(deployment, completedAt) ?? 0;
	const counts = Object.values(overview ?? {});
	return {
		deploymentId: deployment.id,
		startedAt,
		endedAt: startedAt + durationMs,
		durationMs,
		targets: overview ? counts.reduce((sum, count) => sum + count, 0) : targets.length,
		...(configName !== undefined && { configName }),
		...(revision && { revision }),
		eventsMs: new Map([...measureEvents(targets)].map(([name, { medianMs }]) => [name, medianMs])),
	};
}

function learnTargets(targets: readonly TargetSnapshot[]): GroupHistory['perTarget'] {
	const visits = Map.groupBy(targets, ({ id }) => id);
	return new Map(
		[...visits].map(([id, visit]) => [
			id,
			new Map([...measureEvents(visit)].map(([name, { medianMs }]) => [name, medianMs])),
		]),
	);
}
