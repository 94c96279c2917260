import type { DeployPlan } from '../domain/deploy-plan.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import type { AllGateways } from '../gateway/investigation.ts';
import { readDeployPlan } from '../monitor/deploying/read-plan.ts';
import { ImpossibleWishError } from '../monitor/deploying/wish.ts';
import { runPreflight } from '../monitor/preflight/run-preflight.ts';
import { isAwaited } from '../monitor/reduce-ui.ts';
import type { Store } from '../monitor/store.ts';
import type { DeployRequest } from '../monitor/ui-state.ts';
import { messageOf } from './deed.ts';

/** Reads what a deployment from here would do, for the question that asks whether to make it. */
export type Planner = {
	/** Tells the store what was read, or why it could not be; never rejects. Given up when the question changes or closes. */
	plan(request: DeployRequest): Promise<void>;
};

export type PlannerParts = {
	readonly store: Store;
	readonly gateways: AllGateways;
	/** Lets what is asked on the way to a decision pass whatever polling waits for. */
	readonly urgently: <T>(work: () => Promise<T>) => Promise<T>;
	/** Aborted when the program ends. */
	readonly signal: AbortSignal;
};

export function createPlanner({ store, gateways, urgently, signal }: PlannerParts): Planner {
	const preflightOf = ({ group, revision }: DeployPlan, given: AbortSignal) =>
		runPreflight(group, revision, { gateways, session: store.getState().session, signal: given });

	return {
		async plan(request) {
			const given = new AbortController();
			const stop = store.subscribe(() => {
				if (!isAwaited(store.getState().ui.confirmation?.request, request)) given.abort();
			});
			const parts = { gateways, signal: AbortSignal.any([signal, given.signal]) };
			const { purpose, from, to } = request;
			try {
				await urgently(async () => {
					const plan = await readDeployPlan({ purpose, from, ...to }, parts);
					const preflight = purpose === 'redeploy' ? await preflightOf(plan, parts.signal) : undefined;
					store.dispatch({ type: 'plan.received', request, plan, ...(preflight && { preflight }) });
				});
			} catch (error) {
				if (parts.signal.aborted) return;
				store.dispatch({ type: 'plan.failed', request, problem: problemOf(error) });
			} finally {
				stop();
			}
		},
	};
}

const problemOf = (error: unknown): string =>
	error instanceof ImpossibleWishError || !(error instanceof GatewayFailure)
		? messageOf(error)
		: `what would be deployed could not be read: ${messageOf(error)}`;
