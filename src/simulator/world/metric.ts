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
	/** A time at which it was worse for reasons of its own. */
	readonly spike?: MetricSpike;
};

/** `agoMs` before the story began, in the clock's time. */
export type MetricSpike = { readonly agoMs: number; readonly lastsMs: number; readonly by: number };

export type Metric = {
	readonly script: MetricScript;
	/** Its first datapoint, epoch milliseconds, on a full minute. */
	readonly since: number;
	/** The value of the period of `periodMs` that begins at `at`. A function of time: asking again gives the same. */
	valueAt(at: number, periodMs: number): number;
};

/** `storyAt`: when the story begins, epoch milliseconds. */
export function createMetric(
	script: MetricScript,
	{ since, storyAt }: { readonly since: number; readonly storyAt: number },
	chance: Chance,
	exposure: Exposure,
): Metric {
	return {
		script,
		since: Math.floor(since / 60_000) * 60_000,
		valueAt(at, periodMs) {
			const noise = (chance(`metric ${script.name} ${at}`)() * 2 - 1) * script.noise;
			const middle = at + periodMs / 2;
			const usual = script.baseline + noise + spikeAt(script, middle - storyAt);
			const value = usual + script.reaction * exposure.levelAt(middle);
			return Number(Math.max(0, value).toFixed(script.digits));
		},
	};
}

function spikeAt({ spike }: MetricScript, sinceStoryMs: number): number {
	if (spike === undefined) return 0;
	const { agoMs, lastsMs, by } = spike;
	return sinceStoryMs >= -agoMs && sinceStoryMs < lastsMs - agoMs ? by : 0;
}
