import { describeRevision } from '../../domain/revision.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import type { PastCause, PastDeployment, TrackRecord } from '../../domain/track-record.ts';
import type { RecordReading } from '../../monitor/record/reading.ts';
import { describeFailure } from '../freshness.ts';
import { starterWords } from '../starter.ts';
import { isoTime } from './fields.ts';

/** The version of `rollcall history --json`. */
const historySchema = 'rollcall/history/v1';

/**
 * What `rollcall history --json` prints: schemas/history.schema.json describes it, and scripts depend on it. Every field
 * is always there; what does not apply, or cannot be said of so few, is null. Times are ISO 8601, in UTC.
 */
export type HistoryDocument = {
	readonly schema: typeof historySchema;
	readonly at: string;
	readonly application: string;
	readonly group: string;
	/** How many deployments were asked for. */
	readonly limit: number;
	/** The newest first. */
	readonly deployments: readonly PastDeploymentDocument[];
	readonly failureRate: {
		readonly releases: number;
		readonly failed: number;
		readonly stopped: number;
		/** 0 to 1. */
		readonly rate: number | null;
		readonly leftOut: { readonly rollbacks: number; readonly autoScaling: number; readonly running: number };
	};
	readonly duration: {
		readonly releases: number;
		readonly medianSeconds: number | null;
		readonly p90Seconds: number | null;
		readonly slowestSeconds: number | null;
		readonly trend: {
			readonly direction: 'slower' | 'faster' | 'steady';
			readonly laterSeconds: number;
			readonly earlierSeconds: number;
		} | null;
	};
	readonly recovery: {
		readonly meanSeconds: number | null;
		readonly outages: readonly {
			readonly brokenBy: string;
			readonly brokenAt: string;
			readonly mendedBy: string | null;
			readonly tookSeconds: number | null;
		}[];
	};
	/** The slowest first. */
	readonly hookTimes: readonly {
		readonly event: string;
		readonly targets: number;
		readonly deployments: number;
		readonly medianSeconds: number;
		readonly p95Seconds: number | null;
		readonly slowestSeconds: number;
		readonly latestSeconds: number | null;
		readonly earlierSeconds: number | null;
	}[];
	/** Those that failed in the most deployments first. */
	readonly hookFailures: readonly {
		readonly event: string;
		readonly script: string | null;
		readonly targets: number;
		readonly deployments: readonly string[];
	}[];
	readonly flakyHosts: {
		/** Deployments in which some hosts failed and others succeeded. */
		readonly outOf: number;
		readonly hosts: readonly {
			readonly target: string;
			readonly name: string | null;
			readonly failures: readonly { readonly deploymentId: string; readonly event: string | null }[];
		}[];
	};
	/** What was asked for and is not there. */
	readonly unread: readonly {
		readonly what: string;
		readonly deploymentId: string | null;
		readonly why: string;
	}[];
};

export type PastDeploymentDocument = {
	readonly deploymentId: string;
	readonly status: string;
	readonly purpose: PastDeployment['purpose'];
	readonly createdAt: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly durationSeconds: number | null;
	/** AWS: creator. */
	readonly startedBy: string | null;
	readonly startedByWords: string | null;
	readonly description: string | null;
	readonly configuration: string | null;
	readonly revision: string | null;
	readonly cause: PastCause | null;
	/** The other end of its rollback. */
	readonly rollback: { readonly deploymentId: string; readonly role: 'rollback' | 'original' } | null;
};

/** A track record as a document. */
export const historyDocument = (
	reading: RecordReading,
	{ now, profile }: { readonly now: number; readonly profile: string | undefined },
): HistoryDocument => ({
	schema: historySchema,
	at: isoTime(now),
	application: reading.group.application,
	group: reading.group.group,
	limit: reading.limit,
	deployments: reading.record.deployments.map(deploymentDocument),
	...ratesOf(reading.record),
	...hooksOf(reading.record),
	flakyHosts: {
		outOf: reading.record.flaky.outOf,
		hosts: reading.record.flaky.hosts.map(({ id, failures }) => ({
			target: id,
			name: reading.hostNames.get(id) ?? null,
			failures: failures.map(({ deploymentId, event }) => ({ deploymentId, event: event ?? null })),
		})),
	},
	unread: reading.gaps.map(({ what, id, failure }) => ({
		what,
		deploymentId: id ?? null,
		why: failure ? describeFailure(failure, profile) : 'too many to be asked for',
	})),
});

function deploymentDocument({
	deployment,
	purpose,
	durationMs,
	cause,
}: PastDeployment): PastDeploymentDocument {
	const { creator, description, configName, revision } = deployment;
	const link = linkedDeployment(deployment);
	return {
		deploymentId: deployment.id,
		status: deployment.status,
		purpose,
		createdAt: isoTime(deployment.createdAt),
		startedAt: isoTime(deployment.startedAt),
		endedAt: isoTime(deployment.completedAt),
		durationSeconds: seconds(durationMs),
		startedBy: creator ?? null,
		startedByWords: creator === undefined ? null : starterWords(creator),
		description: description ?? null,
		configuration: configName ?? null,
		revision: revision ? describeRevision(revision) : null,
		cause: cause ?? null,
		rollback: link ? { deploymentId: link.id, role: link.role } : null,
	};
}

function ratesOf({
	rate,
	times,
	recovery,
}: TrackRecord): Pick<HistoryDocument, 'failureRate' | 'duration' | 'recovery'> {
	const { releases, failed, stopped, rollbacks, scaling, running } = rate;
	const trend = times?.trend;
	return {
		failureRate: {
			...{ releases, failed, stopped },
			rate: releases === 0 ? null : Math.round((1000 * (failed + stopped)) / releases) / 1000,
			leftOut: { rollbacks, autoScaling: scaling, running },
		},
		duration: {
			releases: times?.count ?? 0,
			medianSeconds: seconds(times?.medianMs),
			p90Seconds: seconds(times?.p90Ms),
			slowestSeconds: seconds(times?.slowestMs),
			trend: trend
				? {
						direction: trend.direction,
						laterSeconds: seconds(trend.laterMs),
						earlierSeconds: seconds(trend.earlierMs),
					}
				: null,
		},
		recovery: {
			meanSeconds: seconds(recovery.meanMs),
			outages: recovery.outages.map(({ brokenBy, brokenAt, mendedBy, tookMs }) => ({
				brokenBy,
				brokenAt: isoTime(brokenAt),
				mendedBy: mendedBy ?? null,
				tookSeconds: seconds(tookMs),
			})),
		},
	};
}

const hooksOf = ({
	hookTimes,
	hookFailures,
}: TrackRecord): Pick<HistoryDocument, 'hookTimes' | 'hookFailures'> => ({
	hookTimes: hookTimes.map(({ event, count, deployments, medianMs, p95Ms, slowestMs, change }) => ({
		...{ event, targets: count, deployments },
		medianSeconds: seconds(medianMs),
		p95Seconds: seconds(p95Ms),
		slowestSeconds: seconds(slowestMs),
		latestSeconds: seconds(change?.latestMs),
		earlierSeconds: seconds(change?.earlierMs),
	})),
	hookFailures: hookFailures.map(({ event, script, count, deployments }) => ({
		...{ event, deployments, targets: count },
		script: script === '' ? null : script,
	})),
});

/** Tenths of seconds: hooks are often shorter than one. */
function seconds(ms: number): number;
function seconds(ms: number | undefined): number | null;
function seconds(ms: number | undefined): number | null {
	return ms === undefined ? null : Math.round(ms / 100) / 10;
}
