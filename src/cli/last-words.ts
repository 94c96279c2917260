import { hasEnded } from '../domain/deployment.ts';
import type { DeploymentId } from '../domain/ids.ts';
import type { CodeDeployGateway } from '../gateway/gateway.ts';
import type { Clock } from '../lib/clock.ts';
import type { Store } from '../monitor/store.ts';
import { summaryLines } from '../view/summary.ts';
import type { PendingActions } from './pending-actions.ts';

/** What the watching has left behind. */
export type Watched = {
	readonly store: Store;
	/** What the user came for; they may have gone elsewhere since. */
	readonly id: DeploymentId;
	readonly actions: PendingActions;
	readonly codeDeploy: CodeDeployGateway;
	readonly clock: Clock;
	/** Aborted when the program is told to end: then nothing more is waited for. */
	readonly signal: AbortSignal;
	say(line: string): void;
};

/** How long the outcome of an action is waited for. */
const outcomePatienceMs = 5_000;

/** Nobody who quits wants to wait for a network that is gone. */
const readPatienceMs = 2_000;

/** Says what became of an action that was under way, and how the deployment stands. */
export async function sayLastWords(watched: Watched): Promise<void> {
	const { store, id, say } = watched;
	await awaitOutcome(watched);
	await readOnceMore(watched);
	for (const line of summaryLines(store.getState(), id)) say(line);
}

async function awaitOutcome({ actions, clock, signal, store, say }: Watched): Promise<void> {
	if (!actions.isBusy) return;
	await Promise.race([actions.settled(), clock.sleep(outcomePatienceMs, signal)]);
	const notice = store.getState().ui.notice?.text;
	if (!actions.isBusy && notice !== undefined) say(notice);
}

/** Who has gone elsewhere is still told how the deployment stands now that they came for. */
async function readOnceMore({ store, id, codeDeploy, clock, signal }: Watched): Promise<void> {
	const { scope, rollouts } = store.getState();
	const known = rollouts.get(id)?.deployment.data;
	if (signal.aborted || scope.deploymentId === id || (known && hasEnded(known))) return;
	const done = new AbortController();
	const giveUp = AbortSignal.any([signal, done.signal]);
	try {
		const reading = codeDeploy.getDeployment(id, giveUp);
		const deployment = await Promise.race([reading, clock.sleep(readPatienceMs, giveUp)]);
		if (deployment) store.dispatch({ type: 'deployment.received', id, deployment, at: clock.now() });
	} catch {
		// Then the summary tells what was known when they left it.
	} finally {
		done.abort();
	}
}
