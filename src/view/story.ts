import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { nameRevision } from '../domain/revision.ts';
import { awaitsRollback, isRolledBackAutomatically, linkedDeployment } from '../domain/rollback.ts';
import type { Chapter } from '../domain/story.ts';
import { tallyTotal } from '../domain/tally.ts';
import { isSettled } from '../domain/target.ts';
import { formatAge } from '../lib/duration.ts';
import { selectChapters } from '../monitor/chapters.ts';
import { type AppState, type Rollout, rolloutOf } from '../monitor/state.ts';
import { chapterParts } from './chapter-words.ts';
import { markOf } from './glyphs.ts';
import { keyHint } from './keys/hint.ts';
import {
	bold,
	dim,
	fitParts,
	type Line,
	type Segment,
	segment,
	segmentsWidth,
	spread,
	spreadCutting,
} from './line.ts';

/** The chapter of the story that follows on the watched one, round the end; undefined where there is no other. */
export function nextChapter(state: AppState, watched: Rollout): DeploymentId | undefined {
	const chapters = selectChapters(state.rollouts, watched.id);
	const index = chapters.findIndex(({ id }) => id === watched.id);
	const next = chapters[(index + 1) % chapters.length];
	return next?.id === watched.id ? undefined : next?.id;
}

/** One line that tells the rest of the story: `↩ rolled back by d-… ✓ Succeeded 60/60   tab go there`. */
export function storyLine(state: AppState, watched: Rollout): Line | undefined {
	const chapters = selectChapters(state.rollouts, watched.id);
	const link = linkedDeployment(watched.deployment.data);
	if (chapters.length < 2) return waitingForRollback(state, watched);
	if (chapters.length === 2 && link) return otherHalf(state, rolloutOf(state, link.id), link.role);
	return longStory(state, watched, chapters);
}

/** A deployment and the one that undoes it: each has the whole line on the other's screen. */
function otherHalf(state: AppState, other: Rollout, role: 'original' | 'rollback'): Line {
	const left: readonly Segment[] = [
		segment('↩ ', 'attention'),
		segment(role === 'rollback' ? 'rolled back by ' : 'rolls back '),
		bold(other.id),
		...progress(other),
	];
	return spreadCutting(left, tabKey(state, ' go there'), state.ui.size.columns);
}

/** More than two: as many of the phrases as there is room for. */
function longStory(state: AppState, watched: Rollout, chapters: readonly Chapter[]): Line {
	const { columns } = state.ui.size;
	const next = nextChapter(state, watched);
	const right = tabKey(state, columns < 90 ? ' next' : ` to ${next}`);
	const room = columns - 2 - segmentsWidth(right) - 2 - 2;
	const parts = fitParts(chapterParts(chapters, watched.id), room, separator.length);
	const isUndone = chapters.some(({ role }) => role === 'rollback');
	const phrases = parts.flatMap(({ segments }, index) =>
		index === 0 ? segments : [dim(separator), ...segments],
	);
	return spreadCutting([segment(isUndone ? '↩ ' : '+ ', 'attention'), ...phrases], right, columns);
}

const separator = ' · ';

const tabKey = (state: AppState, words: string): readonly Segment[] => [
	bold(keyHint(state, 'story')),
	...(state.ui.size.columns < 56 ? [] : [dim(words)]),
];

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
