import { firingAlarms } from '../actions/deploying/obstacles.ts';
import type { DeployOptions } from '../domain/deploy-order.ts';
import type { DeployPlan } from '../domain/deploy-plan.ts';
import { examineGroup } from '../monitor/preflight/examine-group.ts';
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
	const { region, profile, endpointUrl } = session;
	const facts = await examineGroup(
		{
			region,
			...(profile !== undefined && { profile }),
			...(endpointUrl !== undefined && { endpointUrl }),
			application: group.application,
			name: group.name,
			group,
			...(revision && { revision }),
		},
		{ ask: probing(connection.gateways, concurrency), gain: () => {}, signal },
	);
	return selectJudged(facts, true).filter(({ id }) => !isTold(id, plan, options));
}
