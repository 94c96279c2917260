import type { GroupHistory } from './history.ts';
import { eventDurationMs, type LifecycleEvent } from './lifecycle-event.ts';
import type { EventTimes } from './peers.ts';
import type { TargetSnapshot } from './target.ts';
import { unclaimedSince } from './unclaimed.ts';

/** A target that hangs behind the others: it is named before it runs into a timeout. */
export type Lag = Slow | { readonly kind: 'unclaimed' };

/** Its event takes much longer than elsewhere. */
export type Slow = {
	readonly kind: 'slow';
	/** The event that is running. */
	readonly event: string;
	/** How many times as long as {@link usualMs} it has taken so far; 2 and more. */
	readonly factor: number;
	/** What it takes elsewhere, or took before. */
	readonly usualMs: number;
	readonly than: 'peers' | 'last time';
};

/** What a target is compared with. */
export type Comparison = {
	/** What events took on the other targets of this rollout. */
	readonly peers: EventTimes;
	readonly history: GroupHistory | undefined;
};

/** From this factor on, and when that is so many milliseconds, it is more than chance. */
const slowFactor = 2;
const slowByMs = 5_000;

/** Fewer have nothing to say about the others. */
const fewestPeers = 3;

/** Of events without a script, that take no time, nothing is a multiple. */
const shortestMs = 1_000;

/** An agent that is well picks up an event within seconds. */
const unclaimedForMs = 30_000;

/** How far a target lags behind at `now` (epoch milliseconds); undefined: it does not, or nothing tells. */
export function lagOf(target: TargetSnapshot, { peers, history }: Comparison, now: number): Lag | undefined {
	const since = unclaimedSince(target);
	if (since !== undefined) return now - since >= unclaimedForMs ? { kind: 'unclaimed' } : undefined;
	const running = target.events.find(({ status }) => status === 'InProgress');
	if (!running || movesByTheClock(target, running)) return undefined;
	const { name } = running;
	const ranMs = eventDurationMs(running, now) ?? 0;
	const others = peers.get(name);
	const before = history?.perTarget.get(target.id)?.get(name) ?? history?.events.get(name)?.medianMs;
	// What all of them need now is no fault of one of them.
	if (others && others.count >= fewestPeers) return compare(name, ranMs, others.medianMs, 'peers');
	return compare(name, ranMs, before, 'last time');
}

/** What its configuration makes it take. */
const movesByTheClock = ({ kind }: TargetSnapshot, { name }: LifecycleEvent): boolean =>
	kind !== 'instance' && name === 'AllowTraffic';

function compare(
	event: string,
	ranMs: number,
	medianMs: number | undefined,
	than: Slow['than'],
): Slow | undefined {
	if (medianMs === undefined) return undefined;
	const usualMs = Math.max(shortestMs, medianMs);
	const factor = ranMs / usualMs;
	const isSlow = factor >= slowFactor && ranMs - usualMs >= slowByMs;
	return isSlow ? { kind: 'slow', event, factor, usualMs, than } : undefined;
}
