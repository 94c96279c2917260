import { defaultPlan, type PollPlan } from '../plan.ts';

/** How the contexts of a fleet are asked. What it shares with the watching of one deployment means the same. */
export type FleetPlan = PollPlan & {
	/** A sweep while something else is on the screen. */
	readonly backgroundMs: number;
	/** What sweeping may cost CodeDeploy meanwhile. */
	readonly backgroundCallsPerMinute: number;
	/** The list of deployments that are over is read this often. */
	readonly earlierMs: number;
	/** How old these may be; older ones are shown only where there is nothing else. */
	readonly earlierSpanMs: number;
	readonly keptEarlier: number;
	/** Targets of a row that fails, moves traffic or is looked at are read again this often at most. */
	readonly targetsMs: number;
};

/** How a deployment is watched beside a fleet that goes on sweeping: both together stay within what one may cost. */
export const besideFleet: Pick<PollPlan, 'callsPerMinute' | 'quietCallsPerMinute'> = {
	callsPerMinute: 36,
	quietCallsPerMinute: 12,
};

const second = 1_000;
const minute = 60 * second;

export const fleetPlan: FleetPlan = {
	...defaultPlan,
	turnMs: 5 * second,
	largeTurnMs: 5 * second,
	quietTurnMs: 10 * second,
	callsPerMinute: 49,
	quietCallsPerMinute: 24,
	groupMs: 5 * minute,
	backgroundMs: 15 * second,
	backgroundCallsPerMinute: 16,
	earlierMs: minute,
	earlierSpanMs: 24 * 60 * minute,
	keptEarlier: 50,
	targetsMs: 10 * second,
};
