import { type DeploymentSnapshot, deploymentElapsedMs, hasEnded } from '../../domain/deployment.ts';
import type { DeploymentId } from '../../domain/ids.ts';
import { linkedDeployment } from '../../domain/rollback.ts';
import { namedEvent } from '../../domain/target.ts';
import { formatAge, formatDuration } from '../../lib/duration.ts';
import { type AppState, type Rollout, rolloutOf } from '../../monitor/state.ts';
import { timed } from '../change-lines.ts';
import { connectionProblem, isStale, pictureAgeMs } from '../freshness.ts';
import { awaitsItsRollback } from '../story.ts';
import { tallyWords } from '../summary.ts';
import { type Goal, goalProgress } from './goal.ts';
import { joined, progressWords, waitWords } from './status-text.ts';

/** A sign of life while nothing changes: how it stands, how long it will take, and what is waited for. */
export function heartbeatLine(state: AppState, id: DeploymentId, goal: Goal): string {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	const waiting = waitingFor(state, id, goal);
	if (!data) return timed(state.now, joined([`· ${id}`, waiting]));
	const elapsed = deploymentElapsedMs(data, state.now);
	const time = elapsed === undefined || hasEnded(data) ? '' : ` for ${formatDuration(elapsed)}`;
	const head = `· ${id} ${data.status}${time}  ${progressWords(state, rollout, data)}`;
	return timed(state.now, joined([head, waiting]));
}

/** What keeps a deployment from the goal now, in words that begin with `waiting`, or that say why nobody knows. */
export function waitingFor(state: AppState, id: DeploymentId, goal: Goal): string {
	const rollout = rolloutOf(state, id);
	const { data } = rollout.deployment;
	const problem = connectionProblem(state, rollout);
	if (problem !== undefined) return problem;
	if (!data) return 'waiting for the first answer';
	if (isStale(state, rollout))
		return `waiting for AWS · picture of ${formatAge(pictureAgeMs(state, rollout) ?? 0)} ago`;
	if (hasEnded(data)) return `waiting for ${afterEnd(state, rollout, data)}`;
	const progress = goalProgress(rollout, goal);
	const words = progress.type === 'waiting' ? progress.words : '';
	if (words !== '') return `waiting ${words}`;
	const wait = waitWords(rollout, data);
	return wait === '' ? runningWords(rollout) : wait;
}

function afterEnd(state: AppState, rollout: Rollout, data: DeploymentSnapshot): string {
	const link = linkedDeployment(data);
	const rollback = link?.role === 'rollback' ? rolloutOf(state, link.id).deployment.data : undefined;
	if (link?.role === 'rollback' && (!rollback || !hasEnded(rollback))) {
		const counts = rollback?.overview ? ` ${tallyWords(rollback.overview)}` : '';
		return `the rollback ${link.id} ${rollback?.status ?? ''}${counts}`.replace(/ +$/, '');
	}
	return awaitsItsRollback(state, rollout) ? 'the rollback to begin' : 'the last words of the targets';
}

/** As many events as there is room for on a line. */
const shownEvents = 3;

/** What the targets that run are at, most of them first: `waiting for ApplicationStart on 4 targets, Install on 2`. */
function runningWords({ targets }: Rollout): string {
	const counts = new Map<string, number>();
	for (const target of targets.values()) {
		const event = target.status === 'InProgress' ? namedEvent(target) : undefined;
		if (event) counts.set(event.name, (counts.get(event.name) ?? 0) + 1);
	}
	const sorted = [...counts].sort(([, a], [, b]) => b - a);
	const words = sorted
		.slice(0, shownEvents)
		.map(([name, count], index) =>
			index === 0 ? `${name} on ${count} ${count === 1 ? 'target' : 'targets'}` : `${name} on ${count}`,
		);
	return words.length === 0 ? '' : `waiting for ${words.join(', ')}`;
}
