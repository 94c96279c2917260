import type { DeploymentId, TargetId } from '../domain/ids.ts';
import type { Store } from '../monitor/store.ts';
import type { ActionRequest } from '../monitor/ui-state.ts';
import type { Effect, Outcome } from '../view/outcome.ts';
import { paste, press } from '../view/press.ts';

/** Keys and sizes go in; events reach the store, and effects those who carry them out. */
export type Controller = {
	/** Names of the keys pressed, in order. */
	press(keys: readonly string[]): void;
	paste(text: string): void;
	resize(columns: number, rows: number): void;
};

/** Who carries out what a key leads to. */
export type Effects = {
	quit(): void;
	refresh(): void;
	copy(text: string, what: string): void;
	browse(url: string): void;
	writeReport(deploymentId: DeploymentId): void;
	openShell(targetId: TargetId): void;
	/** `seenStatus`: the deployment's status when the user was asked. */
	perform(request: ActionRequest, seenStatus: string): void;
};

/** `isDeaf`: somebody else has the terminal, and what is typed is not for the screen. */
export function createController(
	store: Store,
	effects: Effects,
	isDeaf: () => boolean = () => false,
): Controller {
	const carryOut = (effect: Effect) => {
		switch (effect.type) {
			case 'quit':
				return effects.quit();
			case 'refresh':
				return effects.refresh();
			case 'copy':
				return effects.copy(effect.text, effect.what);
			case 'browse':
				return effects.browse(effect.url);
			case 'report':
				return effects.writeReport(effect.deploymentId);
			case 'shell':
				return effects.openShell(effect.targetId);
			case 'perform':
				return effects.perform(effect.request, effect.seenStatus);
		}
	};
	const apply = (outcome: Outcome) => {
		for (const event of outcome.events) store.dispatch(event);
		for (const effect of outcome.effects) carryOut(effect);
	};
	return {
		press(keys) {
			// Each key acts on what the key before it has left, not on what has been painted.
			for (const key of keys) if (!isDeaf()) apply(press(store.getState(), key));
			store.flush();
		},
		paste(text) {
			if (isDeaf()) return;
			apply(paste(store.getState(), text));
			store.flush();
		},
		resize(columns, rows) {
			store.dispatch({ type: 'terminal.resized', columns, rows });
			store.flush();
		},
	};
}
