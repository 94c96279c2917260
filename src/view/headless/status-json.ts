import { deploymentConsoleUrl } from '../../domain/console-link.ts';
import { isPressing } from '../../domain/deadline.ts';
import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import { budgetTally, healthBudget } from '../../domain/health-budget.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { describeRevision } from '../../domain/revision.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { type Tally, tallyTotal } from '../../domain/tally.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { isDeleted, selectAlarms } from '../alarm-strip.ts';
import { deadlinesOf, deadlineWords } from '../deadlines.ts';
import { etaOf } from '../eta.ts';
import { explainCluster, selectExplanations } from '../explanations.ts';
import { firstErrorLine, selectClusters } from '../problem-lines.ts';
import { movedPercent } from '../traffic-lines.ts';

/** The version of `rollcall status --json`. A number that is raised when a field is taken away or changes its meaning. */
export const statusSchema = 'rollcall/status/v1';

/**
 * What `rollcall status --json` prints: schemas/status.schema.json describes it, and scripts depend on it. Every field is
 * always there: what does not apply, or is not known, is null or an empty list. Times are ISO 8601, in UTC.
 */
export type StatusDocument = {
	readonly schema: typeof statusSchema;
	/** When the snapshot was taken. */
	readonly at: string;
	readonly deploymentId: string | null;
	readonly application: string | null;
	readonly group: string | null;
	readonly region: string | null;
	readonly profile: string | null;
	/** As AWS names it; null: AWS has not told. */
	readonly status: string | null;
	readonly ended: boolean;
	/** What this command ends with. */
	readonly exitCode: number;
	readonly platform: string | null;
	readonly type: string | null;
	readonly configuration: string | null;
	readonly revision: string | null;
	readonly description: string | null;
	/** AWS: DeploymentCreator. */
	readonly startedBy: string | null;
	readonly createdAt: string | null;
	readonly startedAt: string | null;
	readonly endedAt: string | null;
	readonly elapsedSeconds: number | null;
	readonly targets: CountsDocument | null;
	/** How much of the traffic has moved, of ECS and Lambda. */
	readonly trafficShiftedPercent: number | null;
	/** An estimate; null where nothing was measured, and while a person is waited for. */
	readonly eta: EtaDocument | null;
	/** What CodeDeploy will do by itself, the next first; of each event only when it has lasted for long. */
	readonly deadlines: readonly DeadlineDocument[];
	readonly healthBudget: {
		readonly state: 'left' | 'safe' | 'exhausted';
		readonly failuresLeft: number | null;
		readonly minimumHealthy: number;
	} | null;
	readonly alarms: readonly AlarmDocument[];
	readonly failures: readonly FailureDocument[];
	readonly error: { readonly code: string; readonly message: string } | null;
	readonly rollback: RollbackDocument | null;
	readonly consoleUrl: string | null;
	/** What was asked for and could not be read. */
	readonly unread: readonly UnreadDocument[];
	/** Why there is nothing to tell; null: there is. */
	readonly problem: ProblemDocument | null;
};

export type CountsDocument = Readonly<Record<keyof Tally | 'total', number>>;

export type EtaDocument = {
	readonly endsAt: string;
	readonly secondsLeft: number;
	/** For how long it has been over. */
	readonly secondsOver: number;
	/** What comes then: the `end`, or that it waits for somebody (`ready`). */
	readonly until: string;
};

export type DeadlineDocument = {
	readonly kind: string;
	readonly at: string;
	readonly secondsLeft: number;
	/** AWS does not tell: it is the best guess. */
	readonly inferred: boolean;
	readonly target: string | null;
	readonly event: string | null;
	/** The share of the traffic that the new version has then. */
	readonly percent: number | null;
	/** In words. */
	readonly text: string;
};

export type AlarmDocument = {
	readonly name: string;
	/** As AWS names it; `DELETED` for one that does not exist any more; null: not known. */
	readonly state: string | null;
	readonly reason: string | null;
	readonly since: string | null;
};

