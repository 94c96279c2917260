import { judgePreflight } from '../diagnosis/preflight/judge.ts';
import type { DeployPlan } from '../domain/deploy-plan.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import type { AllGateways } from '../gateway/investigation.ts';
import { readDeployPlan } from '../monitor/deploying/read-plan.ts';
import { ImpossibleWishError } from '../monitor/deploying/wish.ts';
import { examineGroup } from '../monitor/preflight/examine-group.ts';
import { isAwaited } from '../monitor/reduce-ui.ts';
import type { Store } from '../monitor/store.ts';
import type { DeployRequest } from '../monitor/ui-state.ts';
import { probing } from '../monitor/watch.ts';
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
	async function runPreflight({ group, revision }: DeployPlan, given: AbortSignal) {
		const { region, profile, endpointUrl } = store.getState().session;
		const facts = await examineGroup(
			{
				region,
				...(profile !== undefined && { profile }),
				...(endpointUrl !== undefined && { endpointUrl }),
				application: group.application,
				name: group.name,
				group,
				...(revision && { revision }),
			},
			{ ask: probing(gateways, callsAtATime), gain: () => {}, signal: given },
		);
		return judgePreflight(facts);
	}

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
					const preflight = purpose === 'redeploy' ? await runPreflight(plan, parts.signal) : undefined;
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

/** Calls of a preflight that are under way together. */
const callsAtATime = 6;

const problemOf = (error: unknown): string =>
	error instanceof ImpossibleWishError || !(error instanceof GatewayFailure)
		? messageOf(error)
		: `what would be deployed could not be read: ${messageOf(error)}`;
