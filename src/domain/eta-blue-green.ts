import type { Estimate, EtaCase } from './eta-case.ts';
import { targetEndsAt } from './evidence.ts';
import type { LifecycleEvent } from './lifecycle-event.ts';
import { tallyTotal } from './tally.ts';
import type { TargetSnapshot } from './target.ts';
import { terminationWaitMs } from './termination-wait.ts';
import { hostsAtATime, lastEnd } from './waves.ts';

/**
 * The end of a blue/green deployment to hosts: the replacement fleet is installed in waves, gets the traffic, the original
 * leaves the load balancer and is terminated after a wait. Where somebody is waited for, the estimate goes only so far.
 */
export function estimateBlueGreen(of: EtaCase, now: number): Estimate | undefined {
	const { deployment, targets } = of;
	const { overview, status } = deployment;
	// A few rows say nothing about the fleets.
	if (status !== 'InProgress' || !overview || targets.size === 0 || targets.size < tallyTotal(overview))
		return undefined;
	const all = [...targets.values()];
	const green = all.filter(({ label }) => label === 'Green');
	const blue = all.filter(({ label }) => label === 'Blue');
	const isInstalled = green.every(({ status }) => status === 'Ready' || hasTraffic(green));
	const installedAt = isInstalled ? lastChange(green, installing) : installEnd(of, green, now);
	if (installedAt === undefined) return undefined;
	const waits = deployment.blueGreen?.onReadyTimeout === 'STOP_DEPLOYMENT';
	if (waits && !hasTraffic(green)) return { endsAt: installedAt, until: 'ready' };
	const shiftedAt = phaseEnd(of, green, routing, installedAt, now);
	const leftAt = shiftedAt === undefined ? undefined : phaseEnd(of, blue, all => all, shiftedAt, now);
	if (leftAt === undefined) return undefined;
	return { endsAt: leftAt + terminationWaitMs(deployment), until: 'end' };
}

/** The events of the replacement fleet up to the one that brings it traffic, and those from there on. */
const isRouting = ({ name }: LifecycleEvent): boolean => name.endsWith('AllowTraffic');
const installing = (events: readonly LifecycleEvent[]) => events.filter(event => !isRouting(event));
const routing = (events: readonly LifecycleEvent[]) => events.filter(isRouting);

const hasTraffic = (green: readonly TargetSnapshot[]): boolean =>
	green.some(({ events }) => routing(events).some(({ status }) => status !== 'Pending'));

type Pick = (events: readonly LifecycleEvent[]) => readonly LifecycleEvent[];

function installEnd(of: EtaCase, green: readonly TargetSnapshot[], now: number): number | undefined {
	const { config, evidence } = of;
	const failed = green.filter(({ status }) => status === 'Failed').length;
	const pending = green.filter(({ status }) => status === 'Pending');
	const ends = green
		.filter(({ status }) => status === 'InProgress')
		.map(target =>
			targetEndsAt(target, installing(target.events), evidence, now, of.readAts?.get(target.id)),
		);
	const known = ends.filter(at => at !== undefined);
	if (known.length < ends.length) return undefined;
	const [first] = pending;
	if (!first) return lastEnd(known, 0, { hostMs: 0, atATime: 1, now });
	const fresh = targetEndsAt(first, installing(first.events), evidence, now);
	const minimum = config?.minimumHealthyHosts;
	const atATime = minimum ? hostsAtATime(minimum, { total: green.length, failed }) : known.length;
	if (fresh === undefined || !atATime) return undefined;
	return lastEnd(known, pending.length, { hostMs: fresh - now, atATime, now });
}

/** When all of a fleet, at once, are through these of their events, begun when the phase before is over. */
function phaseEnd(
	{ evidence }: EtaCase,
	fleet: readonly TargetSnapshot[],
	pick: Pick,
	beginsAt: number,
	now: number,
): number | undefined {
	let last = beginsAt;
	for (const target of fleet) {
		if (target.status === 'Failed' || target.status === 'Skipped') continue;
		const events = pick(target.events);
		const begun = events.some(({ status }) => status !== 'Pending');
		const from = begun ? now : Math.max(beginsAt, now);
		const endsAt = targetEndsAt(target, events, evidence, from);
		if (endsAt === undefined) return undefined;
		last = Math.max(last, endsAt);
	}
	return last;
}

function lastChange(fleet: readonly TargetSnapshot[], pick: Pick): number {
	return Math.max(0, ...fleet.flatMap(({ events }) => pick(events).map(({ endedAt }) => endedAt ?? 0)));
}
