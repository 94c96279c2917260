import type { DeploymentSnapshot } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { type Chapter, storyOf } from '../domain/story.ts';
import { memoOne } from '../lib/memo.ts';
import type { AppState } from './state.ts';

/** The story that a deployment is part of, as far as it is known: oldest chapter first, at least the deployment itself. */
export const selectChapters = memoOne(
	(rollouts: AppState['rollouts'], id: DeploymentId): readonly Chapter[] => {
		const known = new Map<DeploymentId, DeploymentSnapshot>();
		for (const [each, { deployment }] of rollouts) if (deployment.data) known.set(each, deployment.data);
		return storyOf(id, known);
	},
);
