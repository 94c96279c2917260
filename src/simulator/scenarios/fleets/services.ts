import { rollsBackAlways } from '../cast.ts';
import type { GroupStory, StagedRollout } from '../scenario.ts';
import { functionVersion, taskDefinition } from '../traffic-stories.ts';
import { minutes } from './parts.ts';

/** What is no fleet of machines: an ECS service, a Lambda function. */

type Rollouts = readonly Omit<StagedRollout, 'revision'>[];

const daysBefore = [minutes(51 * 60), minutes(26 * 60)];

/** The service `payments`, which waits a while before the old task set goes. */
export function paymentsStory(name: string, configName: string, rollouts: Rollouts): GroupStory {
	return {
		group: {
			application: 'payments',
			name,
			configName,
			deploysTo: {
				type: 'ecs',
				cluster: name,
				service: 'payments',
				tasks: 8,
				blueGreen: { readyWaitMinutes: undefined, terminationWaitMinutes: 5 },
			},
			autoRollback: rollsBackAlways,
		},
		history: daysBefore.map((agoMs, at) => ({
			revision: taskDefinition(70 + at),
			description: 'Weekly release',
			agoMs: agoMs + minutes(20),
		})),
		rollouts: rollouts.map(rollout => ({ revision: taskDefinition(72), ...rollout })),
	};
}

/** The function `price-rules`. */
export function priceRulesStory(name: string, configName: string, rollouts: Rollouts): GroupStory {
	return {
		group: {
			application: 'price-rules',
			name,
			configName,
			deploysTo: { type: 'lambda', functionName: 'price-rules', alias: name },
			autoRollback: rollsBackAlways,
		},
		history: daysBefore.map(agoMs => ({
			revision: functionVersion(1),
			description: 'Weekly release',
			agoMs: agoMs + minutes(45),
		})),
		rollouts: rollouts.map(rollout => ({ revision: functionVersion(2), ...rollout })),
	};
}
