import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { isByAutoScaling } from '../domain/story.ts';
import type { AppState } from './state.ts';
import { currentScreen } from './ui-state.ts';

/** Whether the watch goes on to the next deployment of the group when that starts. */
export type Follow = {
	readonly on: boolean;
	/** What it has gone on to last, or began with: only what is newer is the next. */
	readonly lastId: DeploymentId;
};

/**
 * The deployment that the watch would go on to: the newest of the group that came after the last one, be it a release, a
 * rollback or a follow-on. What Auto Scaling does for machines of its own is none. Undefined while nothing is followed.
 */
export function selectNext({ follow, rollouts }: AppState): DeploymentSnapshot | undefined {
	const last = follow.on ? rollouts.get(follow.lastId)?.deployment.data : undefined;
	if (last?.createdAt === undefined || last.group === undefined) return undefined;
	let next: DeploymentSnapshot = last;
	for (const { deployment } of rollouts.values()) {
		const each = deployment.data;
		if (!each || each.application !== last.application || each.group !== last.group) continue;
		if ((each.createdAt ?? -Infinity) > (next.createdAt ?? Infinity) && !isByAutoScaling(each)) next = each;
	}
	return next === last ? undefined : next;
}

/** Nobody is in the middle of something: the screen may go on to another deployment by itself. */
export const isFree = ({ ui }: AppState): boolean =>
	currentScreen(ui).type === 'deployment' && !ui.prompt && !ui.confirmation;
