import type { Pace } from '../pace.ts';
import { createReducingStore, type Defer, type ReducingStore } from '../reducing-store.ts';
import type { FleetEvent } from './events.ts';
import { reduceFleet } from './reduce.ts';
import type { FleetState } from './state.ts';

export type FleetStore = ReducingStore<FleetState, FleetEvent>;

/** `pace`: learns what it takes to paint the fleet. */
export const createFleetStore = (initial: FleetState, defer: Defer, pace?: Pick<Pace, 'paint'>): FleetStore =>
	createReducingStore(
		initial,
		reduceFleet,
		defer,
		pace && { paint: (_before, _next, work) => pace.paint(work) },
	);
