import { type CodeDeployGateway, maxGroupsPerCall } from '../../gateway/gateway.ts';
import type { Clock } from '../../lib/clock.ts';
import { chunk, pages } from '../../lib/pages.ts';
import type { Random } from '../../lib/random.ts';
import { leftMs, retryMs } from '../cadence.ts';
import { asFailure } from '../calls.ts';
import { defaultPlan } from '../plan.ts';
import { createReducingStore, type Defer, type ReducingStore } from '../reducing-store.ts';
import type { Remote } from '../remote.ts';
import { createBell } from '../turn.ts';
import { reducePicker } from './reduce.ts';
import { type PickerEvent, type PickerState, shownGroups } from './state.ts';

export type PickerStore = ReducingStore<PickerState, PickerEvent>;

export const createPickerStore = (initial: PickerState, defer: Defer): PickerStore =>
	createReducingStore(initial, reducePicker, defer);

/** Asks what can be chosen, when somebody looks at it, and then no more. */
export type PickerEngine = {
	run(signal: AbortSignal): Promise<void>;
	/** Asks again what is shown. */
	refresh(): void;
};

export type PickerAws = Pick<
	CodeDeployGateway,
	'listApplications' | 'listDeploymentGroups' | 'getDeploymentGroups'
>;

export type PickerEngineParts = {
	readonly store: PickerStore;
	readonly codeDeploy: PickerAws;
	readonly clock: Clock;
	readonly random: Random;
};

/** What could not be read. */
type Failing =
	| { readonly type: 'applications.failed' }
	| { readonly type: 'groups.failed' | 'facts.failed'; readonly application: string };

export function createPickerEngine({ store, codeDeploy, clock, random }: PickerEngineParts): PickerEngine {
	const bell = createBell(clock);
	/** When a refresh was last asked for, by application, of which `undefined` is the list: what is older is asked again. */
	const freshFrom = new Map<string | undefined, number>();

	/** Whether it is to be asked now, or else in how many milliseconds; undefined: not by itself. */
	const dueInMs = (remote: Remote<unknown>, application?: string): number | undefined => {
		const since = freshFrom.get(application) ?? -Infinity;
		if (remote.failure) {
			const { failedAt = 0, retryAt = 0 } = remote;
			return failedAt < since ? 0 : leftMs({ since: failedAt, ms: retryAt - failedAt }, clock.now());
		}
		return remote.dataAt === undefined || remote.dataAt < since ? 0 : undefined;
	};
	const attempt = async (
		remote: Remote<unknown>,
		failing: Failing,
		operation: string,
		signal: AbortSignal,
		work: () => Promise<void>,
	): Promise<void> => {
		try {
			await work();
		} catch (error) {
			signal.throwIfAborted();
			const failure = asFailure(error, operation);
			const at = clock.now();
			const failures = remote.failures + 1;
			const usualMs = defaultPlan.turnMs;
			const retryAt = at + retryMs({ kind: failure.kind, failures, usualMs }, defaultPlan, random);
			store.dispatch({ ...failing, failure, at, retryAt });
		}
	};

	const readApplications = (signal: AbortSignal) =>
		attempt(
			store.getState().applications,
			{ type: 'applications.failed' },
			'ListApplications',
			signal,
			async () => {
				const names: string[] = [];
				const tell = () =>
					store.dispatch({ type: 'applications.received', names: [...names], at: clock.now() });
				// The first time page by page; a list that is there does not shrink while it is read again.
				const isFirst = store.getState().applications.data === undefined;
				for await (const page of pages(token => codeDeploy.listApplications(token, signal))) {
					names.push(...page);
					if (isFirst) tell();
				}
				if (!isFirst) tell();
			},
		);
	const readGroups = (application: string, signal: AbortSignal) =>
		attempt(
			shownGroups(store.getState()).names,
			{ type: 'groups.failed', application },
			'ListDeploymentGroups',
			signal,
			async () => {
				const names: string[] = [];
				for await (const page of pages(token => codeDeploy.listDeploymentGroups(application, token, signal)))
					names.push(...page);
				store.dispatch({ type: 'groups.received', application, names, at: clock.now() });
			},
		);
	const readFacts = (application: string, signal: AbortSignal) =>
		attempt(
			shownGroups(store.getState()).facts,
			{ type: 'facts.failed', application },
			'BatchGetDeploymentGroups',
			signal,
			async () => {
				const names = shownGroups(store.getState()).names.data ?? [];
				for (const batch of chunk(names, maxGroupsPerCall)) {
					const groups = await codeDeploy.getDeploymentGroups(application, batch, signal);
					store.dispatch({ type: 'facts.received', application, groups, at: clock.now() });
				}
			},
		);

	/** Asks what is shown and not known; returns when to come back. */
	const look = async (signal: AbortSignal): Promise<number | undefined> => {
		const { application } = store.getState();
		if (application === undefined) {
			if (dueInMs(store.getState().applications) === 0) await readApplications(signal);
			return dueInMs(store.getState().applications);
		}
		if (dueInMs(shownGroups(store.getState()).names, application) === 0)
			await readGroups(application, signal);
		const { names, facts } = shownGroups(store.getState());
		const mayRead = store.getState().application === application && (names.data ?? []).length > 0;
		if (mayRead && dueInMs(facts, application) === 0) await readFacts(application, signal);
		const known = shownGroups(store.getState());
		const waits = [
			dueInMs(known.names, application),
			mayRead ? dueInMs(known.facts, application) : undefined,
		];
		const left = waits.filter(ms => ms !== undefined);
		return left.length === 0 ? undefined : Math.min(...left);
	};

	return {
		async run(signal) {
			let shown = store.getState().application;
			const stop = store.subscribe(() => {
				const { application } = store.getState();
				if (application !== shown) bell.ring();
				shown = application;
			});
			try {
				while (!signal.aborted) await bell.sleep(await look(signal), signal);
			} catch (error) {
				if (!signal.aborted) throw error;
			} finally {
				stop();
			}
		},
		refresh() {
			const { application } = store.getState();
			const since = freshFrom.get(application);
			// However long the key is held down.
			if (since !== undefined && leftMs({ since, ms: defaultPlan.turnMs }, clock.now()) > 0) return;
			freshFrom.set(application, clock.now());
			bell.ring();
		},
	};
}
