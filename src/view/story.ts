import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { nameRevision } from '../domain/revision.ts';
import { awaitsRollback, isRolledBackAutomatically, linkedDeployment } from '../domain/rollback.ts';
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
function waitingForRollback(state: AppState, watched: Rollout): Line | undefined {
	const deployment = watched.deployment.data;
	if (!deployment || !hasEnded(deployment)) return undefined;
	const message = deployment.rollback?.message;
	if (message) return spread([segment('↩ ', 'attention'), segment(message)], [], state.ui.size.columns);
	if (!awaitsItsRollback(state, watched) || !isRolledBackAutomatically(deployment, watched.group.data)) {
		return undefined;
	}
	return spread(
		[
			segment('↩ ', 'attention'),
			segment('waiting for the automatic rollback'),
			dim(`  ${formatAge(endedForMs(state, watched))}`),
		],
		[],
		state.ui.size.columns,
	);
}

const endedForMs = (state: AppState, rollout: Rollout): number =>
	state.now - (rollout.endSeenAt ?? state.now);

/** Whether a deployment has ended in a way that AWS may still answer with a rollback. */
export function awaitsItsRollback(state: AppState, rollout: Rollout): boolean {
	const deployment = rollout.deployment.data;
	return (
		deployment !== undefined && awaitsRollback(deployment, rollout.group.data, endedForMs(state, rollout))
	);
}

/** The last targets' answers arrive a little after the deployment's end; some never settle, and are not waited for. */
const targetsSettleWithinMs = 30_000;

/** Whether nothing more will happen to a deployment: it has ended, everything of it is read, and so has its rollback. */
export function isStoryOver(state: AppState, id: DeploymentId): boolean {
	const rollout = rolloutOf(state, id);
	const deployment = rollout.deployment.data;
	if (!deployment || !hasEnded(deployment) || awaitsItsRollback(state, rollout)) return false;
	if (!isWhollyRead(rollout) && sinceWatchedMs(state, rollout) <= targetsSettleWithinMs) return false;
	const link = linkedDeployment(deployment);
	if (link?.role !== 'rollback') return true;
	const rollback = rolloutOf(state, link.id).deployment.data;
	return rollback !== undefined && hasEnded(rollback);
}

/** Every target is listed, read and final. */
function isWhollyRead({ listing, targetIds, targets }: Rollout): boolean {
	if (listing.data === undefined || targets.size < targetIds.length) return false;
	return [...targets.values()].every(target => isSettled(target, true));
}

/** For how long the end has been known here: it may have come long before anybody looked. */
const sinceWatchedMs = (state: AppState, rollout: Rollout): number =>
	state.now - Math.max(rollout.endSeenAt ?? state.now, state.session.startedAt);
