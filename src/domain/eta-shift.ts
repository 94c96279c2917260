import type { Estimate, EtaCase } from './eta-case.ts';
import { isOpenEvent, type LifecycleEvent } from './lifecycle-event.ts';
import type { TargetSnapshot } from './target.ts';
import { terminationWaitMs } from './termination-wait.ts';
import { shiftEndsAt, shiftMs } from './traffic-shift.ts';

/**
 * The end of a deployment that moves traffic: what its events took before, the steps of the configuration, and the wait
 * before the original is terminated. A rollback only moves weights back, in a time that nothing tells.
 */
export function estimateShift(of: EtaCase, now: number): Estimate | undefined {
	const { deployment, targets } = of;
	const [target, ...others] = targets.values();
	if (!target || others.length > 0 || deployment.rollback?.triggeringDeploymentId !== undefined)
		return undefined;
	const endsAt = eventsEnd(of, target, now);
	if (endsAt === undefined) return undefined;
	return { endsAt: endsAt + terminationWaitMs(deployment), until: 'end' };
}

function eventsEnd(of: EtaCase, target: TargetSnapshot, now: number): number | undefined {
	const moves = target.events.findIndex(({ name }) => name === 'AllowTraffic');
	const isMoving = target.events[moves]?.status !== 'Pending';
	let at: number | undefined;
	for (const [index, event] of target.events.entries()) {
		if (!isOpenEvent(event)) {
			at = event.endedAt ?? at;
			continue;
		}
		// What comes after the traffic has moved is short, and no reason to be silent about the steps.
		const unknown = isMoving && index > moves ? 0 : undefined;
		const ends = eventEnd(of, target, event, { at, now, unknown });
		if (ends === undefined) return undefined;
		at = ends;
	}
	return at;
}

type Course = {
	/** When the event before was over. */
	readonly at: number | undefined;
	readonly now: number;
	/** What an event takes of which nothing is known. */
	readonly unknown: number | undefined;
};

function eventEnd(
	{ evidence, config }: EtaCase,
	target: TargetSnapshot,
	event: LifecycleEvent,
	{ at, now, unknown }: Course,
): number | undefined {
	const routing = config?.trafficRouting;
	// Where traffic moves by the clock, the configuration tells how long that takes.
	const isByClock = event.name === 'AllowTraffic' && routing !== undefined && routing.type !== 'AllAtOnce';
	const ms = isByClock ? shiftMs(routing) : (evidence.eventMs(event.name) ?? unknown);
	if (ms === undefined) return undefined;
	if (event.status === 'Pending') return Math.max(at ?? now, now) + evidence.pauseMs + ms;
	return (isByClock ? shiftEndsAt(target, routing, now) : undefined) ?? (event.startedAt ?? now) + ms;
}
