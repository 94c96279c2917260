import type { Failure, Mishap, RevisionScript } from '../world/script.ts';
import { build, checkoutGroup, fleetOf } from './cast.ts';
import { checkout5xx, checkoutP99 } from './checkout-alarms.ts';
import type { PastRollout, Scenario } from './scenario.ts';

/** Four weeks of releases, to be learnt from: they take longer and longer, and one host fails more than the others. */

const hourMs = 3_600_000;
const flakyHost = 7;
const script = 'scripts/application_start.sh';

/** Three causes, which one hook has in common. */
const causes = {
	port: { type: 'agent', case: 'port-in-use-python', script },
	module: { type: 'agent', case: 'node-module-not-found', script },
	database: { type: 'agent', case: 'db-connection-refused', script },
} as const satisfies Record<string, Failure>;

/** How a release went: what failed on half of the fleet, or on the flaky host alone, or who stopped it. */
type Outcome = keyof typeof causes | 'succeeded' | 'flaky' | 'unchecked' | 'alarm' | 'person';

/** Oldest first. */
const outcomes: readonly Outcome[] = [
	...(['succeeded', 'succeeded', 'module', 'succeeded', 'flaky', 'succeeded'] as const),
	...(['succeeded', 'person', 'succeeded', 'database', 'flaky', 'succeeded'] as const),
	...(['alarm', 'succeeded', 'succeeded', 'port', 'port', 'flaky'] as const),
	...(['succeeded', 'alarm', 'succeeded', 'unchecked', 'flaky', 'database', 'succeeded'] as const),
];

const firstBuild = 4540;
const buildOf = (index: number) => build(firstBuild + 6 * index);
/** A little more than a day, so that releases are not always at the same time of day. */
const everyMs = 27 * hourMs;

function pastRollout(outcome: Outcome, index: number): PastRollout {
	const agoMs = (outcomes.length - index) * everyMs;
	const past = { revision: buildOf(index), description: `Release ${index + 1}`, agoMs };
	if (outcome === 'person') return { ...past, stoppedAfterMs: 9000 };
	if (outcome === 'alarm')
		return { ...past, stoppedAfterMs: 45_000, stoppedByAlarms: [checkout5xx.alarm.name] };
	return past;
}

function scriptOf(outcome: Outcome, index: number): RevisionScript {
	const pace = 0.5 + (1.1 * index) / outcomes.length;
	const mishaps = mishapsOf(outcome);
	return { pace, ...(mishaps.length > 0 && { mishaps }) };
}

function mishapsOf(outcome: Outcome): readonly Mishap[] {
	switch (outcome) {
		case 'port':
		case 'module':
		case 'database':
			return [{ hosts: [0, 1, 2, 4, 5, flakyHost, 8], event: 'ApplicationStart', failure: causes[outcome] }];
		case 'unchecked':
			return [
				{
					hosts: [0, 1, 2, 3, 4, 5],
					event: 'ValidateService',
					failure: { type: 'agent', case: 'health-503' },
				},
			];
		case 'flaky':
			return [
				{ hosts: [flakyHost], event: 'AfterInstall', failure: { type: 'agent', case: 'killed-oom-child' } },
			];
		default:
			return [];
	}
}

export const eventfulHistory: Scenario = {
	name: 'eventful-history',
	title: 'Four weeks of releases: some failed, some were stopped, one host fails more than the others',
	group: {
		...checkoutGroup,
		deploysTo: fleetOf(12),
		alarms: [checkout5xx.alarm.name, checkoutP99.alarm.name],
	},
	alarms: [checkout5xx, checkoutP99],
	history: outcomes.map(pastRollout),
	rollout: { revision: build(4711), description: 'Gift cards at checkout' },
	revisions: [
		...outcomes.map((outcome, index) => ({ revision: buildOf(index), script: scriptOf(outcome, index) })),
		{ revision: build(4711), script: { pace: 1.65 } },
	],
};
