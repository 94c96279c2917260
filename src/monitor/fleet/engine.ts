import { createCalls } from '../calls.ts';
import { createBell, keepTurning, type Loop, type Turn } from '../turn.ts';
import { createLookout, type Lookout, type LookoutOptions } from './lookout.ts';
import { type FleetPlan, fleetPlan } from './plan.ts';
import { createAlarmsTurn } from './turns/alarms-turn.ts';
import { createEarlierTurn } from './turns/earlier-turn.ts';
import { createErrandsTurn } from './turns/errands-turn.ts';
import { createIdentityTurn } from './turns/identity-turn.ts';
import { createSweepTurn } from './turns/sweep-turn.ts';

/** Asks AWS what goes on in one context, and tells the fleet's store. Each context has one, and fails alone. */
export type FleetEngine = {
	/** Polls until the signal aborts; ends for no other reason. */
	run(signal: AbortSignal): Promise<void>;
	/** Ask now: the user wants to know, or is back from elsewhere. */
	nudge(): void;
	/** Whether nothing is going on until the clock moves or something is nudged. */
	idle(): boolean;
	/** What is going on: turns, and calls in flight by their operation. */
	pending(): readonly string[];
	/** Whether AWS has answered at all, be it with a refusal. */
	reachedAws(): boolean;
};

export type FleetEngineOptions = Omit<LookoutOptions, 'isBackground'> & {
	/** Unless told, the fleet is always on the screen. */
	readonly isBackground?: () => boolean;
	readonly plan?: Partial<FleetPlan>;
};

export function createFleetEngine(options: FleetEngineOptions): FleetEngine {
	const { clock, random, store, isBackground = () => false } = options;
	const plan: FleetPlan = { ...fleetPlan, ...options.plan };
	const calls = createCalls(plan.concurrency);
	const lookout = createLookout({ ...options, isBackground, plan, calls });
	const loop = (name: string, turn: Turn): Loop => ({
		name: `${lookout.label}: ${name}`,
		turn,
		bell: createBell(clock),
	});
	const asleep = (each: Loop): Loop => ({ ...each, startsAsleep: true });

	const identity = loop('identity', createIdentityTurn(lookout));
	const alarms = asleep(loop('alarms', createAlarmsTurn(lookout)));
	const errands = asleep(loop('errands', createErrandsTurn(lookout)));
	const earlier = asleep(loop('earlier', createEarlierTurn(lookout)));
	const others = [earlier, alarms, errands];
	// Each of these looks at what a sweep has learned, and waits for one when the way to AWS is blocked.
	const swept = () => {
		for (const { bell } of others) bell.ring();
	};
	const sweep = loop('sweep', createSweepTurn(lookout, swept));
	const loops = [sweep, identity, ...others];

	return {
		async run(signal) {
			const stopWatching = watchChosen(lookout, errands);
			const deps = { clock, random, plan, calls, tell: store.dispatch };
			await Promise.all(loops.map(each => keepTurning(each, deps, signal)));
			stopWatching();
		},
		nudge() {
			lookout.schedule.hurry();
			for (const { bell } of loops) bell.ring();
		},
		idle: () => calls.pending().length === 0 && !loops.some(({ bell }) => bell.isRung()),
		pending: calls.pending,
		reachedAws: calls.reachedAws,
	};
}

/** Another row is looked at: that is a reason to ask about it. */
function watchChosen(lookout: Lookout, errands: Loop): () => void {
	let chosen = lookout.chosen();
	return lookout.store.subscribe(() => {
		const before = chosen;
		chosen = lookout.chosen();
		if (chosen !== undefined && chosen !== before) errands.bell.ring();
	});
}
