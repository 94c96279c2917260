import { currentFleetScreen } from '../../monitor/fleet/reduce-ui.ts';
import type { FleetUi } from '../../monitor/fleet/ui-state.ts';
import type { Layer } from '../keys/bindings.ts';

/** Who has the keys on the fleet screen: the line being typed, then the screen. */
export const fleetLayer = (ui: FleetUi): Layer => (ui.prompt ? 'prompt' : currentFleetScreen(ui).type);
