import { asFailure } from '../calls.ts';
import { findDeployment, NoDeploymentError } from '../find-deployment.ts';
import { failureMessage } from '../messages.ts';
import type { Turn } from '../turn.ts';
import { currentScreen } from '../ui-state.ts';
import type { Watch } from '../watch.ts';

/** Finds the deployment of a group that somebody wants to go to, and goes there, or says why not. */
export function createGotoTurn(watch: Watch): Turn {
	const asked = () => watch.store.getState().ui.prompt?.asking;
	return async signal => {
		const name = asked();
		if (!name) return undefined;
		try {
			const id = await watch.ask(
				'GetDeploymentGroup',
				({ codeDeploy }, inner) => findDeployment(codeDeploy, name, inner),
				signal,
			);
			// Who has typed on, or has given it up, does not want to be taken there any more.
			if (asked() !== name) return undefined;
			watch.tell({ type: 'prompt.closed' });
			if (id === watch.id) return undefined;
			leaveLog(watch);
			watch.tell({ type: 'scope.moved', deploymentId: id, way: 'goto' });
		} catch (error) {
			signal.throwIfAborted();
			if (asked() === name) watch.tell({ type: 'prompt.refused', problem: problemOf(error, watch) });
		}
		return undefined;
	};
}

/** A log on the screen need not be read on. */
function leaveLog({ id, store, clock, tell }: Watch): void {
	const screen = currentScreen(store.getState().ui);
	if (screen.type !== 'logs' || screen.source === 'tail') return;
	tell({ type: 'log.left', id, targetId: screen.targetId, source: screen.source, at: clock.now() });
}

function problemOf(error: unknown, { clock }: Watch): string {
	if (error instanceof NoDeploymentError) return error.message;
	return failureMessage(asFailure(error, 'GetDeploymentGroup'), clock.now()).text;
}
