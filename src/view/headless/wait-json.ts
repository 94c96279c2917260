import { deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import { failureWord } from '../../domain/failure-reason.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { failedEvent } from '../../domain/target.ts';
import { type AppState, rolloutOf } from '../../monitor/state.ts';
import type { Change } from '../changes.ts';
import { describeFailure } from '../freshness.ts';
import { movedPercent } from '../traffic-lines.ts';
import { countsDocument, isoTime } from './fields.ts';
import type { Goal } from './goal.ts';
import { waitingFor } from './heartbeat.ts';
import type { Outcome } from './outcome.ts';
import type {
	CountsDocument,
	EtaDocument,
	FailureDocument,
	ProblemDocument,
	StatusDocument,
} from './status-document.ts';
import { causeDocument, etaDocument } from './status-json.ts';

/** The version of the lines of `rollcall wait --json`. */
const waitSchema = 'rollcall/wait/v1';

type Head = {
	readonly schema: typeof waitSchema;
	/** When it was seen, ISO 8601 in UTC. */
	readonly at: string;
};

/**
 * A line of `rollcall wait --json`: schemas/wait.schema.json describes it, and scripts depend on it. Every field of a type
 * is always there; what does not apply is null. Types may be added: leave out those that you do not know.
 */
export type WaitDocument = Head &
	(
		| StatusEvent
		| FailureEvent
		| {
				readonly type: 'alarm';
				readonly name: string;
				readonly state: string;
				readonly reason: string;
				readonly since: string | null;
		  }
		/** Whether AWS answers; `problem` is null when it does again. */
		| { readonly type: 'connection'; readonly problem: ProblemDocument | null }
		| HeartbeatEvent
		| SummaryEvent
		/** There is nothing to wait for: wrong usage, or AWS does not let anybody know. The last line. */
		| { readonly type: 'problem'; readonly exitCode: number; readonly problem: ProblemDocument }
	);

type StatusEvent = {
	readonly type: 'status';
	readonly deploymentId: string;
	/** The deployment that is waited for, the one that takes it back, or the one that it takes back. */
	readonly role: 'watched' | 'rollback' | 'original';
	readonly status: string;
	readonly ended: boolean;
	readonly targets: CountsDocument | null;
	readonly trafficShiftedPercent: number | null;
	readonly error: { readonly code: string; readonly message: string } | null;
};

type FailureEvent = {
	readonly type: 'failure';
	readonly target: string;
	readonly event: string | null;
	readonly script: string | null;
	readonly word: string | null;
	readonly message: string | null;
	readonly interrupted: boolean;
	readonly cause: FailureDocument['cause'];
};

type HeartbeatEvent = {
	readonly type: 'heartbeat';
	readonly deploymentId: string;
	readonly status: string | null;
	readonly targets: CountsDocument | null;
	readonly trafficShiftedPercent: number | null;
	readonly elapsedSeconds: number | null;
	readonly eta: EtaDocument | null;
	readonly waitingFor: string;
};

type SummaryEvent = {
	readonly type: 'summary';
	/**
	 * `reached` the goal; `ended` before that; `timed-out`; `lost`: AWS has not answered for too long; `interrupted`: the
	 * program was told to end. In the last three the deployment may still go on.
	 */
	readonly outcome: Outcome;
	readonly snapshot: StatusDocument;
};

const head = (at: number): Head => ({ schema: waitSchema, at: isoTime(at) });

/** A change as a line. */
export function changeDocument(change: Change, { now, session }: AppState): WaitDocument {
	switch (change.type) {
		case 'status': {
			const { deployment, rollout, role } = change;
			const { id, status, overview, error } = deployment;
			return {
				...head(now),
				type: 'status',
				deploymentId: id,
				role,
				status,
				ended: hasEnded(deployment),
				targets: overview ? countsDocument(overview) : null,
				trafficShiftedPercent: movedPercent(rollout) ?? null,
				error: error ?? null,
			};
		}
		case 'failure': {
			const { target, interrupted, finding } = change;
			const event = failedEvent(target);
			const diagnostics = event?.diagnostics;
			return {
				...head(now),
				type: 'failure',
				target: target.id,
				event: event?.name ?? null,
				script: diagnostics?.scriptName || null,
				word: diagnostics ? failureWord(diagnostics) : null,
				message: diagnostics?.message || null,
				interrupted,
				cause: causeDocument(finding),
			};
		}
		case 'alarm': {
			const { name, state, reason, stateChangedAt } = change.alarm;
			return { ...head(now), type: 'alarm', name, state, reason, since: isoTime(stateChangedAt) };
		}
		case 'connection': {
			const { failure } = change;
			const problem = failure && {
				kind: failure.kind,
				message: describeFailure(failure, session.profile),
			};
			return { ...head(now), type: 'connection', problem: problem ?? null };
		}
	}
}

/** The sign of life as a line. */
export function heartbeatDocument(state: AppState, id: DeploymentId, goal: Goal): WaitDocument {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	const elapsed = data && deploymentElapsedMs(data, state.now);
	return {
		...head(state.now),
		type: 'heartbeat',
		deploymentId: id,
		status: data?.status ?? null,
		targets: data?.overview ? countsDocument(data.overview) : null,
		trafficShiftedPercent: movedPercent(rollout) ?? null,
		elapsedSeconds: elapsed === undefined ? null : Math.round(elapsed / 1000),
		eta: etaDocument(rollout, state.now),
		waitingFor: waitingFor(state, id, goal),
	};
}

/** The last line of a wait. */
export const summaryDocument = (outcome: Outcome, snapshot: StatusDocument, now: number): WaitDocument => ({
	...head(now),
	type: 'summary',
	outcome,
	snapshot,
});

/** The only line of a wait that could not begin. */
export const problemDocument = (exitCode: number, problem: ProblemDocument, now: number): WaitDocument => ({
	...head(now),
	type: 'problem',
	exitCode,
	problem,
});
