import type { TargetId } from '../domain/ids.ts';
import type { AllGateways } from '../gateway/investigation.ts';
import type { Clock } from '../lib/clock.ts';
import type { Random } from '../lib/random.ts';
import type { Budget } from './budget.ts';
import { createCalls } from './calls.ts';
import { createFollower } from './follower.ts';
import { defaultPlan, type PollPlan } from './plan.ts';
import { isCurrent } from './scope.ts';
import type { Store } from './store.ts';
import { createBell, keepTurning } from './turn.ts';
import { createIdentityTurn } from './turns/identity-turn.ts';
import { currentScreen } from './ui-state.ts';
import { createVisit, type Visit } from './visit.ts';

/** Asks AWS whatever the state needs next, and tells the store. It never renders, and nothing waits for it. */
export type Engine = {
	/** Polls until the signal aborts; ends for no other reason. */
	run(signal: AbortSignal): Promise<void>;
	/** Ask now: the user wants to know, an action was sent, or another deployment is watched. */
	nudge(): void;
	/** Whether nothing is going on until the clock moves or something is nudged. */
	idle(): boolean;
	/** What is going on: turns, and calls in flight by their operation. */
	pending(): readonly string[];
	/** Whether AWS has answered at all, be it with a refusal. */
	reachedAws(): boolean;
};

export type EngineOptions = {
	readonly store: Store;
	readonly gateways: AllGateways;
	readonly clock: Clock;
	readonly random: Random;
	readonly budget: Budget;
	/** The targets on the screen, top first: they are asked about in every turn. */
	readonly visibleTargets: () => readonly TargetId[];
	readonly plan?: Partial<PollPlan>;
};

export function createEngine(options: EngineOptions): Engine {
	const { store, clock, random } = options;
	const plan: PollPlan = { ...defaultPlan, ...options.plan };
	const calls = createCalls(plan.concurrency);
	const probes = createCalls(plan.probes);
	const deps = { ...options, plan, calls, probes };
	let visit: Visit | undefined;

	/** The deployment that is watched now, then the next one the user goes to, and so on. */
	const visitAll = async (signal: AbortSignal) => {
		while (!signal.aborted) {
			visit = createVisit(deps, store.getState().scope);
			await visit.run(signal);
		}
		visit = undefined;
	};

	const isElsewhere = (at: Visit) => !isCurrent(store.getState().scope, at.scope);

	/** What the user does can be a reason to ask without a nudge. */
	const watchUser = () => {
		const follow = createFollower(store, clock);
		let shown = currentScreen(store.getState().ui).type;
		return store.subscribe(() => {
			follow();
			if (visit && isElsewhere(visit)) visit.leave();
			const { type } = currentScreen(store.getState().ui);
			if (type !== shown) visit?.opened(type);
			visit?.noticed();
			shown = type;
		});
	};

	return {
		async run(signal) {
			const stopWatching = watchUser();
			const identity = {
				name: 'identity',
				turn: createIdentityTurn(deps),
				bell: createBell(clock),
			};
			const loopDeps = { clock, random, plan, calls, tell: store.dispatch };
			await Promise.all([visitAll(signal), keepTurning(identity, loopDeps, signal)]);
			stopWatching();
		},
		nudge() {
			if (!visit) return;
			if (isElsewhere(visit)) visit.leave();
			else visit.refresh();
		},
		idle: () => calls.pending().length + probes.pending().length === 0 && !visit?.isRung(),
		pending: () => [...calls.pending(), ...probes.pending()],
		reachedAws: () => calls.reachedAws() || probes.reachedAws(),
	};
}
