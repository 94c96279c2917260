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
	readonly than: Usual['than'];
};

/** What an event is expected to take, milliseconds, at least a second; and by which measure. */
export type Usual = { readonly ms: number; readonly than: 'peers' | 'last time' };

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
	if (!running) return undefined;
	const { name } = running;
	const usual = usualOf(target, running, { peers, history });
	if (!usual) return undefined;
	const ranMs = eventDurationMs(running, now) ?? 0;
	if (!isSlow(ranMs, usual)) return undefined;
	return { kind: 'slow', event: name, factor: factorOf(ranMs, usual), usualMs: usual.ms, than: usual.than };
}

/** What an event of a target is measured by: the others where there are enough of them, else last time. */
export function usualOf(
	target: TargetSnapshot,
	event: LifecycleEvent,
	{ peers, history }: Comparison,
): Usual | undefined {
	if (movesByTheClock(target, event)) return undefined;
	const usual = (medianMs: number, than: Usual['than']): Usual => ({
		ms: Math.max(shortestMs, medianMs),
		than,
	});
	const others = peers.get(event.name);
	// What all of them need now is no fault of one of them.
	if (others && others.count >= fewestPeers) return usual(others.medianMs, 'peers');
	const before = lastTimeMs(history, target, event.name);
	return before === undefined ? undefined : usual(before, 'last time');
}

/** What an event took last time, milliseconds: on this target, else on the typical one. */
export const lastTimeMs = (
	history: GroupHistory | undefined,
	target: TargetSnapshot,
	name: string,
): number | undefined => history?.perTarget.get(target.id)?.get(name) ?? history?.events.get(name)?.medianMs;

/** How many times as long as usual something took. */
export const factorOf = (tookMs: number, { ms }: Usual): number => tookMs / ms;

/** Whether what took so long is slow, and not by chance. */
export const isSlow = (tookMs: number, usual: Usual): boolean =>
	factorOf(tookMs, usual) >= slowFactor && tookMs - usual.ms >= slowByMs;

/** What its configuration makes it take. */
const movesByTheClock = ({ kind }: TargetSnapshot, { name }: LifecycleEvent): boolean =>
	kind !== 'instance' && name === 'AllowTraffic';
