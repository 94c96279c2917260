import type { DeploymentId } from '../ids.ts';
import { eventDurationMs } from '../lifecycle-event.ts';
import { median } from '../peers.ts';
import { failedEvent } from '../target.ts';
import type { RecordEvidence } from '../track-record.ts';
import { percentile } from './run-times.ts';

/** What a lifecycle event took in the latest releases that succeeded, over the targets that were looked at. */
export type HookTime = {
	readonly event: string;
	/** Over how many targets, and of how many deployments. */
	readonly count: number;
	readonly deployments: number;
	readonly medianMs: number;
	/** Missing where they are too few for it. */
	readonly p95Ms?: number;
	readonly slowestMs: number;
	/** The median of the latest of them, and that of all before it; missing where there is only one. */
	readonly change?: { readonly latestMs: number; readonly earlierMs: number };
	readonly latestIn: DeploymentId;
};

/** An event that failed, by the script that was to blame. */
export type HookFailures = {
	readonly event: string;
	/** As written in the AppSpec; empty when no script was involved. */
	readonly script: string;
	/** On how many targets in all, one counted once for each deployment. */
	readonly count: number;
	/** In which deployments, newest first. */
	readonly deployments: readonly DeploymentId[];
};

/** Of fewer, the 95th percentile is nothing but the slowest. */
const enoughForP95 = 20;

/** The slowest first. `evidence`: newest first. */
export function measureHooks(evidence: readonly RecordEvidence[]): readonly HookTime[] {
	const runs = evidence.map(({ deployment, targets }) => ({ id: deployment.id, took: tookByEvent(targets) }));
	const events = new Set(runs.flatMap(({ took }) => [...took.keys()]));
	return [...events]
		.flatMap(event => hookTime(event, runs))
		.filter(({ slowestMs }) => slowestMs > 0)
		.toSorted((a, b) => b.medianMs - a.medianMs);
}

type RunTimes = { readonly id: DeploymentId; readonly took: ReadonlyMap<string, readonly number[]> };

function hookTime(event: string, runs: readonly RunTimes[]): readonly HookTime[] {
	const [latest, ...earlier] = runs.flatMap(({ id, took }) => {
		const times = took.get(event);
		return times ? [{ id, times }] : [];
	});
	if (!latest) return [];
	const before = earlier.flatMap(({ times }) => times);
	const all = [...latest.times, ...before];
	return [
		{
			event,
			count: all.length,
			deployments: earlier.length + 1,
			medianMs: median(all),
			slowestMs: Math.max(...all),
			...(all.length >= enoughForP95 && { p95Ms: percentile(all, 95) }),
			...(before.length > 0 && { change: { latestMs: median(latest.times), earlierMs: median(before) } }),
			latestIn: latest.id,
		},
	];
}

function tookByEvent(targets: RecordEvidence['targets']): ReadonlyMap<string, readonly number[]> {
	const took = new Map<string, number[]>();
	for (const event of targets.flatMap(({ events }) => events)) {
		const ms = event.status === 'Succeeded' ? eventDurationMs(event, 0) : undefined;
		if (ms === undefined) continue;
		const known = took.get(event.name);
		if (known) known.push(ms);
		else took.set(event.name, [ms]);
	}
	return took;
}

/** Those that failed in the most deployments first, then on the most targets. `evidence`: newest first. */
export function countFailures(evidence: readonly RecordEvidence[]): readonly HookFailures[] {
	const failures = evidence.flatMap(({ deployment, targets }) =>
		targets.flatMap(target => {
			const event = failedEvent(target);
			const script = event?.diagnostics?.scriptName ?? '';
			return event ? [{ id: deployment.id, event: event.name, script }] : [];
		}),
	);
	const groups = Map.groupBy(failures, ({ event, script }) => JSON.stringify([event, script]));
	return [...groups.values()]
		.flatMap(group => {
			const [first] = group;
			if (!first) return [];
			const { event, script } = first;
			return [{ event, script, count: group.length, deployments: [...new Set(group.map(({ id }) => id))] }];
		})
		.toSorted((a, b) => b.deployments.length - a.deployments.length || b.count - a.count);
}
