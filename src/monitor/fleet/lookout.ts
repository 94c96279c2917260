import type { DeploymentId } from '../../domain/ids.ts';
import type { FailureDetails } from '../../gateway/failure.ts';
import type { Gateways } from '../../gateway/gateway.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Random } from '../../lib/random.ts';
import { payFor } from '../allowance.ts';
import { asFailure, type Calls } from '../calls.ts';
import type { Part, RolloutEvent } from '../events.ts';
import { createSchedule, type Schedule } from '../schedule.ts';
import { emptyRollout, type Rollout } from '../state.ts';
import { type Operation, operations } from '../watch.ts';
import type { Share } from './budgets.ts';
import type { ContextEvent } from './events.ts';
import type { FleetPlan } from './plan.ts';
import type { Context, ContextLabel, ContextState, FleetState } from './state.ts';
import type { FleetStore } from './store.ts';
import type { RowKey } from './ui-state.ts';

export type LookoutOptions = {
	readonly store: FleetStore;
	readonly context: Context;
	readonly gateways: Gateways;
	readonly clock: Clock;
	readonly random: Random;
	/** What may be asked; shared with whoever asks the same account in the same region. */
	readonly share: Share;
	/** The row that is looked at: its targets are asked about. */
	readonly chosenRow: (state: FleetState) => RowKey | undefined;
	/** Whether something else is on the screen. */
	readonly isBackground: () => boolean;
};

/** What every turn of one context works with. */
export type Lookout = LookoutOptions & {
	readonly plan: FleetPlan;
	readonly calls: Calls;
	readonly schedule: Schedule;
	readonly label: ContextLabel;
	/** The newest state of the context, and of one of its deployments. */
	state(): ContextState;
	rollout(id: DeploymentId): Rollout;
	/** The deployment that is looked at, if it is one of this context. */
	chosen(): DeploymentId | undefined;
	tell(event: DistributiveOmit<ContextEvent, 'context'>): void;
	/** What was said about deployments, all at once. */
	tellRollouts(events: readonly RolloutEvent[]): void;
	/** Throws what the gateway throws. */
	ask<T>(
		operation: Operation,
		call: (gateways: Gateways, signal: AbortSignal) => Promise<T>,
		signal: AbortSignal,
	): Promise<T>;
	/** Does `work`; its failure is scheduled for another attempt and told by `told`. An abort is thrown on. */
	attempt<T>(what: Attempt, work: () => Promise<T>, signal: AbortSignal): Promise<Outcome<T>>;
	/** Whether the way to this context is blocked: what is no sweep waits until one has succeeded. */
	isCutOff(): boolean;
};

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

export type Attempt = {
	/** Its name in the schedule, or what waits after a failure of one kind or the other. */
	readonly entry: string | ((failure: FailureDetails) => string);
	readonly operation: Operation;
	/** Between two calls that succeed. */
	readonly usualMs: number;
	/** Tells the failure; left out where the answer would only have been an addition. */
	readonly told?: (failed: Failed) => void;
};

export type Failed = { readonly failure: FailureDetails; readonly at: number; readonly retryAt: number };

export type Outcome<T> =
	| { readonly ok: true; readonly value: T }
	| { readonly ok: false; readonly failure: FailureDetails };

/** The sweep's name in the schedule. */
export const sweepEntry = 'sweep';

export function createLookout(options: LookoutOptions & { plan: FleetPlan; calls: Calls }): Lookout {
	const { store, context, gateways, clock, random, share, plan, calls } = options;
	const { label } = context;
	const schedule = createSchedule(clock, random, plan);
	const state = (): ContextState => {
		const known = store.getState().contexts.get(label);
		if (!known) throw new Error(`there is no context ${label}`);
		return known;
	};
	return {
		...options,
		schedule,
		label,
		state,
		rollout: id => state().rollouts.get(id) ?? emptyRollout(id),
		chosen() {
			const row = options.chosenRow(store.getState());
			return row?.context === label ? row.deploymentId : undefined;
		},
		tell: event => store.dispatch({ ...event, context: label }),
		tellRollouts: events => store.dispatch({ type: 'rollouts.told', context: label, events }),
		ask(operation, call, signal) {
			const asking = () => calls.ask(operation, inner => call(gateways, inner), signal);
			return operations[operation] === 'codedeploy' ? payFor(share.allowance, asking) : asking();
		},
		async attempt({ entry, operation, usualMs, told }, work, signal) {
			try {
				return { ok: true, value: await work() };
			} catch (error) {
				signal.throwIfAborted();
				const failure = asFailure(error, operation);
				const name = typeof entry === 'string' ? entry : entry(failure);
				const retryAt = schedule.failed(name, failure.kind, usualMs);
				told?.({ failure, at: clock.now(), retryAt });
				return { ok: false, failure };
			}
		},
		isCutOff: () => schedule.isFailing(sweepEntry),
	};
}

/** Tells a failure as that of a part of one deployment. */
export const failedPart =
	(lookout: Pick<Lookout, 'tellRollouts'>, ids: readonly DeploymentId[], part: Part) =>
	(failed: Failed): void =>
		lookout.tellRollouts(ids.map(id => ({ type: 'part.failed', id, part, ...failed })));
