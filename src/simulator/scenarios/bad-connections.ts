import { healthy } from './healthy.ts';
import type { Scenario } from './scenario.ts';

/** The rollout is fine; what lies between it and its watcher is not. */

export const throttled: Scenario = {
	...healthy,
	name: 'throttled',
	title: 'AWS throttles three calls in ten',
	faults: [{ type: 'throttle', probability: 0.3 }],
};

export const slowNetwork: Scenario = {
	...healthy,
	name: 'slow-network',
	title: 'Every answer takes two seconds',
	faults: [{ type: 'latency', latencyMs: 2000 }],
};

export const expiredCredentials: Scenario = {
	...healthy,
	name: 'expired-credentials',
	title: 'The credentials expire after half a minute, and are renewed half a minute later',
	faults: [{ type: 'expiredCredentials', fromMs: 30_000, toMs: 60_000 }],
};
