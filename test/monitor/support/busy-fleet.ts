import type { TargetId } from '../../../src/domain/ids.ts';
import type { LifecycleEvent } from '../../../src/domain/lifecycle-event.ts';
import type { TargetSnapshot } from '../../../src/domain/target.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { noon, targetIds } from './snapshots.ts';

const names = [
	'ApplicationStop',
	'DownloadBundle',
	'BeforeInstall',
	'Install',
	'AfterInstall',
	'ApplicationStart',
];

/** A rollout that never rests: its targets at any time, a tenth of them at work at once, one in twenty failing. */
export function createBusyFleet(count: number, seed = 3) {
	const random = createRandom(seed);
	const lanes = Math.max(1, Math.floor(count / 10));
	const freeAt = Array.from({ length: lanes }, () => noon);
	const plans = targetIds(count).map((id, index) => {
		const lane = index % lanes;
		const startsAt = freeAt[lane] ?? noon;
		const durations = names.map(() => 2_000 + Math.floor(random() * 20_000));
		const failsIn = random() < 0.05 ? Math.floor(random() * names.length) : -1;
		freeAt[lane] = startsAt + durations.reduce((sum, ms) => sum + ms, 0);
		return { id, startsAt, durations, failsIn };
	});
	return (now: number): Map<TargetId, TargetSnapshot> => new Map(plans.map(plan => [plan.id, at(plan, now)]));
}

type Plan = {
	readonly id: TargetId;
	readonly startsAt: number;
	readonly durations: readonly number[];
	readonly failsIn: number;
};

function at({ id, startsAt, durations, failsIn }: Plan, now: number): TargetSnapshot {
	let from = startsAt;
	let isBroken = false;
	const events = durations.map((ms, index): LifecycleEvent => {
		const name = names[index] ?? '';
		const to = from + ms;
		const startedAt = from;
		from = to;
		if (isBroken) return { name, status: 'Skipped' };
		if (now < startedAt) return { name, status: 'Pending' };
		if (now < to) return { name, status: 'InProgress', startedAt };
		isBroken = index === failsIn;
		return { name, status: isBroken ? 'Failed' : 'Succeeded', startedAt, endedAt: to };
	});
	const has = (status: string) => events.some(event => event.status === status);
	const status = has('Failed')
		? 'Failed'
		: !has('Pending') && !has('InProgress')
			? 'Succeeded'
			: now < startsAt
				? 'Pending'
				: 'InProgress';
	const updatedAt = Math.max(...events.flatMap(event => [event.startedAt ?? 0, event.endedAt ?? 0]));
	return { id, kind: 'instance', status, events, taskSets: [], ...(updatedAt > 0 && { updatedAt }) };
}
