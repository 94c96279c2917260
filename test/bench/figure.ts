/** One measured figure: a median with its spread, and how it stands to a baseline of the same run. */
export type Figure = {
	readonly name: string;
	readonly unit: string;
	readonly value: number;
	/** What the middle 80 % of the samples lie between; unset for what is counted, not timed. */
	readonly spread?: readonly [number, number];
	readonly samples?: number;
	readonly baseline?: { readonly name: string; readonly value: number };
	/** What is to be reached, in words, and whether it is. */
	readonly goal?: string;
	readonly reached?: boolean;
};

/** A part of the suite. */
export type Bench = {
	readonly name: string;
	/** Measures; `say` tells what it is at. */
	measure(say: (line: string) => void): Promise<readonly Figure[]>;
};

/** The value below which `share` (0 to 1) of the samples lie. */
export function percentile(samples: readonly number[], share: number): number {
	const sorted = samples.toSorted((a, b) => a - b);
	const at = Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1));
	const value = sorted[at];
	if (value === undefined) throw new Error('there are no samples');
	return value;
}

export const median = (samples: readonly number[]): number => percentile(samples, 0.5);

/** The median of samples as a figure, with its spread. */
export function figureOf(
	name: string,
	unit: string,
	samples: readonly number[],
	more: Partial<Figure> = {},
): Figure {
	return {
		name,
		unit,
		value: median(samples),
		spread: [percentile(samples, 0.1), percentile(samples, 0.9)],
		samples: samples.length,
		...more,
	};
}

/** A figure held against a multiple of its baseline. */
export function against(
	figure: Figure,
	baseline: { readonly name: string; readonly value: number },
	times: number,
): Figure {
	const reached = figure.value <= times * baseline.value;
	return { ...figure, baseline, goal: `≤ ${times} × ${baseline.name}`, reached };
}

/** A figure held against a fixed value in its own unit. */
export const atMost = (figure: Figure, most: number): Figure => ({
	...figure,
	goal: `≤ ${most} ${figure.unit}`,
	reached: figure.value <= most,
});

/** The figures as a table in Markdown. */
export function markdownTable(figures: readonly Figure[]): string {
	const head = '| figure | median (p10–p90) | baseline in the same run | ratio | goal | reached |';
	return [head, '| --- | --- | --- | --- | --- | --- |', ...figures.map(row)].join('\n');
}

function row({ name, unit, value, spread, baseline, goal, reached }: Figure): string {
	const range = spread ? ` (${short(spread[0])}–${short(spread[1])})` : '';
	const cells = [
		name,
		`${short(value)}${range} ${unit}`,
		baseline ? `${baseline.name}: ${short(baseline.value)} ${unit}` : '',
		baseline && baseline.value > 0 ? `${ratio(value / baseline.value)} ×` : '',
		goal ?? '',
		reached === undefined ? '' : reached ? 'yes' : 'no',
	];
	return `| ${cells.join(' | ')} |`;
}

const ratio = (times: number): string => times.toFixed(times < 0.1 ? 4 : 2);

const short = (value: number): string =>
	value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2).replace(/\.?0+$/, '');