/** Failures that look the same. */
export type FailureDocument = {
	readonly event: string | null;
	readonly script: string | null;
	/** What happened, in a word or two: `exit 127`. */
	readonly word: string;
	readonly targets: readonly string[];
	/** The targets did not fail by themselves: the stop cut them short. */
	readonly interrupted: boolean;
	readonly logLine: string | null;
	/** The best explanation; the ids are those of schemas/diagnosis.schema.json. */
	readonly cause: {
		readonly id: string;
		readonly title: string;
		readonly confidence: string;
		readonly firstStep: string | null;
	} | null;
};

export type RollbackDocument = {
	readonly deploymentId: string;
	/** This other deployment takes back the one that the document is about, or is what that takes back. */
	readonly role: 'rollback' | 'original';
	readonly status: string | null;
	readonly targets: CountsDocument | null;
};

export type UnreadDocument = { readonly what: string; readonly why: string };

export type ProblemDocument = {
	/** Of the closed set of kinds of failure; `missing`: there is no such deployment, group or application. */
	readonly kind: string;
	readonly message: string;
};

/** What a snapshot is beside the state. */
export type StatusFrame = {
	readonly exitCode: number;
	readonly unread: readonly UnreadDocument[];
};

/** A deployment at this moment, as a document. */
export function statusDocument(state: AppState, id: DeploymentId, frame: StatusFrame): StatusDocument {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	const { region, profile } = state.session;
	return {
		schema: statusSchema,
		at: isoTime(state.now),
		deploymentId: id,
		region,
		profile: profile ?? null,
		exitCode: frame.exitCode,
		...identityFields(data),
		...timeFields(data, state.now),
		targets: data?.overview ? countsDocument(data.overview) : null,
		trafficShiftedPercent: movedPercent(rollout) ?? null,
		eta: etaDocument(rollout, state.now),
		deadlines: deadlineDocuments(rollout, state.now),
		healthBudget: budgetDocument(rollout),
		alarms: selectAlarms(rollout).map(each => alarmDocument(rollout, each)),
		failures: failureDocuments(state, rollout),
		error: data?.error ?? null,
		rollback: rollbackDocument(state, data),
		consoleUrl: state.session.endpointUrl === undefined ? deploymentConsoleUrl(region, id) : null,
		unread: frame.unread,
		problem: null,
	};
}

/** There is no snapshot: what is told instead. */
export function noStatusDocument(
	subject: { readonly deploymentId?: string; readonly application?: string; readonly group?: string },
	frame: {
		readonly at: number;
		readonly session?: Pick<AppState['session'], 'region' | 'profile'>;
		readonly exitCode: number;
		readonly problem: ProblemDocument;
	},
): StatusDocument {
	return {
		schema: statusSchema,
		at: isoTime(frame.at),
		deploymentId: subject.deploymentId ?? null,
		region: frame.session?.region ?? null,
		profile: frame.session?.profile ?? null,
		exitCode: frame.exitCode,
		...identityFields(undefined),
		application: subject.application ?? null,
		group: subject.group ?? null,
		...timeFields(undefined, frame.at),
		targets: null,
		trafficShiftedPercent: null,
		eta: null,
		deadlines: [],
		healthBudget: null,
		alarms: [],
		failures: [],
		error: null,
		rollback: null,
		consoleUrl: null,
		unread: [],
		problem: frame.problem,
	};
}

const identityFields = (data: DeploymentSnapshot | undefined) => ({
	application: data?.application ?? null,
	group: data?.group ?? null,
	status: data?.status ?? null,
	ended: data !== undefined && hasEnded(data),
	platform: data?.platform ?? null,
	type: data?.type ?? null,
	configuration: data?.configName ?? null,
	revision: data?.revision ? describeRevision(data.revision) : null,
	description: data?.description ?? null,
	startedBy: data?.creator ?? null,
});

