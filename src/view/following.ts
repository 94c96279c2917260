import { isFree, selectNext } from '../monitor/follow.ts';
import { type AppState, watchedRollout } from '../monitor/state.ts';
import { keyHint } from './keys/hint.ts';
import { bold, dim, type Segment, segment } from './line.ts';
import { happened, type Outcome } from './outcome.ts';

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
