import { createBudgetPool, type Share } from '../monitor/fleet/budgets.ts';
import { createFleetEngine, type FleetEngine } from '../monitor/fleet/engine.ts';
import {
	asContextLabel,
	type Context,
	type ContextLabel,
	type FleetState,
	initialFleet,
} from '../monitor/fleet/state.ts';
import { createFleetStore, type FleetStore } from '../monitor/fleet/store.ts';
import { createFleetTicker } from '../monitor/fleet/ticker.ts';
import type { RowKey } from '../monitor/fleet/ui-state.ts';
import { createPace } from '../monitor/pace.ts';
import type { CommonOptions } from './command.ts';
import { createSession, regionOf } from './open-connection.ts';
import { fleetPlanOf, rateOf } from './poll-options.ts';
import type { ContextOptions } from './settings.ts';
import type { Connection, WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/** One context that is watched, and all that a watch of one of its deployments needs to share with it. */
export type FleetPlace = {
	readonly context: Context;
	readonly connection: Connection;
	readonly share: Share;
	readonly engine: FleetEngine;
};

/** A fleet that is watched. */
export type StartedFleet = {
	readonly store: FleetStore;
	readonly places: ReadonlyMap<ContextLabel, FleetPlace>;
	/** Aborted when the fleet or the process ends. */
	readonly signal: AbortSignal;
	/** Asks everything again that can have changed. */
	refresh(): void;
	/** Something else is on the screen, or the fleet is again: that decides on how often AWS is asked. */
	setBackground(isBackground: boolean): void;
	/** Lets what is under way end. */
	end(): Promise<void>;
};

export type FleetParts = Pick<WatchParts, 'io' | 'clock' | 'random' | 'connect'> & {
	/** The row that is looked at: the chosen one, or the top one until the user first moves. */
	readonly chosenRow: (state: FleetState) => RowKey | undefined;
};

/** Connects to every context and begins to poll. Throws UsageError when one of them has no region. */
export async function startFleet(
	contexts: readonly ContextOptions[],
	common: CommonOptions,
	parts: FleetParts,
): Promise<StartedFleet> {
	const { io, clock, random, chosenRow } = parts;
	const startedAt = clock.now();
	const pool = createBudgetPool({ clock, random, ...rateOf(common) });
	const ended = new AbortController();
	const signal = AbortSignal.any([ended.signal, io.signal]);
	let background = false;

	const { profile: _profile, region: _region, endpointUrl: _endpointUrl, ...rest } = common;
	const connect = async ({ label, colour, ...own }: ContextOptions) => {
		const share = pool.open();
		const connection = await parts.connect({ ...rest, ...own }, share.budget);
		const region = await regionNamed(contexts.length > 1 ? `${label}: ` : '', connection);
		const session = createSession(
			{ ...own, ...(common.keys && { keys: common.keys }) },
			io.env,
			region,
			startedAt,
		);
		const context: Context = { label: asContextLabel(label), session, ...(colour && { colour }) };
		return { context, connection, share };
	};
	const connected = await Promise.all(contexts.map(connect));
	const pace = createPace(clock);
	const store = createFleetStore(
		initialFleet(
			connected.map(({ context }) => context),
			startedAt,
			common.keys,
		),
		pace.defer,
		pace,
	);
	const places = connected.map(place => ({
		...place,
		engine: createFleetEngine({
			store,
			context: place.context,
			gateways: place.connection.gateways,
			clock,
			random,
			share: place.share,
			chosenRow,
			isBackground: () => background,
			plan: fleetPlanOf(common),
		}),
	}));
	const budgets = new Map(places.map(({ context, share }) => [context.label, share.budget]));
	const skewMs = () => places.map(({ connection }) => connection.clockSkewMs()).find(ms => ms !== 0) ?? 0;
	const running = [
		...places.map(({ engine }) => engine.run(signal)),
		createFleetTicker({ store, clock, budgets, skewMs }).run(signal),
	];
	const refresh = () => {
		for (const { engine } of places) engine.nudge();
	};
	return {
		store,
		places: new Map(places.map(place => [place.context.label, place])),
		signal,
		refresh,
		setBackground(isBackground) {
			const isBack = background && !isBackground;
			background = isBackground;
			if (isBack) refresh();
		},
		async end() {
			ended.abort();
			await Promise.all(running);
			for (const { connection } of places) connection.close();
		},
	};
}

/** Throws UsageError that says whose region is missing. */
async function regionNamed(whose: string, connection: Connection): Promise<string> {
	try {
		return await regionOf(connection);
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		throw new UsageError(whose + error.message);
	}
}