function timeFields(data: DeploymentSnapshot | undefined, now: number) {
	const elapsed = data && deploymentElapsedMs(data, now);
	return {
		createdAt: isoTime(data?.createdAt),
		startedAt: isoTime(data?.startedAt),
		endedAt: isoTime(data?.completedAt),
		elapsedSeconds: elapsed === undefined ? null : Math.round(elapsed / 1000),
	};
}

export function isoTime(at: number): string;
export function isoTime(at: number | undefined): string | null;
export function isoTime(at: number | undefined): string | null {
	return at === undefined ? null : new Date(at).toISOString();
}

/** The overview with its sum. */
export const countsDocument = (tally: Tally): CountsDocument => ({ total: tallyTotal(tally), ...tally });

export function etaDocument(rollout: Rollout, now: number): EtaDocument | null {
	const eta = etaOf(rollout, now);
	if (eta === undefined) return null;
	const { endsAt, leftMs, overMs, until } = eta;
	return {
		endsAt: isoTime(endsAt),
		secondsLeft: Math.round(leftMs / 1000),
		secondsOver: Math.round(overMs / 1000),
		until,
	};
}

/** A fleet that is stuck has one for each host. */
const deadlineLimit = 10;

const deadlineDocuments = (rollout: Rollout, now: number): readonly DeadlineDocument[] =>
	deadlinesOf(rollout)
		.filter(deadline => isPressing(deadline, now))
		.slice(0, deadlineLimit)
		.map(deadline => ({
			kind: deadline.kind,
			at: isoTime(deadline.at),
			secondsLeft: Math.max(0, Math.round((deadline.at - now) / 1000)),
			inferred: deadline.isInferred,
			target: deadline.target ?? null,
			event: deadline.event ?? null,
			percent: deadline.percent ?? null,
			text: deadlineWords(deadline, now),
		}));

function budgetDocument(rollout: Rollout): StatusDocument['healthBudget'] {
	const { data } = rollout.deployment;
	if (!data || hasEnded(data)) return null;
	const minimum = rollout.config.data?.minimumHealthyHosts;
	const budget = healthBudget(minimum, budgetTally(data, rollout.targets.values()));
	if (budget.type === 'unknown') return null;
	const { type, minimumHealthy } = budget;
	return { state: type, failuresLeft: type === 'left' ? budget.failures : null, minimumHealthy };
}

function alarmDocument(rollout: Rollout, entry: ReturnType<typeof selectAlarms>[number]): AlarmDocument {
	const { name, alarm } = entry;
	return {
		name,
		state: alarm?.state ?? (isDeleted(rollout, entry) ? 'DELETED' : null),
		reason: alarm?.reason ?? null,
		since: isoTime(alarm?.stateChangedAt),
	};
}

/** Equal failures together, the largest group first. */
export function failureDocuments(state: AppState, rollout: Rollout): readonly FailureDocument[] {
	const explanations = selectExplanations(state, rollout);
	return selectClusters(rollout).map(cluster => {
		const [finding] = explainCluster(cluster, explanations);
		const { event, script, word, targets, interrupted } = cluster;
		return {
			event: event || null,
			script: script || null,
			word,
			targets,
			interrupted,
			logLine: firstErrorLine(cluster) || null,
			cause: finding
				? {
						id: finding.cause,
						title: finding.title,
						confidence: finding.confidence,
						firstStep: finding.remedy.steps[0] ?? null,
					}
				: null,
		};
	});
}

function rollbackDocument(state: AppState, data: DeploymentSnapshot | undefined): RollbackDocument | null {
	const link = linkedDeployment(data);
	if (!link) return null;
	const other = rolloutOf(state, link.id).deployment.data;
	return {
		deploymentId: link.id,
		role: link.role,
		status: other?.status ?? null,
		targets: other?.overview ? countsDocument(other.overview) : null,
	};
}
