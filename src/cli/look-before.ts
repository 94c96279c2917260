import { firingAlarms } from '../actions/deploying/obstacles.ts';
import type { DeployOptions } from '../domain/deploy-order.ts';
import type { DeployPlan } from '../domain/deploy-plan.ts';
import { examineGroup, queryFor } from '../monitor/preflight/examine-group.ts';
import { probing } from '../monitor/watch.ts';
import { type ShownPreflight, selectJudged } from '../view/preflight/shown.ts';
import type { OpenConnection } from './open-connection.ts';

const concurrency = 8;

/** What the plan itself tells already, as obstacles and warnings. */
const toldByPlan: ReadonlySet<ShownPreflight['id']> = new Set(['busy', 'bundle', 'automatic-rollback']);

const isTold = (id: ShownPreflight['id'], plan: DeployPlan, { overrideAlarms }: DeployOptions): boolean =>
	toldByPlan.has(id) || (id === 'alarms' && (overrideAlarms || firingAlarms(plan).length > 0));

/** What else would make a planned deployment fail, or hard to undo. What could not be read is told as unknown, when
 * `signal` aborts too. */
export async function lookBefore(
	plan: DeployPlan,
	options: DeployOptions,
	{ connection, session }: OpenConnection,
	signal: AbortSignal,
): Promise<readonly ShownPreflight[]> {
	const { group, revision } = plan;
	const ask = probing(connection.gateways, concurrency);
	const facts = await examineGroup(queryFor(group, revision, session), { ask, gain: () => {}, signal });
	return selectJudged(facts, true).filter(({ id }) => !isTold(id, plan, options));
}
