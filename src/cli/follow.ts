import type { DeploymentId } from '../domain/ids.ts';
import type { FailureKind } from '../gateway/failure.ts';
import type { Clock } from '../lib/clock.ts';
import { type AppState, rolloutOf } from '../monitor/state.ts';
import type { Store } from '../monitor/store.ts';
import { type Change, findChanges } from '../view/changes.ts';
import { type Goal, goalProgress } from '../view/headless/goal.ts';
import type { Outcome } from '../view/headless/outcome.ts';
import { isStoryOver } from '../view/story.ts';
import { UsageError } from './usage-error.ts';

/** What is to be followed, for how long, and who is told. */
export type Following = {
	readonly store: Store;
	readonly id: DeploymentId;
	readonly clock: Clock;
	readonly goal: Goal;
	/** When it is given up, epoch milliseconds; undefined: never. */
	readonly until: number | undefined;
	readonly signal: AbortSignal;
	changed(changes: readonly Change[], state: AppState): void;
	beat(state: AppState): void;
};

const heartbeatMs = 30_000;

/** Nobody renews credentials in a pipeline: for so long a deployment is waited for of which nothing can be known. */
export const lostPatienceMs = 10 * 60_000;

/** Failures that leave nobody knowing how it stands. */
const unreachable: ReadonlySet<FailureKind> = new Set(['network', 'denied', 'expired', 'credentials']);

/**
 * Tells every change, and each half minute that it is still there, until the goal is reached or the story is over: that of
 * the deployment and of its rollback. Throws UsageError when no target can ever have the event that is waited for.
 */
export async function follow(following: Following): Promise<Outcome> {
	const { store, id, clock, goal, until, signal, changed, beat } = following;
	const over = new AbortController();
	let told: AppState | undefined;
	let outcome: Outcome | undefined;
	let mistake: UsageError | undefined;

	const end = (as: Outcome) => {
		outcome ??= as;
		over.abort();
	};
	const look = () => {
		if (over.signal.aborted) return;
		const state = store.getSnapshot();
		const changes = findChanges(told, state, id);
		told = state;
		if (changes.length > 0) changed(changes, state);
		const progress = goalProgress(rolloutOf(state, id), goal);
		if (progress.type === 'impossible') {
			mistake = impossible(id, goal, progress.known);
			over.abort();
		} else if (goal !== 'succeeded' && progress.type === 'reached') end('reached');
		else if (isStoryOver(state, id)) end(progress.type === 'reached' ? 'reached' : 'ended');
		else if (isLost(state, id)) end('lost');
	};
	const interrupt = () => end('interrupted');
	const unsubscribe = store.subscribe(look);
	signal.addEventListener('abort', interrupt, { once: true });
	if (signal.aborted) interrupt();
	look();
	await Promise.all([keepBeating(), giveUpInTime()]);
	unsubscribe();
	signal.removeEventListener('abort', interrupt);
	if (mistake) throw mistake;
	return outcome ?? 'interrupted';

	async function keepBeating(): Promise<void> {
		let at = clock.now() + heartbeatMs;
		while (!over.signal.aborted) {
			await clock.sleep(at - clock.now(), over.signal);
			if (over.signal.aborted) return;
			beat(store.getState());
			// After a machine has slept there is one, not one for each half minute that it did.
			at = Math.max(at + heartbeatMs, clock.now());
		}
	}

	async function giveUpInTime(): Promise<void> {
		if (until === undefined) return;
		await clock.sleep(until - clock.now(), over.signal);
		end('timed-out');
	}
}

function impossible(id: DeploymentId, goal: Goal, known: readonly string[]): UsageError {
	const event = typeof goal === 'object' ? goal.event : goal;
	return new UsageError(
		`--until: no target of ${id} has a lifecycle event “${event}”: expected succeeded, ready or one of ${known.join(', ')}`,
	);
}

function isLost(state: AppState, id: DeploymentId): boolean {
	const { failure, dataAt } = rolloutOf(state, id).deployment;
	if (!failure || dataAt === undefined) return false;
	return unreachable.has(failure.kind) && state.now - dataAt >= lostPatienceMs;
}
