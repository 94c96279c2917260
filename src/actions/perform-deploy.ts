import type { DeploymentId } from '../domain/ids.ts';
import type { DeployRequest } from '../monitor/ui-state.ts';
import { readOnlyRefusal } from './action.ts';
import type { AuditParts } from './audit.ts';
import { carryOut, type Outcome } from './carry-out.ts';
import type { DeedParts } from './deed.ts';
import { optionsOf, whyNotConfirmable } from './deploy.ts';
import { deployDeed } from './deploying/deploy-deed.ts';
import { orderOf, planTitle } from './deploying/order.ts';
import { deployRecorder } from './deploying/record-deploy.ts';

/** Makes the deployment that was confirmed, closes the question, and goes on to the new one. Never rejects. */
export async function performDeploy(
	request: DeployRequest,
	parts: AuditParts & DeedParts & { readonly urgently: <T>(work: () => Promise<T>) => Promise<T> },
): Promise<void> {
	const { store, clock } = parts;
	const { outcome, detail, tone, created } = await parts.urgently(() => deploy(request, parts));
	store.dispatch({ type: 'action.closed' });
	if (created !== undefined) {
		const way = store.getState().follow.on ? 'follow' : 'goto';
		store.dispatch({ type: 'scope.moved', deploymentId: created, way });
	}
	const text =
		outcome === 'accepted' && created !== undefined
			? startedWords(request, created)
			: `${planTitle(request).toLowerCase()} ${outcome}: ${detail}`;
	store.dispatch({ type: 'notice.shown', tone, text, at: clock.now() });
}

const startedWords = ({ purpose }: DeployRequest, id: DeploymentId): string =>
	purpose === 'roll-back' ? `rollback ${id} started` : `${id} started`;

async function deploy(request: DeployRequest, parts: AuditParts & DeedParts): Promise<Outcome> {
	const { store, codeDeploy, audit, clock, signal } = parts;
	const state = store.getState();
	const { session, identity } = state;
	const { plan } = request;
	const order = plan && orderOf(plan, optionsOf(request));
	const refusal = whyNotConfirmable(request);
	// No key leads here then: the question cannot be confirmed.
	if (!plan || !order || refusal !== undefined) {
		return { outcome: 'refused', detail: refusal ?? 'there is nothing to deploy', tone: 'attention' };
	}
	const record = deployRecorder(plan, order, {
		audit,
		clock,
		session,
		identity: identity.data,
		failed: text => store.dispatch({ type: 'message.added', tone: 'bad', text, at: clock.now() }),
	});
	return carryOut(deployDeed(plan, order, { codeDeploy, signal }), readOnlyRefusal(state), record);
}
