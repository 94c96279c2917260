import type { AuditEntry } from '../../actions/audit.ts';
import { hasEnded } from '../../domain/deployment.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { failedEvent } from '../../domain/target.ts';
import { formatTimestamp } from '../../lib/duration.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { selectAlarms } from '../alarm-strip.ts';
import { selectClusters } from '../problem-lines.ts';
import { code, some } from './markdown.ts';

/** `text` is Markdown. Moments without a time are not told. */
type Moment = { readonly at: number | undefined; readonly text: string };

const momentLimit = 80;

/** What happened, in order: start, first failures, alarms, what was done, rollback, end. */
export function timelineSection(state: AppState, rollout: Rollout, audit: readonly AuditEntry[]): string {
	const moments = [
		...deploymentMoments(rollout, `the deployment ${code(rollout.id)}`),
		...failureMoments(rollout),
		...alarmMoments(rollout),
		...audit.flatMap(auditMoment),
		...rollbackMoments(state, rollout),
	];
	const known = moments.flatMap(({ at, text }) =>
		at === undefined || Number.isNaN(at) ? [] : [{ at, text }],
	);
	const { shown, more } = some(
		known.toSorted((a, b) => a.at - b.at),
		momentLimit,
	);
	if (shown.length === 0) return 'Nothing is known yet.';
	return shown.map(({ at, text }) => `- ${formatTimestamp(at)}: ${text}`).join('\n') + more;
}

function deploymentMoments({ deployment: { data } }: Rollout, what: string): readonly Moment[] {
	if (!data) return [];
	const { createdAt, startedAt, completedAt, status, error } = data;
	const why = error ? `: ${code(error.code)}` : '';
	return [
		{ at: createdAt, text: `${what} was created${data.creator ? ` by ${code(data.creator)}` : ''}` },
		{ at: startedAt, text: `${what} started` },
		{ at: hasEnded(data) ? completedAt : undefined, text: `${what} ended ${code(status)}${why}` },
	];
}

/** The first of each kind of failure, and the last of all. */
function failureMoments(rollout: Rollout): readonly Moment[] {
	const clusters = selectClusters(rollout).map(({ event, word, targets, firstFailedAt }): Moment => {
		const count = targets.length === 1 ? '' : `, on the first of ${targets.length} targets`;
		const where = event === '' ? '' : `${code(event)} failed: `;
		return { at: firstFailedAt, text: `${where}${code(word)}${count}` };
	});
	const ends = [...rollout.targets.values()].flatMap(target => failedEvent(target)?.endedAt ?? []);
	if (ends.length < 2) return clusters;
	return [...clusters, { at: ends.reduce((a, b) => Math.max(a, b)), text: 'the last failure of a target' }];
}

/** From the plots if they were looked at, else the latest change of each. */
function alarmMoments(rollout: Rollout): readonly Moment[] {
	const { createdAt, startedAt } = rollout.deployment.data ?? {};
	const from = createdAt ?? startedAt ?? 0;
	return selectAlarms(rollout).flatMap(({ name, alarm }) => {
		const changes = rollout.plots.get(name)?.data?.transitions ?? [];
		if (changes.length > 0)
			return changes
				.filter(({ at }) => at >= from)
				.map(change => ({
					at: change.at,
					text: `alarm ${code(name)}: ${code(change.from)} → ${code(change.to)}`,
				}));
		if (alarm?.stateChangedAt === undefined || alarm.stateChangedAt < from) return [];
		return [{ at: alarm.stateChangedAt, text: `alarm ${code(name)}: → ${code(alarm.state)}` }];
	});
}

/** What was asked for; that it was about to be sent is told in the trail. */
function auditMoment({ time, outcome, action, target }: AuditEntry): readonly Moment[] {
	if (outcome === 'sending') return [];
	const where = target === undefined ? '' : ` on ${code(target)}`;
	return [{ at: Date.parse(time), text: `with rollcall: ${code(action)}${where}: ${code(outcome)}` }];
}

function rollbackMoments(state: AppState, rollout: Rollout): readonly Moment[] {
	const link = linkedDeployment(rollout.deployment.data);
	if (!link) return [];
	const what = link.role === 'rollback' ? 'the rollback' : 'the deployment that is rolled back,';
	return deploymentMoments(rolloutOf(state, link.id), `${what} ${code(link.id)}`);
}
