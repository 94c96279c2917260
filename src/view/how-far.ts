import { type Tally, tallyDone, tallyTotal } from '../domain/tally.ts';
import type { Rollout } from '../monitor/state.ts';
import { movedPercent } from './traffic-lines.ts';

/** In two halves, of which the first is what moves: `17` and `/40`, or `30` and ` %`. */
export type HowFar = readonly [done: string, of: string];

/**
 * Targets that are done, of all; or, where that is what moves, the share of the traffic, 0 to 100. Undefined while neither
 * is known.
 */
export function howFar(moved: number | undefined, overview: Tally | undefined): HowFar | undefined {
	if (moved !== undefined) return [String(Math.round(moved)), ' %'];
	return overview && [String(tallyDone(overview)), `/${tallyTotal(overview)}`];
}

/** How far a rollout is. */
export const howFarOf = (rollout: Rollout): HowFar | undefined =>
	howFar(movedPercent(rollout), rollout.deployment.data?.overview);

/** `17/40`, `30 %`; empty while not known. */
export const howFarWords = (far: HowFar | undefined): string => far?.join('') ?? '';
