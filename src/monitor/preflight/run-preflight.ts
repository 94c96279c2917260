import type { PreflightCheck } from '../../diagnosis/preflight/check.ts';
import { judgePreflight } from '../../diagnosis/preflight/judge.ts';
import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import type { Revision } from '../../domain/revision.ts';
import type { AllGateways } from '../../gateway/investigation.ts';
import type { Session } from '../state.ts';
import { probing } from '../watch.ts';
import { examineGroup, queryFor } from './examine-group.ts';

/** Calls that are under way together. */
const callsAtATime = 6;

/** Looks over a group that has just been read, before a revision is deployed to it. Throws only the signal's reason. */
export async function runPreflight(
	group: DeploymentGroupSnapshot,
	revision: Revision | undefined,
	parts: { readonly gateways: AllGateways; readonly session: Session; readonly signal: AbortSignal },
): Promise<readonly PreflightCheck[]> {
	const { gateways, session, signal } = parts;
	const query = queryFor(group, revision, session);
	const ask = probing(gateways, callsAtATime);
	return judgePreflight(await examineGroup(query, { ask, gain: () => {}, signal }));
}
