import { createBlueGreenRollback } from './blue-green-rollback.ts';
import { createBlueGreenRollout } from './blue-green-rollout.ts';
import type { Deployment } from './deployment.ts';
import { createEcsRollbackSubject, createEcsSubject } from './ecs-subject.ts';
import { hostsMeant } from './hosts-meant.ts';
import { createInPlaceRollout } from './in-place-rollout.ts';
import { createLambdaRollout } from './lambda-rollout.ts';
import { createLaunchRollout } from './launch-rollout.ts';
import type { Rollout, Stage } from './rollout.ts';
import { createShiftRollout } from './shift-rollout.ts';
import type { DeploymentOrder } from './world.ts';

/** How a deployment goes, by what it deploys to. */
export function createRollout(
	stage: Stage,
	deployment: Deployment,
	{ rollsBack: rolledBack, launched, updates }: Pick<DeploymentOrder, 'rollsBack' | 'launched' | 'updates'>,
): Rollout {
	const { settings } = deployment;
	const { workload } = deployment.group;
	switch (workload.type) {
		case 'fleet':
			if (launched !== undefined) return createLaunchRollout(stage, deployment, workload, launched);
			if (updates !== undefined) return createInPlaceRollout(stage, deployment, updates.hosts);
			if (settings.blueGreen === undefined) {
				return createInPlaceRollout(stage, deployment, hostsMeant(workload, settings));
			}
			return rolledBack
				? createBlueGreenRollback(stage, deployment, workload, rolledBack)
				: createBlueGreenRollout(stage, deployment, workload, settings.blueGreen);
		case 'ecs':
			return createShiftRollout(stage, deployment, () =>
				rolledBack
					? createEcsRollbackSubject(stage, workload, rolledBack)
					: createEcsSubject(stage, deployment, workload),
			);
		case 'lambda':
			return createLambdaRollout(stage, deployment, workload, rolledBack);
	}
}
