import type { Finding } from '../../diagnosis/finding.ts';
import { deploymentConsoleUrl } from '../../domain/console-link.ts';
import { isPressing } from '../../domain/deadline.ts';
import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import { budgetTally, healthBudget } from '../../domain/health-budget.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { describeRevision } from '../../domain/revision.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { isDeleted, selectAlarms } from '../alarm-strip.ts';
import { deadlinesOf, deadlineWords } from '../deadlines.ts';
import { etaOf } from '../eta.ts';
import { explainCluster, selectExplanations } from '../explanations.ts';
import { firstErrorLine, selectClusters } from '../problem-lines.ts';
import { movedPercent } from '../traffic-lines.ts';
import { countsDocument, isoTime } from './fields.ts';
import {
	type AlarmDocument,
	type DeadlineDocument,
	type EtaDocument,
	type FailureDocument,
	type ProblemDocument,
	type RollbackDocument,
	type StatusDocument,
	statusSchema,
	type UnreadDocument,
} from './status-document.ts';

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
function failureDocuments(state: AppState, rollout: Rollout): readonly FailureDocument[] {
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
			cause: causeDocument(finding),
		};
	});
}

/** What explains a failure, in short. */
export const causeDocument = (finding: Finding | undefined): FailureDocument['cause'] =>
	finding
		? {
				id: finding.cause,
				title: finding.title,
				confidence: finding.confidence,
				firstStep: finding.remedy.steps[0] ?? null,
			}
		: null;

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
