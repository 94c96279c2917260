import type { Chance } from './chance.ts';
import type { Exposure } from './exposure.ts';

/** What a metric is, and how it behaves. */
export type MetricScript = {
	readonly namespace: string;
	readonly name: string;
	readonly dimensions: readonly { readonly Name: string; readonly Value: string }[];
	/** AWS: StandardUnit. */
	readonly unit: string;
	/** Where it lies when all is well, give or take `noise`. */
	readonly baseline: number;
	readonly noise: number;
	/** What it gains when a faulty revision answers everything. */
	readonly reaction: number;
	readonly digits: number;
};

export type Metric = {
	readonly script: MetricScript;
	/** Its first datapoint, epoch milliseconds, on a full minute. */
	readonly since: number;
	/** The value of the period of `periodMs` that begins at `at`. A function of time: asking again gives the same. */
	valueAt(at: number, periodMs: number): number;
};

export function createMetric(
	script: MetricScript,
	since: number,
	chance: Chance,
	exposure: Exposure,
): Metric {
	return {
		script,
		since: Math.floor(since / 60_000) * 60_000,
		valueAt(at, periodMs) {
			const noise = (chance(`metric ${script.name} ${at}`)() * 2 - 1) * script.noise;
			const value = script.baseline + noise + script.reaction * exposure.levelAt(at + periodMs / 2);
			return Number(Math.max(0, value).toFixed(script.digits));
		},
	};
}
