import type { DeploymentId, TargetId } from '../ids.ts';
import { failedEvent } from '../target.ts';
import type { RecordEvidence } from '../track-record.ts';

/** A host that failed again and again where others did well: it, and not what was deployed, is to blame. */
export type FlakyHost = {
	readonly id: TargetId;
	/** Newest first; without an event where it was not looked at. */
	readonly failures: readonly { readonly deploymentId: DeploymentId; readonly event?: string }[];
};

export type FlakyHosts = {
	/** Those that failed most often first. */
	readonly hosts: readonly FlakyHost[];
	/** Deployments in which hosts failed, but fewer than succeeded: where most fail, no host is to blame. */
	readonly outOf: number;
};

const fewestFailures = 2;

/** `evidence`: newest first. */
export function findFlakyHosts(evidence: readonly RecordEvidence[]): FlakyHosts {
	const telling = evidence.filter(isTellingOfHosts);
	const failures = telling.flatMap(({ deployment, failedIds, targets }) =>
		failedIds.map(id => {
			const target = targets.find(each => each.id === id);
			const event = target && failedEvent(target)?.name;
			return { id, failure: { deploymentId: deployment.id, ...(event !== undefined && { event }) } };
		}),
	);
	const byHost = Map.groupBy(failures, ({ id }) => id);
	const hosts = [...byHost]
		.filter(([, all]) => all.length >= fewestFailures)
		.map(([id, all]) => ({ id, failures: all.map(({ failure }) => failure) }))
		.toSorted((a, b) => b.failures.length - a.failures.length);
	return { hosts, outOf: telling.length };
}

/** ECS and Lambda have one target, which says nothing of hosts. */
const isTellingOfHosts = ({ deployment, failedIds }: RecordEvidence): boolean =>
	deployment.platform !== 'ECS' &&
	deployment.platform !== 'Lambda' &&
	failedIds.length > 0 &&
	(deployment.overview?.succeeded ?? 0) > failedIds.length;
