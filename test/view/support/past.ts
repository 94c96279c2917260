import { learnHistory } from '../../../src/domain/history.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import { host, noon } from './cast.ts';
import { deployment, earlierId, numbered, watchedId } from './stories.ts';

/** The last deployment of the group, which went well. */
export const lastTime: AppEvent = {
	type: 'history.received',
	id: watchedId,
	history: learnHistory([
		{
			deployment: deployment({
				id: earlierId,
				status: 'Succeeded',
				startedAt: noon - 86_400_000,
				completedAt: noon - 86_300_000,
			}),
			targets: numbered(15, 24, number => host(number, 'Succeeded', { from: number - 15 - 86_400 })),
		},
	]),
	at: noon + 60_000,
};
