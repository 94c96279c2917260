import type { DeploymentId } from '../domain/ids.ts';
import { besideFleet } from '../monitor/fleet/plan.ts';
import type { ContextLabel } from '../monitor/fleet/state.ts';
import { rolloutOf } from '../monitor/state.ts';
import type { CommonOptions } from './command.ts';
import { sayLastWords } from './last-words.ts';
import { createLeftWatches, type OpenedWatch, type Said } from './left-watches.ts';
import { lineSayer } from './say.ts';
import type { StartedFleet } from './start-fleet.ts';
import { beginWatch, type StartedWatch, type WatchParts } from './start-watch.ts';

/** The watches of single deployments of a fleet: one at a time, and those that are on their way out. */
export type FleetWatches = {
	open(context: ContextLabel, id: DeploymentId): OpenedWatch;
	/** Prints a line on standard output. */
	say(line: string): void;
	/** Says how the deployment stands that was watched until the end, and waits a little for outcomes that are due. */
	sayLastWords(): Promise<void>;
	/** Resolves when all of them have ended. */
	end(): Promise<void>;
};

type Opened = { readonly id: DeploymentId; readonly started: StartedWatch };

export function createFleetWatches(
	fleet: StartedFleet,
	common: CommonOptions,
	parts: WatchParts,
): FleetWatches {
	const { store, places, signal } = fleet;
	const { io, clock } = parts;
	const left = createLeftWatches(clock, signal);
	let current: Opened | undefined;

	const leave = ({ started, id }: Opened, label: ContextLabel): void => {
		if (current?.started !== started) return;
		current = undefined;
		const giveBack = () => {
			const rollout = rolloutOf(started.store.getState(), id);
			store.dispatch({ type: 'rollout.left', context: label, rollout });
		};
		giveBack();
		fleet.setBackground(false);
		const placed = ({ text, ...said }: Said) => ({ ...said, text: `${label}: ${text}` });
		left.add(started, {
			before: said => store.dispatch({ type: 'message.added', ...placed(said) }),
			after: said => store.dispatch({ type: 'notice.shown', ...placed(said) }),
			settled: giveBack,
		});
	};

	return {
		open(label, id) {
			const place = places.get(label);
			if (!place) throw new Error(`there is no context ${label}`);
			const { connection, share, context } = place;
			const known = store.getState().contexts.get(label);
			// The connection is the fleet's: it outlives the watch.
			const shared = { ...connection, close() {} };
			const session = { ...context.session, startedAt: clock.now(), openedFrom: 'fleet' as const };
			const ground = { connection: shared, budget: share.budget, session };
			const modest = { ...common, cadence: { ...common.cadence, ...besideFleet } };
			const started = beginWatch(id, modest, parts, ground, known?.rollouts.get(id));
			const identity = known?.identity.data;
			if (identity) started.store.dispatch({ type: 'identity.received', identity, at: clock.now() });
			const opened = { id, started };
			current = opened;
			fleet.setBackground(true);
			return { ...started, leave: () => leave(opened, label) };
		},
		say: lineSayer(common, io),
		async sayLastWords() {
			if (current) {
				const { id, started } = current;
				const { codeDeploy } = started.gateways;
				await sayLastWords({ ...started, id, actions: started.runner, codeDeploy });
			}
			await left.awaitOutcomes();
		},
		async end() {
			await Promise.all([left.end(), current?.started.end()]);
		},
	};
}
