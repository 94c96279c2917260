import { agentStories } from './failure-stories/agent-stories.ts';
import { bundleStories } from './failure-stories/bundle-stories.ts';
import { scriptStories } from './failure-stories/script-stories.ts';
import { serviceStories } from './failure-stories/service-stories.ts';

/** One small story for every way in which a deployment to machines is known to fail. */
export const failureStories = [
	...agentStories,
	...scriptStories,
	...bundleStories,
	...serviceStories,
] as const;
