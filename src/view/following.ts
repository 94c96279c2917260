import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { isByAutoScaling } from '../domain/story.ts';
import { formatAge } from '../lib/duration.ts';
import { selectChapters } from '../monitor/chapters.ts';
import { isFree, selectNext } from '../monitor/follow.ts';
import { type AppState, type Rollout, watchedRollout } from '../monitor/state.ts';
import { keyHint } from './keys/hint.ts';
import { bold, dim, type Line, type Segment, segment, spreadCutting } from './line.ts';
import { happened, type Outcome } from './outcome.ts';
import { awaitsItsRollback } from './story.ts';

/** The key that follows the group: on from the deployment that is watched, back to the newest, or off. */
export function switchFollowing(state: AppState): Outcome {
	const { follow, scope, now } = state;
	const said = (text: string) => ({ type: 'notice.shown', tone: 'info', text, at: now }) as const;
	if (!follow.on) {
		const { application, group } = watchedRollout(state).deployment.data ?? {};
		const name = application === undefined ? 'the group' : `${application} / ${group ?? '?'}`;
		return happened(
			{ type: 'follow.switched', on: true },
			said(`following ${name}: its next deployment comes here`),
		);
	}
	if (follow.lastId === scope.deploymentId)
		return happened({ type: 'follow.switched', on: false }, said('not following any more'));
	return {
		events: [{ type: 'scope.moved', deploymentId: follow.lastId, way: 'follow' }],
		effects: [{ type: 'refresh' }],
	};
}

/** What waits for somebody who is in the middle of something, and the way to it. */
export function nextLine(state: AppState): readonly Segment[] | undefined {
	const next = isFree(state) ? undefined : selectNext(state);
	if (!next) return undefined;
	return [segment('▸ ', 'running'), bold(next.id), segment(' has started'), ...wayThere(state)];
}

/** An answer, or as many times Esc as there are screens. */
const wayThere = (state: AppState): readonly Segment[] =>
	state.ui.confirmation
		? [dim('  after your answer')]
		: [dim('  '), bold(keyHint(state, 'back')), dim(' back to follow it')];

/** `▸ d-… has started in this group  2 h ago   F follow`, where the group is known to have gone on from what is over. */
export function goneOnLine(state: AppState, watched: Rollout): Line | undefined {
	const deployment = watched.deployment.data;
	const last = watched.group.data?.lastAttempted;
	if (!deployment || !last || state.follow.on) return undefined;
	if (!hasEnded(deployment) || awaitsItsRollback(state, watched)) return undefined;
	const { createdAt = -Infinity } = last;
	if (createdAt <= (deployment.createdAt ?? Infinity) || isOwn(state, watched, last.id)) return undefined;
	const { columns } = state.ui.size;
	const where = columns < 56 ? '' : ' in this group';
	const age = columns < 68 ? '' : `  ${formatAge(Math.max(0, state.now - createdAt))} ago`;
	const said = [segment('▸ ', 'running'), bold(last.id), segment(` has started${where}`), dim(age)];
	return spreadCutting(said, [bold(keyHint(state, 'follow.group')), dim(' follow')], columns);
}

/** Whether it belongs to the story of the watched one, or may be Auto Scaling's, which is no next one. */
function isOwn(state: AppState, watched: Rollout, id: DeploymentId): boolean {
	if (selectChapters(state.rollouts, watched.id).some(chapter => chapter.id === id)) return true;
	const known = state.rollouts.get(id)?.deployment.data;
	return known ? isByAutoScaling(known) : (watched.group.data?.autoScalingGroups ?? []).length > 0;
}
