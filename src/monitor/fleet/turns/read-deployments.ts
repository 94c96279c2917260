import type { DeploymentId } from '../../../domain/ids.ts';
import { maxDeploymentsPerCall } from '../../../gateway/gateway.ts';
import { chunk } from '../../../lib/pages.ts';
import type { RolloutEvent } from '../../events.ts';
import type { Lookout } from '../lookout.ts';

/** Asks how deployments stand, and tells it; returns those that there was an answer for. */
export async function readDeployments(
	lookout: Lookout,
	ids: readonly DeploymentId[],
	signal: AbortSignal,
): Promise<ReadonlySet<DeploymentId>> {
	const batches = chunk(ids, maxDeploymentsPerCall).map(batch =>
		lookout.ask(
			'BatchGetDeployments',
			({ codeDeploy }, inner) => codeDeploy.getDeployments(batch, inner),
			signal,
		),
	);
	const answers = await Promise.allSettled(batches);
	const at = lookout.clock.now();
	const events = answers
		.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []))
		.map((deployment): RolloutEvent => ({ type: 'deployment.received', id: deployment.id, deployment, at }));
	if (events.length > 0) lookout.tellRollouts(events);
	const broken = answers.find(answer => answer.status === 'rejected');
	if (broken) throw broken.reason;
	return new Set(events.map(({ id }) => id));
}
