import { type DeploymentSnapshot, deploymentElapsedMs } from '../deployment.ts';
import { isTelling } from '../history.ts';
import { median } from '../peers.ts';

/** What the releases that succeeded took, waits for people included. Milliseconds. */
export type RunTimes = {
	/** Over how many. */
	readonly count: number;
	readonly medianMs: number;
	/** Missing where they are too few for it. */
	readonly p90Ms?: number;
	readonly slowestMs: number;
	readonly trend?: Trend;
};

/** The median of the newer half beside that of the older one. */
export type Trend = {
	readonly direction: 'slower' | 'faster' | 'steady';
	readonly laterMs: number;
	readonly earlierMs: number;
};

/** Of fewer, the 90th percentile is nothing but the slowest. */
const enoughForP90 = 10;
/** Of fewer, either half is chance. */
const enoughForTrend = 6;
/** What comes and goes by itself is no trend. */
const steadyWithin = 0.1;

/** Undefined when no release has succeeded. `deployments`: newest first. */
export function measureRuns(deployments: readonly DeploymentSnapshot[]): RunTimes | undefined {
	const took = deployments.flatMap(each =>
		isTelling(each) && each.completedAt !== undefined
			? (deploymentElapsedMs(each, each.completedAt) ?? [])
			: [],
	);
	if (took.length === 0) return undefined;
	const trend = took.length < enoughForTrend ? undefined : trendOf(took);
	return {
		count: took.length,
		medianMs: median(took),
		slowestMs: Math.max(...took),
		...(took.length >= enoughForP90 && { p90Ms: percentile(took, 90) }),
		...(trend && { trend }),
	};
}

function trendOf(newestFirst: readonly number[]): Trend {
	const half = Math.floor(newestFirst.length / 2);
	const laterMs = median(newestFirst.slice(0, half));
	const earlierMs = median(newestFirst.slice(-half));
	const change = earlierMs === 0 ? 0 : laterMs / earlierMs - 1;
	const direction = Math.abs(change) <= steadyWithin ? 'steady' : change > 0 ? 'slower' : 'faster';
	return { direction, laterMs, earlierMs };
}

/** The smallest value that `percent` of them do not exceed (nearest rank). `values` must not be empty. */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}
