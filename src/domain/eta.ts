import { hasEnded, isWaitingToReroute } from './deployment.ts';
import { estimateBlueGreen } from './eta-blue-green.ts';
import type { Estimate, EtaCase } from './eta-case.ts';
import { earliestEnd, estimateInPlace } from './eta-in-place.ts';
import { estimateShift } from './eta-shift.ts';
import { median } from './peers.ts';
import { tallyTotal } from './tally.ts';

/** When a rollout will probably be over. An estimate from what has been measured; where nothing was, there is none. */
export type Eta = {
	/** Epoch milliseconds. */
	readonly endsAt: number;
	/** Until then; 0 once it is past. */
	readonly leftMs: number;
	/** Since then: it takes longer than was expected. */
	readonly overMs: number;
	/** What comes then: the end, or that it waits for somebody to reroute traffic. */
	readonly until: 'end' | 'ready';
};

/**
 * When the rollout will be over; undefined where nothing was measured, when it has ended, and while it waits for a person.
 * `now` is epoch milliseconds.
 */
export function estimateEta(of: EtaCase, now: number): Eta | undefined {
	const { deployment } = of;
	if (hasEnded(deployment) || isWaitingToReroute(deployment)) return undefined;
	const estimate = estimateByEvents(of, now) ?? estimateByWholeRuns(of, now);
	if (!estimate || !Number.isFinite(estimate.endsAt)) return undefined;
	const leftMs = estimate.endsAt - now;
	return { ...estimate, leftMs: Math.max(0, leftMs), overMs: Math.max(0, -leftMs) };
}

function estimateByEvents(of: EtaCase, now: number): Estimate | undefined {
	switch (of.deployment.platform) {
		case 'ECS':
		case 'Lambda':
			return estimateShift(of, now);
		default:
			return of.deployment.type === 'BLUE_GREEN' ? estimateBlueGreen(of, now) : estimateInPlace(of, now);
	}
}

/** Fleets that differ by more than this share take another time. */
const similarFleet = 0.25;

/**
 * From earlier runs of the same kind as a whole, for when the targets' events cannot be read. Not of Server blue/green
 * deployments: they wait for people.
 */
function estimateByWholeRuns(of: EtaCase, now: number): Estimate | undefined {
	const { deployment, history } = of;
	const { startedAt, overview, configName, platform, type, rollback } = deployment;
	if (startedAt === undefined || !overview || !history) return undefined;
	if (platform !== 'ECS' && platform !== 'Lambda' && type === 'BLUE_GREEN') return undefined;
	if (rollback?.triggeringDeploymentId !== undefined) return undefined;
	const total = tallyTotal(overview);
	const alike = history.runs.filter(
		run => run.configName === configName && Math.abs(run.targets - total) <= similarFleet * total,
	);
	if (alike.length === 0) return undefined;
	const durationMs = median(alike.map(run => run.durationMs));
	const plannedAt = startedAt + durationMs;
	// A rollout that is late is not over because it should be.
	return { endsAt: Math.max(plannedAt, earliestEnd(of, durationMs, now) ?? plannedAt), until: 'end' };
}
