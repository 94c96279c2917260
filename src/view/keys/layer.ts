import { currentScreen, type UiState } from '../../monitor/ui-state.ts';
import type { Layer } from './bindings.ts';

/** Who has the keys: the question above all, then the line being typed, then the screen. */
export function focusedLayer(ui: UiState): Layer {
	if (ui.confirmation) return ui.confirmation.token === undefined ? 'confirm' : 'confirm-typed';
	return ui.prompt ? 'prompt' : currentScreen(ui).type;
}

/** Whether plain characters are text here, not keys. */
export const takesText = (layer: Layer): boolean =>
	layer === 'prompt' || layer === 'confirm-typed' || layer === 'picker';
