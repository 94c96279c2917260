import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import type { DeploymentId, TargetId } from '../../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../../src/domain/target.ts';
import { createRandom } from '../../../src/lib/random.ts';
import { createVirtualClock, type VirtualClock } from '../../../src/lib/virtual-clock.ts';
import { type Budget, createBudget } from '../../../src/monitor/budget.ts';
import { createEngine, type Engine } from '../../../src/monitor/engine.ts';
import {
	type AppState,
	initialState,
	type Rollout,
	rolloutOf,
	type Session,
} from '../../../src/monitor/state.ts';
import { createStore, type Store } from '../../../src/monitor/store.ts';
import { createTicker } from '../../../src/monitor/ticker.ts';
import { createFakeAws, type FakeAws, type FakeDeployment } from './fake-aws.ts';
import { deployment, earlierId, noon, session, watchedId } from './snapshots.ts';

/** An engine on a fake AWS in virtual time. */
export type Stage = {
	readonly aws: FakeAws;
	readonly clock: VirtualClock;
	readonly store: Store;
	readonly budget: Budget;
	readonly engine: Engine;
	readonly rollout: (id?: DeploymentId) => Rollout;
	/** The watched deployment as AWS has it. */
	readonly watched: FakeDeployment;
	/** Changes the watched deployment at AWS. */
	change(change: Partial<DeploymentSnapshot>): void;
	start(): void;
	/** Lets `ms` pass, and everything happen that happens meanwhile. */
	advance(ms: number): Promise<void>;
	/** The machine's clock shows an earlier time from now on; what sleeps does not notice. */
	setClockBack(ms: number): void;
	/** Ends the engine; resolves when it has. */
	stop(): Promise<void>;
};

export type StageOptions = {
	readonly targets?: readonly TargetSnapshot[];
	readonly deployment?: Partial<DeploymentSnapshot>;
	/** Unset: 20 at once and 2 a second. */
	readonly perSecond?: number;
	/** How many of the first rows are on the screen; or which. */
	readonly visible?: number | ((state: AppState) => readonly TargetId[]);
	readonly withTicker?: boolean;
	readonly seed?: number;
	readonly session?: Partial<Session>;
};

export function createStage(options: StageOptions = {}): Stage {
	const passing = createVirtualClock(noon);
	let setBackMs = 0;
	const clock = { ...passing, now: () => passing.now() - setBackMs };
	const random = createRandom(options.seed ?? 7);
	const perSecond = options.perSecond === undefined ? {} : { perSecond: options.perSecond };
	const budget = createBudget({ clock, random, ...perSecond });
	const aws = createFakeAws(clock, budget);
	const watched: FakeDeployment = {
		snapshot: deployment(options.deployment),
		...(options.targets && { targets: new Map(options.targets.map(each => [each.id, each])) }),
	};
	aws.deployments.set(watchedId, watched);
	aws.deployments.set(earlierId, { snapshot: deployment({ id: earlierId, status: 'Succeeded' }) });
	const store = createStore(initialState(watchedId, { ...session, ...options.session }), flush =>
		queueMicrotask(flush),
	);
	const visible = options.visible ?? 0;
	const visibleTargets =
		typeof visible === 'number'
			? (state: AppState) => rolloutOf(state, state.scope.deploymentId).targetIds.slice(0, visible)
			: visible;
	const engine = createEngine({
		store,
		gateways: aws.gateways,
		clock,
		random,
		budget,
		visibleTargets: () => visibleTargets(store.getState()),
	});
	const ending = new AbortController();
	let ended: Promise<unknown> | undefined;

	return {
		aws,
		clock,
		store,
		budget,
		engine,
		watched,
		rollout: (id = store.getState().scope.deploymentId) => rolloutOf(store.getState(), id),
		change(change) {
			watched.snapshot = { ...watched.snapshot, ...change };
		},
		start() {
			const ticker = createTicker({ store, clock, budget, skewMs: () => 0 });
			const running = [engine.run(ending.signal)];
			if (options.withTicker) running.push(ticker.run(ending.signal));
			ended = Promise.all(running);
		},
		advance: ms => advance(passing, ms),
		setClockBack(ms) {
			setBackMs += ms;
		},
		async stop() {
			ending.abort();
			await ended;
		},
	};
}

/** Moves a clock from one sleeper to the next, and lets each finish what it does then. */
export async function advance(clock: VirtualClock, ms: number): Promise<void> {
	const until = clock.now() + ms;
	for (;;) {
		await settle();
		const next = clock.nextDueAt();
		if (next === undefined || next > until) break;
		clock.jumpTo(next);
	}
	clock.jumpTo(until);
	await settle();
}

/** Everything that waits for nothing but its turn has had it. */
export const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
