import { deploymentElapsedMs } from './deployment.ts';
import type { Estimate, EtaCase } from './eta-case.ts';
import { allEventsMs, targetEndsAt } from './evidence.ts';
import { median } from './peers.ts';
import { type Tally, tallyTotal } from './tally.ts';
import { hostsAtATime, lastEnd } from './waves.ts';

/** The end of an in-place deployment: hosts in waves, each through all of its events. */
export function estimateInPlace(of: EtaCase, now: number): Estimate | undefined {
	const { deployment, config } = of;
	const { overview } = deployment;
	if (deployment.status !== 'InProgress' || !overview) return undefined;
	// Zone after zone, with a pause after each: in which zone a host is that waits is not known here.
	if (config?.zonal && overview.pending > 0) return undefined;
	const endsAt = byEvents(of, overview, now) ?? byThroughput(of, overview, now);
	return endsAt === undefined ? undefined : { endsAt, until: 'end' };
}

function byEvents(of: EtaCase, overview: Tally, now: number): number | undefined {
	const { targets, evidence } = of;
	const ends: number[] = [];
	let running = 0;
	let names: readonly string[] | undefined;
	for (const target of targets.values()) {
		names ??= target.events.length > 0 ? target.events.map(({ name }) => name) : undefined;
		if (target.status !== 'InProgress') continue;
		running += 1;
		const endsAt = targetEndsAt(target, target.events, evidence, now, of.readAts?.get(target.id));
		if (endsAt === undefined) return undefined;
		ends.push(endsAt);
	}
	const unread = Math.max(0, overview.inProgress - running);
	const waiting = waitingHosts(of, overview);
	if (waiting + unread === 0)
		return ends.length === 0 ? undefined : Math.max(...ends) + tailMs(of, ends.length);
	const hostMs = allEventsMs(names ?? of.history?.events.keys() ?? [], evidence);
	const atATime = limit(of, overview);
	if (!hostMs || atATime === undefined) return undefined;
	// Of hosts that run and have not been read, half is over on average.
	for (let index = 0; index < unread; index += 1) ends.push(now + hostMs / 2);
	const last = lastEnd(ends, waiting, { hostMs, atATime, now });
	return last === undefined ? undefined : last + tailMs(of, waiting > 0 ? atATime : ends.length);
}

/** Hosts that will still be started: none when the rollout is lost. */
const waitingHosts = (of: EtaCase, overview: Tally): number =>
	limit(of, overview) === 0 ? 0 : overview.pending;

/** Hosts at a time; where the configuration is not known, as many as there are now. */
function limit({ config }: EtaCase, overview: Tally): number | undefined {
	const minimum = config?.minimumHealthyHosts;
	const hosts = { total: tallyTotal(overview), failed: overview.failed };
	return (minimum && hostsAtATime(minimum, hosts)) ?? (overview.inProgress || undefined);
}

/** Before as many of the first hosts are done, the pace says nothing. */
const firstShare = 0.5;

/** From the counts alone: how many are done after which time. Of a rollout whose targets nobody reads there is no more. */
function byThroughput(of: EtaCase, overview: Tally, now: number): number | undefined {
	const elapsedMs = deploymentElapsedMs(of.deployment, now);
	const atATime = limit(of, overview);
	if (elapsedMs === undefined || !atATime || overview.succeeded < Math.max(1, atATime * firstShare))
		return undefined;
	const hostMs = (elapsedMs * atATime) / (overview.succeeded + overview.failed + overview.inProgress / 2);
	const ends = Array.from({ length: overview.inProgress }, () => now + hostMs / 2);
	return lastEnd(ends, overview.pending, { hostMs, atATime, now });
}

/**
 * How soon those that wait can be done at best, if each host takes what one did in an earlier run of `durationMs`: those
 * that run might be done right now. Undefined where it is not known how many are worked on at a time.
 */
export function earliestEnd(of: EtaCase, durationMs: number, now: number): number | undefined {
	const { overview } = of.deployment;
	const minimum = of.config?.minimumHealthyHosts;
	if (!overview || !minimum) return undefined;
	const total = tallyTotal(overview);
	const atATime = hostsAtATime(minimum, { total, failed: 0 });
	if (!atATime) return undefined;
	const hostMs = durationMs / Math.ceil(total / atATime);
	const ends = Array.from({ length: overview.inProgress }, () => now);
	return lastEnd(ends, waitingHosts(of, overview), { hostMs, atATime, now });
}

/** Fleets that differ by more than this share end in another way. */
const similarFleet = 0.2;

/**
 * How much later than their medians suggest the last of `running` hosts are done, by earlier runs of the same kind: the
 * slowest host decides when a wave is over, and AWS takes its time to begin and to end.
 */
function tailMs({ deployment, history, config, evidence }: EtaCase, running: number): number {
	const total = deployment.overview ? tallyTotal(deployment.overview) : 0;
	const minimum = config?.minimumHealthyHosts;
	const atATime = minimum && hostsAtATime(minimum, { total, failed: 0 });
	const alike = history?.runs.filter(
		run =>
			run.configName === deployment.configName &&
			run.eventsMs.size > 0 &&
			Math.abs(run.targets - total) <= similarFleet * total,
	);
	if (!atATime || !alike || alike.length === 0) return 0;
	const late = alike.map(run => {
		const hostMs = [...run.eventsMs.values()].reduce((sum, ms) => sum + evidence.pauseMs + ms, 0);
		const modelled = lastEnd([], run.targets, { hostMs, atATime, now: 0 }) ?? 0;
		return Math.min(hostMs, Math.max(0, run.durationMs - modelled));
	});
	return median(late) * Math.min(1, running / atATime);
}
