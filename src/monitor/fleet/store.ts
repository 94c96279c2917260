import { createReducingStore, type Defer, type ReducingStore } from '../reducing-store.ts';
import type { FleetEvent } from './events.ts';
import { reduceFleet } from './reduce.ts';
import type { FleetState } from './state.ts';

export type FleetStore = ReducingStore<FleetState, FleetEvent>;

export const createFleetStore = (initial: FleetState, defer: Defer): FleetStore =>
	createReducingStore(initial, reduceFleet, defer);
