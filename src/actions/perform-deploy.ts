import type { DeploymentId } from '../domain/ids.ts';
import type { MessageTone } from '../monitor/state.ts';
import type { DeployRequest } from '../monitor/ui-state.ts';
import type { AuditParts } from './audit.ts';
import type { DeedParts } from './deed.ts';
import { optionsOf, whyNotConfirmable } from './deploy.ts';
import { type DeployOutcome, deployNow } from './deploying/deploy-now.ts';
import { orderOf, planTitle } from './deploying/order.ts';
import { deployRecorder } from './deploying/record-deploy.ts';

/** Makes the deployment that was confirmed, closes the question, and goes on to the new one. Never rejects. */
export async function performDeploy(
	request: DeployRequest,
	parts: AuditParts & DeedParts & { readonly urgently: <T>(work: () => Promise<T>) => Promise<T> },
): Promise<void> {
	const { store, clock } = parts;
	const { outcome, detail, created } = await parts.urgently(() => deploy(request, parts));
	store.dispatch({ type: 'action.closed' });
	if (created !== undefined) {
		const way = store.getState().follow.on ? 'follow' : 'goto';
		store.dispatch({ type: 'scope.moved', deploymentId: created, way });
	}
	const text =
		outcome === 'accepted' && created !== undefined
			? startedWords(request, created)
			: `${planTitle(request).toLowerCase()} ${outcome}: ${detail}`;
	store.dispatch({ type: 'notice.shown', tone: tones[outcome], text, at: clock.now() });
}

const tones: Readonly<Record<DeployOutcome['outcome'], MessageTone>> = {
	accepted: 'good',
	refused: 'attention',
	failed: 'bad',
	unknown: 'attention',
};

const startedWords = ({ purpose }: DeployRequest, id: DeploymentId): string =>
	purpose === 'roll-back' ? `rollback ${id} started` : `${id} started`;

async function deploy(request: DeployRequest, parts: AuditParts & DeedParts): Promise<DeployOutcome> {
	const { store, codeDeploy, audit, clock, signal } = parts;
	const { session, identity } = store.getState();
	const { plan } = request;
	const order = plan && orderOf(plan, optionsOf(request));
	const refusal = whyNotConfirmable(request);
	// No key leads here then: the question cannot be confirmed.
	if (!plan || !order || refusal !== undefined) {
		return { outcome: 'refused', detail: refusal ?? 'there is nothing to deploy' };
	}
	const record = deployRecorder(plan, order, {
		audit,
		clock,
		session,
		identity: identity.data,
		failed: text => store.dispatch({ type: 'message.added', tone: 'bad', text, at: clock.now() }),
	});
	return deployNow(plan, order, { codeDeploy, readOnly: session.readOnly, record, signal });
}
