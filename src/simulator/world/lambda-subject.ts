import type { Deployment } from './deployment.ts';
import { lifecycles } from './lifecycle.ts';
import type { Stage } from './rollout.ts';
import type { ShiftSubject } from './shift-rollout.ts';
import { createTarget, type LambdaDetail } from './target.ts';
import type { LambdaAlias } from './workload.ts';

/** The alias points to one version, and gives another one more and more of its traffic. */
export function createLambdaSubject(stage: Stage, alias: LambdaAlias): ShiftSubject {
	return createSubject(stage, alias, alias.liveVersion, alias.newestVersion + 1);
}

/** The alias points to the version it came from, and to no other. The version that failed stays published. */
export function createLambdaRollbackSubject(
	stage: Stage,
	alias: LambdaAlias,
	rolledBack: Deployment,
): ShiftSubject {
	const left = rolledBack.targets?.[0]?.detail;
	const from = left?.type === 'LambdaTarget' ? left.targetVersion : alias.liveVersion;
	return createSubject(stage, alias, from, alias.liveVersion);
}

function createSubject(
	stage: Stage,
	alias: LambdaAlias,
	currentVersion: number,
	targetVersion: number,
): ShiftSubject {
	alias.newestVersion = Math.max(alias.newestVersion, targetVersion);
	const detail: LambdaDetail = {
		type: 'LambdaTarget',
		functionName: alias.functionName,
		alias: alias.alias,
		currentVersion,
		targetVersion,
		weight: 0,
	};
	return {
		target: createTarget(alias.functionName, detail, lifecycles.lambda, stage.clockwork.now),
		install: () => () => {},
		setWeight(percent) {
			detail.weight = percent;
			alias.isSplit = percent > 0 && percent < 100;
		},
		goLive() {
			alias.liveVersion = targetVersion;
		},
		retirement: undefined,
	};
}
