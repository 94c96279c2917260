import { build, checkoutGroup, quietDays } from './cast.ts';
import type { Scenario } from './scenario.ts';

/** The group scales out under load, twice: the machines get what the group ran before, and are updated afterwards. */
export const autoScaling: Scenario = {
	name: 'auto-scaling',
	title: 'Three machines are launched during a rollout, get the old revision, and are updated after it',
	group: {
		...checkoutGroup,
		deploysTo: { type: 'fleet', hosts: 12, loadBalancer: true, autoScaling: true },
	},
	history: quietDays,
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	later: [
		{ revision: build(4699), agoMs: -14_000, launched: 2 },
		{ revision: build(4699), agoMs: -22_000, launched: 1 },
	],
	revisions: [
		{ revision: build(4711), script: { pace: 0.8 } },
		{ revision: build(4699), script: { pace: 0.45 } },
	],
};
