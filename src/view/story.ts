import { type DeploymentSnapshot, hasEnded } from '../domain/deployment.ts';
import { effectiveAutoRollback } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { nameRevision } from '../domain/revision.ts';
import { tallyTotal } from '../domain/tally.ts';
import { isSettled } from '../domain/target.ts';
import { formatAge } from '../lib/duration.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import { markOf } from './glyphs.ts';
import { bold, dim, type Line, type Segment, segment, spread, spreadCutting } from './line.ts';

/** A deployment and the one that undoes it, told together. */
export type Story = {
	/** The deployment that failed or was stopped. */
	readonly original: Rollout;
	/** The deployment that takes it back. */
	readonly rollback: Rollout;
	/** The one of the two that is not on the screen. */
	readonly other: Rollout;
};

/** The id at the other end of a rollback link, and which end it is. */
export function linkedDeployment(
	deployment: DeploymentSnapshot | undefined,
): { readonly id: DeploymentId; readonly role: 'original' | 'rollback' } | undefined {
	const { rollbackDeploymentId, triggeringDeploymentId } = deployment?.rollback ?? {};
	if (rollbackDeploymentId) return { id: rollbackDeploymentId, role: 'rollback' };
	if (triggeringDeploymentId) return { id: triggeringDeploymentId, role: 'original' };
	return undefined;
}

/** The story that the watched deployment is part of, if there is one. */
export function selectStory(state: AppState, watched: Rollout): Story | undefined {
	const link = linkedDeployment(watched.deployment.data);
	if (!link) return undefined;
	const other = rolloutOf(state, link.id);
	return link.role === 'rollback'
		? { original: watched, rollback: other, other }
		: { original: other, rollback: watched, other };
}

/** One line that tells the other half: `↩ rolled back by d-… ✓ Succeeded 60/60   tab go there`. */
export function storyLine(state: AppState, watched: Rollout): Line | undefined {
	const story = selectStory(state, watched);
	if (!story) return waitingForRollback(state, watched);
	const role = story.other === story.rollback ? 'rolled back by ' : 'rolls back ';
	const left: readonly Segment[] = [
		segment('↩ ', 'attention'),
		segment(role),
		bold(story.other.id),
		...progress(story.other),
	];
	const { columns } = state.ui.size;
	return spreadCutting(left, [bold('tab'), ...(columns < 56 ? [] : [dim(' go there')])], columns);
}

function progress(rollout: Rollout): readonly Segment[] {
	const deployment = rollout.deployment.data;
	if (!deployment) return [dim('  asking')];
	const mark = markOf(deployment.status);
	const tally = deployment.overview;
	const counts = tally ? `  ${tally.succeeded}/${tallyTotal(tally)}` : '';
	const revision = deployment.revision ? `  ${nameRevision(deployment.revision)}` : '';
	return [segment(`  ${mark.glyph} ${deployment.status}`, mark.tone), segment(counts), dim(revision)];
}

/** Between the failure and the rollback's first sign there is a pause that looks like nothing happens. */
const rollbackAppearsWithinMs = 60_000;

function waitingForRollback(state: AppState, watched: Rollout): Line | undefined {
	const deployment = watched.deployment.data;
	if (!deployment || !hasEnded(deployment)) return undefined;
	const message = deployment.rollback?.message;
	if (message) return spread([segment('↩ ', 'attention'), segment(message)], [], state.ui.size.columns);
	if (!expectsRollback(state, watched)) return undefined;
	const since = state.now - (deployment.completedAt ?? state.now);
	return spread(
		[segment('↩ ', 'attention'), segment('waiting for the automatic rollback'), dim(`  ${formatAge(since)}`)],
		[],
		state.ui.size.columns,
	);
}

/** Whether an automatic rollback should follow that has not shown itself yet. */
function expectsRollback(state: AppState, watched: Rollout): boolean {
	const deployment = watched.deployment.data;
	if (!deployment || !hasEnded(deployment) || deployment.status === 'Succeeded') return false;
	if (linkedDeployment(deployment) || deployment.rollback?.message) return false;
	const automatic = effectiveAutoRollback(deployment, watched.group.data);
	if (!automatic?.enabled || !rollsBackOn(deployment, automatic.events)) return false;
	return state.now - (deployment.completedAt ?? state.now) <= rollbackAppearsWithinMs;
}

/** The last targets' answers arrive a little after the deployment's end; some never settle, and are not waited for. */
const targetsSettleWithinMs = 20_000;

/** Whether nothing more will happen to a deployment: it has ended, everything of it is read, and so has its rollback. */
export function isStoryOver(state: AppState, id: DeploymentId): boolean {
	const rollout = rolloutOf(state, id);
	const deployment = rollout.deployment.data;
	if (!deployment || !hasEnded(deployment) || expectsRollback(state, rollout)) return false;
	const unsettled = [...rollout.targets.values()].some(target => !isSettled(target, true));
	if (unsettled && state.now - (deployment.completedAt ?? state.now) <= targetsSettleWithinMs) return false;
	const link = linkedDeployment(deployment);
	if (link?.role !== 'rollback') return true;
	const rollback = rolloutOf(state, link.id).deployment.data;
	return rollback !== undefined && hasEnded(rollback);
}

function rollsBackOn(deployment: DeploymentSnapshot, events: readonly string[]): boolean {
	if (deployment.status === 'Failed') return events.includes('DEPLOYMENT_FAILURE');
	const event =
		deployment.error?.code === 'ALARM_ACTIVE' ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST';
	return events.includes(event);
}
