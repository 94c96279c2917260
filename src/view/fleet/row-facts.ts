import { diagnose } from '../../diagnosis/diagnose.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { type DeploymentSnapshot, hasEnded, isWaitingToReroute } from '../../domain/deployment.ts';
import { clusterFailures, type FailureCluster } from '../../domain/failure-cluster.ts';
import { budgetTally, type HealthBudget, healthBudget } from '../../domain/health-budget.ts';
import { tallyDone, tallyTotal } from '../../domain/tally.ts';
import type { Rollout, Session } from '../../monitor/state.ts';
import { isDeleted, selectAlarms } from '../alarm-strip.ts';
import { selectCase } from '../diagnosis-case.ts';
import { isUnknown } from '../finding-words.ts';
import { isStopped, isStopping } from '../stopping.ts';
import { movedPercent } from '../traffic-lines.ts';

/** What a person would say of a rollout at a glance; the first three are those of one that has not ended. */
export type RowState = 'failing' | 'waiting' | 'rolling' | 'failed' | 'stopped' | 'succeeded';

/** What a row tells that does not depend on the time of day. */
export type RowFacts = {
	readonly state: RowState;
	readonly isStopping: boolean;
	/** How much of it is done, 0-1. */
	readonly progress: number;
	/** The share of the traffic that has moved, 0-100, where that is what the rollout does. */
	readonly moved: number | undefined;
	/** Groups of equal failures among the targets that were read, the largest first. */
	readonly clusters: readonly FailureCluster[];
	readonly alarms: AlarmFacts;
	readonly budget: HealthBudget;
};

export type AlarmFacts = {
	/** Names of those that are in ALARM. */
	readonly firing: readonly string[];
	/** How many of the others are OK. */
	readonly calm: number;
	/** How many there are. */
	readonly total: number;
};

/** Whether there is anything about a rollout that somebody should look at. */
export const isInTrouble = (state: RowState): boolean => state === 'failing' || state === 'failed';

export const isActive = (state: RowState): boolean =>
	state === 'failing' || state === 'waiting' || state === 'rolling';

/** The facts of a rollout that has been read; worked out anew only when something has been learned of it. */
export const factsOf = perRollout((deployment, rollout): RowFacts => {
	const alarms = alarmFacts(rollout);
	const stopping = isStopping(rollout);
	const ended = hasEnded(deployment);
	// The targets of one that has ended may have been read long before.
	const moved = ended ? undefined : movedPercent(rollout);
	const clusters = clusterFailures(rollout.targets.values(), isStopped(rollout));
	const tally = ended || stopping ? undefined : budgetTally(deployment, rollout.targets.values());
	return {
		state: stopping ? 'rolling' : stateOf(deployment, clusters, alarms),
		isStopping: stopping,
		progress: progressOf(deployment, moved),
		moved,
		clusters,
		alarms,
		budget: healthBudget(rollout.config.data?.minimumHealthyHosts, tally),
	};
});

function stateOf(
	deployment: DeploymentSnapshot,
	clusters: readonly FailureCluster[],
	alarms: AlarmFacts,
): RowState {
	switch (deployment.status) {
		case 'Succeeded':
			return 'succeeded';
		case 'Failed':
			return 'failed';
		case 'Stopped':
			return 'stopped';
	}
	const hasFailures =
		(deployment.overview?.failed ?? 0) > 0 || clusters.some(({ interrupted }) => !interrupted);
	// An alarm that fires stops the rollout, or has been stopping it since the last look.
	if (hasFailures || alarms.firing.length > 0) return 'failing';
	return isWaitingToReroute(deployment) ? 'waiting' : 'rolling';
}

function progressOf({ overview, status }: DeploymentSnapshot, moved: number | undefined): number {
	if (status === 'Succeeded') return 1;
	if (moved !== undefined) return moved / 100;
	const total = overview ? tallyTotal(overview) : 0;
	return overview && total > 0 ? tallyDone(overview) / total : 0;
}

function alarmFacts(rollout: Rollout): AlarmFacts {
	const alarms = selectAlarms(rollout);
	return {
		firing: alarms.flatMap(({ name, alarm }) => (alarm?.state === 'ALARM' ? [name] : [])),
		calm: alarms.filter(each => !isDeleted(rollout, each) && each.alarm?.state === 'OK').length,
		total: alarms.length,
	};
}

/** What best explains why a rollout fails, if any rule does: it is looked for only where somebody sees it. */
export function causeOf(session: Session, rollout: Rollout): Finding | undefined {
	const finding = bestFinding(rollout, session);
	return finding && !isUnknown(finding) ? finding : undefined;
}

const bestFinding = perRollout((_deployment, rollout, session?: Session): Finding | undefined => {
	const of = session && selectCase({ session }, rollout);
	return of && diagnose(of)[0];
});

type Known<R> = { readonly parts: readonly unknown[]; readonly value: R };

/** Remembers a value for each deployment, as long as the answers that it rests on are the same ones. */
function perRollout<R, Extra extends readonly unknown[]>(
	compute: (deployment: DeploymentSnapshot, rollout: Rollout, ...extra: Extra) => R,
): (rollout: Rollout, ...extra: Extra) => R | undefined {
	const known = new WeakMap<DeploymentSnapshot, Known<R>>();
	return (rollout, ...extra) => {
		const { data } = rollout.deployment;
		if (!data) return undefined;
		const { targets, group, config, alarms, stopAskedAt } = rollout;
		const parts = [targets, group.data, config.data, alarms.data, stopAskedAt, ...extra];
		const before = known.get(data);
		if (before?.parts.every((part, index) => part === parts[index])) return before.value;
		const value = compute(data, rollout, ...extra);
		known.set(data, { parts, value });
		return value;
	};
}
