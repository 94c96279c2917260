import type { TargetId } from '../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { type AppState, watchedRollout } from '../../src/monitor/state.ts';
import { operations } from '../../src/monitor/watch.ts';
import { createBusyFleet } from '../monitor/support/busy-fleet.ts';
import { noon, target, targetIds } from '../monitor/support/snapshots.ts';
import { createStage, type Stage } from '../monitor/support/stage.ts';
import { type Bench, type Figure, figureOf, percentile } from './figure.ts';

/** A turn while things move, above 100 targets. */
const intervalMs = 5_000;
const minutes = 10;
const visibleRows = 40;

/**
 * How long a change at AWS takes to be known here, and what it costs to know it. In virtual time, with the default
 * budget: a fleet of 1,000 that never rests, seen second by second.
 */
export const freshness: Bench = {
	name: 'freshness',
	async measure(say) {
		say('how fresh 1,000 targets are, in virtual time');
		const { delays, calls } = await watchBusyFleet(1000);
		const quiet = await watchQuietFleet(1000);
		return [
			...(['failing', 'visible', 'off-screen'] as const).flatMap(kind => delayFigures(kind, delays[kind])),
			callsFigure('calls a minute, a quiet rollout of 1,000', quiet, 20),
			callsFigure('calls a minute, a busy rollout of 1,000', calls, 60),
		];
	},
};

type Kind = 'failing' | 'visible' | 'off-screen';

function delayFigures(kind: Kind, delays: readonly number[]): readonly Figure[] {
	const p50 = figureOf(`from AWS to here, a ${kind} target: p50`, 'ms', delays);
	const p95 = { ...p50, name: `from AWS to here, a ${kind} target: p95`, value: percentile(delays, 0.95) };
	const baseline = { name: 'the poll interval', value: intervalMs };
	if (kind === 'off-screen')
		return [
			{ ...p50, baseline },
			{ ...p95, baseline },
		];
	return [
		{ ...p50, baseline },
		{ ...p95, baseline, goal: '≤ the interval + 1 s', reached: p95.value <= intervalMs + 1000 },
	];
}

/** One call a target each 2 s, as a loop in a shell would do it. */
const naive = { name: 'one call a target each 2 s', value: 1000 * 30 };

const callsFigure = (name: string, calls: number, most: number): Figure => ({
	name,
	unit: 'calls',
	value: calls,
	baseline: naive,
	goal: `≤ ${most}`,
	reached: calls <= most,
});

/** What is on the screen: failures first, then what runs, as it is sorted. */
function visible(state: AppState): readonly TargetId[] {
	const { targetIds: ids, targets } = watchedRollout(state);
	const rank = (id: TargetId) => ['Failed', 'InProgress'].indexOf(targets.get(id)?.status ?? '') >>> 0;
	return ids.toSorted((a, b) => rank(a) - rank(b)).slice(0, visibleRows);
}

async function watchBusyFleet(count: number) {
	const fleet = createBusyFleet(count);
	const stage = createStage({ targets: [...fleet(noon).values()], visible });
	stage.aws.live = now => {
		stage.watched.targets = fleet(now);
	};
	stage.start();
	await stage.advance(60_000);
	const since = stage.clock.now();
	const changes = createChanges(fleet(since));
	for (let second = 0; second < minutes * 60; second += 1) {
		await stage.advance(1_000);
		const now = stage.clock.now();
		changes.happened(fleet(now), new Set(visible(stage.store.getState())), now);
		changes.seen(stage.rollout().targets, now);
	}
	const calls = busiestMinute(stage, since);
	await stage.stop();
	return { delays: changes.delays, calls };
}

type Fleet = ReadonlyMap<TargetId, TargetSnapshot>;

/** Changes at AWS that have not been seen here yet, and how long those took that have. */
function createChanges(start: Fleet) {
	const delays: Record<Kind, number[]> = { failing: [], visible: [], 'off-screen': [] };
	const open = new Map<TargetId, { readonly mark: string; readonly at: number; readonly kind: Kind }>();
	let before = start;
	return {
		delays,
		happened(current: Fleet, shown: ReadonlySet<TargetId>, now: number) {
			for (const [id, snapshot] of current) {
				const mark = markOf(snapshot);
				if (mark === markOf(before.get(id))) continue;
				const waiting = open.get(id);
				if (snapshot.status === 'Failed') open.set(id, { mark, at: now, kind: 'failing' });
				// What is overtaken by the next change was never to be seen: it counts from its own beginning.
				else open.set(id, { mark, at: waiting?.at ?? now, kind: waiting?.kind ?? kindOf(id, shown) });
			}
			before = current;
		},
		seen(targets: Fleet, now: number) {
			for (const [id, { mark, at, kind }] of open) {
				if (markOf(targets.get(id)) !== mark) continue;
				delays[kind].push(now - at);
				open.delete(id);
			}
		},
	};
}

const kindOf = (id: TargetId, shown: ReadonlySet<TargetId>): Kind =>
	shown.has(id) ? 'visible' : 'off-screen';

/** What of a target is to be seen on the screen. */
const markOf = (snapshot: TargetSnapshot | undefined): string =>
	snapshot === undefined ? '' : [snapshot.status, ...snapshot.events.map(({ status }) => status)].join();

async function watchQuietFleet(count: number): Promise<number> {
	const still = targetIds(count).map((id, index) => target(id, index < 100 ? 'InProgress' : 'Pending'));
	const stage = createStage({ targets: still, visible });
	stage.start();
	await stage.advance(2 * 60_000);
	const since = stage.clock.now();
	await stage.advance(minutes * 60_000);
	const calls = busiestMinute(stage, since);
	await stage.stop();
	return calls;
}

/** The most calls of CodeDeploy in any minute since then. */
function busiestMinute(stage: Stage, since: number): number {
	const times = stage.aws.calls
		.filter(({ at, operation }) => at >= since && operations[operation] === 'codedeploy')
		.map(({ at }) => at);
	return Math.max(0, ...times.map(from => times.filter(at => at >= from && at < from + 60_000).length));
}
