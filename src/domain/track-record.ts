import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from './deployment.ts';
import { isInterrupted } from './failure-cluster.ts';
import { isTelling, type Purpose, purposeOf } from './history.ts';
import type { TargetId } from './ids.ts';
import { type FlakyHosts, findFlakyHosts } from './record/flaky-hosts.ts';
import { countFailures, type HookFailures, type HookTime, measureHooks } from './record/hooks.ts';
import { measureRecovery, type Recovery } from './record/recovery.ts';
import { measureRuns, type RunTimes } from './record/run-times.ts';
import type { TargetSnapshot } from './target.ts';

/** Why a deployment failed, in plain words, and by the id that stays. */
export type PastCause = {
	readonly id: string;
	readonly title: string;
	readonly confidence: 'certain' | 'likely' | 'possible';
};

/** A deployment of the group and what was read of it. */
export type RecordEvidence = {
	readonly deployment: DeploymentSnapshot;
	/** Those that failed, or a sample where none did; empty where nothing could be read. */
	readonly targets: readonly TargetSnapshot[];
	/** All that failed, whether or not they were looked at. */
	readonly failedIds: readonly TargetId[];
	readonly cause?: PastCause;
};

/** One deployment of the record. */
export type PastDeployment = {
	readonly deployment: DeploymentSnapshot;
	readonly purpose: Purpose;
	/** From its start to its end, waits for people included; missing while it runs. */
	readonly durationMs?: number;
	readonly cause?: PastCause;
};

/** How often releases go wrong. */
export type FailureRate = {
	/** Releases that have ended. */
	readonly releases: number;
	readonly failed: number;
	readonly stopped: number;
	/** What is left out of it: rollbacks, what Auto Scaling deployed, and what still runs. */
	readonly rollbacks: number;
	readonly scaling: number;
	readonly running: number;
};

/** What the last deployments of a group have in common. */
export type TrackRecord = {
	/** Newest first. */
	readonly deployments: readonly PastDeployment[];
	readonly rate: FailureRate;
	readonly times?: RunTimes;
	readonly recovery: Recovery;
	/** Slowest first. */
	readonly hookTimes: readonly HookTime[];
	/** Most often first. */
	readonly hookFailures: readonly HookFailures[];
	readonly flaky: FlakyHosts;
};

/** Learns from deployments in any order: AWS documents none. */
export function learnTrackRecord(evidence: readonly RecordEvidence[]): TrackRecord {
	const ordered = evidence
		.map(withoutInterrupted)
		.toSorted((a, b) => startOf(b.deployment) - startOf(a.deployment));
	const deployments = ordered.map(({ deployment }) => deployment);
	const times = measureRuns(deployments);
	return {
		deployments: ordered.map(pastDeployment),
		rate: rateOf(deployments),
		...(times && { times }),
		recovery: measureRecovery(deployments),
		hookTimes: measureHooks(ordered.filter(({ deployment }) => isTelling(deployment))),
		hookFailures: countFailures(ordered),
		flaky: findFlakyHosts(ordered),
	};
}

/** What a stop cut short has not failed by itself; of those that were not looked at nobody knows. */
function withoutInterrupted(evidence: RecordEvidence): RecordEvidence {
	if (evidence.deployment.status !== 'Stopped') return evidence;
	const targets = evidence.targets.filter(target => !isInterrupted(target, true));
	return { ...evidence, targets, failedIds: targets.map(({ id }) => id) };
}

const startOf = ({ createdAt, startedAt }: DeploymentSnapshot): number => createdAt ?? startedAt ?? 0;

function pastDeployment({ deployment, cause }: RecordEvidence): PastDeployment {
	const { completedAt } = deployment;
	const durationMs = completedAt === undefined ? undefined : deploymentElapsedMs(deployment, completedAt);
	return {
		deployment,
		purpose: purposeOf(deployment),
		...(durationMs !== undefined && { durationMs }),
		...(cause && { cause }),
	};
}

function rateOf(deployments: readonly DeploymentSnapshot[]): FailureRate {
	const of = (purpose: Purpose) => deployments.filter(each => purposeOf(each) === purpose);
	const ended = of('release').filter(hasEnded);
	const count = (status: string) => ended.filter(each => each.status === status).length;
	return {
		releases: ended.length,
		failed: count('Failed'),
		stopped: count('Stopped'),
		rollbacks: of('rollback').length,
		scaling: of('scaling').length,
		running: of('release').length - ended.length,
	};
}
