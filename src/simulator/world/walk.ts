import type { Clockwork } from './clockwork.ts';
import type { Timing } from './pace.ts';
import {
	beginEvent,
	type Diagnostics,
	endTarget,
	failEvent,
	type LifecycleEvent,
	noteFailure,
	succeedEvent,
	type Target,
} from './target.ts';

/** How an event will go on this target; without one it succeeds. */
export type EventFate =
	| {
			readonly type: 'fails';
			readonly afterMs: number | undefined;
			/** What the agent says when it has failed; not every failure is the agent's to tell of. */
			readonly report: () => Diagnostics | undefined;
	  }
	/** Nobody picks it up: it stays Pending, and fails when the service has waited long enough. */
	| { readonly type: 'unclaimed'; readonly waitMs: number; readonly diagnostics: Diagnostics };

type Failing = EventFate & { readonly type: 'fails' };

export type WalkPlan = {
	readonly target: Target;
	/** Those of the target's events that are walked now. */
	readonly events: readonly LifecycleEvent[];
	readonly timing: (event: string) => Timing;
	readonly fate: (event: string) => EventFate | undefined;
	/** Whether the target goes on when this event has failed. */
	readonly isTolerated: (event: string) => boolean;
	/** Asked when an event has run: who is gone cannot tell, and the service gives up after a while. */
	readonly isGone: () => boolean;
	readonly giveUpAfterMs: number;
	/** Called after each event that succeeded. */
	readonly passed: (event: string) => void;
	/** Called once. */
	readonly ended: (end: WalkEnd) => void;
};

/** All events succeeded; one failed; or the walk was stopped before the first was picked up. */
export type WalkEnd = 'succeeded' | 'failed' | 'untouched';

export type Walk = {
	/** The event that is running ends first, and counts as failed; the rest is skipped. */
	stop(): void;
};

/** Takes a target through its events, one at a time. */
export function walk(clockwork: Clockwork, plan: WalkPlan): Walk {
	const { target } = plan;
	let stopping = false;
	let giveUp: (() => void) | undefined;
	next(0);

	function next(index: number): void {
		const event = plan.events[index];
		if (event === undefined) {
			plan.ended('succeeded');
			return;
		}
		const fate = plan.fate(event.name);
		if (fate?.type === 'unclaimed') {
			waitInVain(event, fate);
			return;
		}
		const timing = plan.timing(event.name);
		clockwork.after(timing.pickUpMs, () => {
			beginEvent(target, event, clockwork.now);
			clockwork.after(fate?.afterMs ?? timing.runMs, () => finish(index, event, fate));
		});
	}

	function finish(index: number, event: LifecycleEvent, fate: Failing | undefined): void {
		if (plan.isGone()) {
			clockwork.after(plan.giveUpAfterMs, () => fail(event, undefined));
			return;
		}
		if (fate !== undefined || stopping) {
			if (stopping || !plan.isTolerated(event.name)) fail(event, fate?.report());
			else {
				noteFailure(target, event, clockwork.now, fate?.report());
				next(index + 1);
			}
			return;
		}
		succeedEvent(target, event, clockwork.now);
		plan.passed(event.name);
		next(index + 1);
	}

	function fail(event: LifecycleEvent, diagnostics: Diagnostics | undefined): void {
		failEvent(target, event, clockwork.now, diagnostics);
		plan.ended('failed');
	}

	function waitInVain(event: LifecycleEvent, fate: EventFate & { readonly type: 'unclaimed' }): void {
		const sentAt = clockwork.now;
		const callOff = clockwork.after(fate.waitMs, () => {
			giveUp = undefined;
			event.startedAt = sentAt;
			fail(event, fate.diagnostics);
		});
		giveUp = () => {
			callOff();
			giveUp = undefined;
			endTarget(target, 'Skipped', clockwork.now);
			plan.ended('untouched');
		};
		if (stopping) giveUp();
	}

	return {
		stop() {
			stopping = true;
			giveUp?.();
		},
	};
}
