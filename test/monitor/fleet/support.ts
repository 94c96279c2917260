import { onTestFinished } from 'vitest';
import type { FleetName } from '../../../src/simulator/simulator.ts';
import { type FleetStage, type FleetStageOptions, openFleet } from './open-fleet.ts';

export { type FleetStage, startAt } from './open-fleet.ts';

/** A fleet for one test. */
export async function stageFleet(name: FleetName, options?: FleetStageOptions): Promise<FleetStage> {
	const stage = await openFleet(name, options);
	onTestFinished(() => stage.close());
	return stage;
}
