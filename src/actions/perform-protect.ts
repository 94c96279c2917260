import { shellWord } from '../lib/shell-word.ts';
import type { ProtectRequest } from '../monitor/ui-state.ts';
import { actionFor, readOnlyRefusal } from './action.ts';
import { type AuditParts, recorderOf } from './audit.ts';
import { carryOut, type Outcome } from './carry-out.ts';
import type { DeedParts } from './deed.ts';
import { whyNotProtect } from './protect.ts';
import { protectDeed } from './protecting/protect-deed.ts';

/** Changes the group as it was confirmed, closes the question, and has the group looked at anew. Never rejects. */
export async function performProtect(
	request: ProtectRequest,
	parts: AuditParts & DeedParts & { readonly urgently: <T>(work: () => Promise<T>) => Promise<T> },
): Promise<void> {
	const { store, clock } = parts;
	const { outcome, detail, tone } = await parts.urgently(() => protect(request, parts));
	const said = outcome === 'accepted' && tone === 'good' ? 'group protected' : `protect the group ${outcome}`;
	store.dispatch({ type: 'action.closed' });
	store.dispatch({ type: 'notice.shown', tone, text: `${said}: ${detail}`, at: clock.now() });
	lookAgain(request, parts);
}

async function protect(request: ProtectRequest, parts: AuditParts & DeedParts): Promise<Outcome> {
	const { store, codeDeploy, clock, signal } = parts;
	const { deploymentId: id, plan } = request;
	const refusal = readOnlyRefusal(store.getState()) ?? whyNotProtect(request);
	const { title, command } = actionFor(request);
	const record = recorderOf(parts, id, {
		action: title,
		command: ['aws', 'deploy', ...command].map(shellWord).join(' '),
	});
	const deed = protectDeed(
		{
			codeDeploy,
			signal,
			received: group => store.dispatch({ type: 'group.received', id, group, at: clock.now() }),
		},
		{
			application: plan.group.application,
			group: plan.group.name,
			wish: plan.wish,
			before: plan.before,
		},
	);
	return carryOut(deed, refusal, record);
}

/** What was found out before is no longer so; or somebody else has changed it. */
function lookAgain({ deploymentId: id }: ProtectRequest, { store, clock }: AuditParts): void {
	const preflight = store.getState().rollouts.get(id)?.preflight;
	if (preflight?.endedAt === undefined) return;
	const { group: _group, ...query } = preflight.query;
	store.dispatch({ type: 'preflight.asked', id, query, at: clock.now() });
}
