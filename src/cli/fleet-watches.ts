import type { DeploymentId } from '../domain/ids.ts';
import { displayWidth } from '../lib/width.ts';
import { besideFleet } from '../monitor/fleet/plan.ts';
import type { ContextLabel } from '../monitor/fleet/state.ts';
import { type Message, rolloutOf } from '../monitor/state.ts';
import { toAscii } from '../view/glyphs.ts';
import type { CommonOptions } from './command.ts';
import { sayLastWords } from './last-words.ts';
import type { StartedFleet } from './start-fleet.ts';
import { beginWatch, type StartedWatch, type Watch, type WatchParts } from './start-watch.ts';

/** A watch that was opened from the fleet. */
export type OpenedWatch = Watch & {
	/** Back to the fleet. The watch ends by itself, once the outcome of what was asked for there is known. */
	leave(): void;
};

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

/** How long the outcome of an action in a watch that was left is waited for. */
const outcomePatienceMs = 5_000;

type Opened = { readonly id: DeploymentId; readonly started: StartedWatch };

export function createFleetWatches(
	fleet: StartedFleet,
	common: CommonOptions,
	parts: WatchParts,
): FleetWatches {
	const { store, places, signal } = fleet;
	const { io, clock } = parts;
	const ending = new Set<Promise<void>>();
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
		const stopTelling = tellMessages(fleet, label, started);
		const over = started.runner
			.settled()
			// What was still being sent when it was left has been accepted or refused by now.
			.then(giveBack)
			.then(() => started.end())
			.finally(() => {
				stopTelling();
				ending.delete(over);
			});
		ending.add(over);
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
		say: line => io.out(`${common.ascii ? toAscii(line, displayWidth) : line}\n`),
		async sayLastWords() {
			if (current) {
				const { id, started } = current;
				const { codeDeploy } = started.gateways;
				await sayLastWords({ ...started, id, actions: started.runner, codeDeploy });
			}
			await Promise.race([Promise.all(ending), clock.sleep(outcomePatienceMs, signal)]);
		},
		async end() {
			await Promise.all([...ending, current?.started.end()]);
		},
	};
}

/**
 * What was said in a watch is kept among the fleet's messages; what comes after it was left, as the outcome of an action
 * may, is a notice there. Returns the way to stop.
 */
function tellMessages({ store }: StartedFleet, label: ContextLabel, watch: StartedWatch): () => void {
	const { application, group } = rolloutOf(watch.store.getState(), scopeOf(watch)).deployment.data ?? {};
	const name = application === undefined ? scopeOf(watch) : `${application} / ${group ?? '?'}`;
	const prefixed = ({ tone, text, at }: Message) => ({ tone, text: `${label}: ${name}: ${text}`, at });
	const told = new Set<Message>();
	const untold = () => watch.store.getState().messages.filter(message => !told.has(message));
	for (const message of untold()) {
		told.add(message);
		store.dispatch({ type: 'message.added', ...prefixed(message) });
	}
	const listen = () => {
		for (const message of untold()) {
			told.add(message);
			store.dispatch({ type: 'notice.shown', ...prefixed(message) });
		}
	};
	const stop = watch.store.subscribe(listen);
	return () => {
		stop();
		// What has not been painted yet was still said.
		listen();
	};
}

const scopeOf = ({ store }: StartedWatch): DeploymentId => store.getState().scope.deploymentId;
