import type { Deployment } from './deployment.ts';
import { splitAlias } from './errors.ts';
import { createLambdaRollbackSubject, createLambdaSubject } from './lambda-subject.ts';
import { endDeployment, type Rollout, type Stage } from './rollout.ts';
import { createShiftRollout } from './shift-rollout.ts';
import type { LambdaAlias } from './workload.ts';

/** A shift that cannot start while the alias is split, which a stop without a rollback leaves behind. */
export function createLambdaRollout(
	stage: Stage,
	deployment: Deployment,
	alias: LambdaAlias,
	rolledBack: Deployment | undefined,
): Rollout {
	const shift = createShiftRollout(stage, deployment, () =>
		rolledBack ? createLambdaRollbackSubject(stage, alias, rolledBack) : createLambdaSubject(stage, alias),
	);
	return {
		get waitsFor() {
			return shift.waitsFor;
		},
		start() {
			if (alias.isSplit && !rolledBack) endDeployment(stage, deployment, 'Failed', splitAlias);
			else shift.start();
		},
		stop: shift.stop,
		proceed: shift.proceed,
	};
}
