import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { nextDeployment } from '../../domain/next-deployment.ts';
import type { DiagnosisCase } from '../case.ts';
import { judgeAnswer } from '../checks/found.ts';
import { judgeServiceRole } from '../checks/service-role.ts';
import { answerOf, nothing } from '../knowledge.ts';
import { judgeAgentVersions } from './agent-version.ts';
import { judgePreflightAlarms } from './alarms.ts';
import { judgeAutomaticRollback } from './automatic-rollback.ts';
import { judgePreflightBundle } from './bundle.ts';
import { judgeBusy } from './busy.ts';
import { type PreflightCheck, type PreflightId, preflightChecks } from './check.ts';
import type { PreflightFacts } from './facts.ts';
import type { PreflightFound, PreflightJudge } from './found.ts';
import { judgeHookTimes } from './hook-times.ts';
import { judgeLoadBalancer } from './load-balancer.ts';
import { judgeMinimumHealthy } from './minimum-healthy.ts';
import { judgeReturnPoint } from './return-point.ts';
import { judgeSystemsManager } from './systems-manager.ts';
import { judgeTargets } from './targets.ts';
import { judgeValidation } from './validation.ts';

const judges: Readonly<Record<PreflightId, PreflightJudge>> = {
	busy: judgeBusy,
	'automatic-rollback': judgeAutomaticRollback,
	alarms: judgePreflightAlarms,
	'return-point': judgeReturnPoint,
	'minimum-healthy': judgeMinimumHealthy,
	bundle: judgePreflightBundle,
	'service-role': ({ next }) => judgeServiceRole(next, []),
	targets: judgeTargets,
	'systems-manager': judgeSystemsManager,
	'agent-version': judgeAgentVersions,
	'load-balancer': judgeLoadBalancer,
	validation: judgeValidation,
	'hook-times': judgeHookTimes,
};

/**
 * Everything that is looked at before a deployment, in order. What is not known yet is `pending`; what nobody may know
 * from here is `unknown`, and names the permission that would let them.
 */
export function judgePreflight(facts: PreflightFacts): readonly PreflightCheck[] {
	return keysOf(preflightChecks).map(id => ({
		id,
		title: preflightChecks[id],
		...withSeverity(
			judgeAnswer<DeploymentGroupSnapshot, PreflightFound>(facts.group, group =>
				judges[id]({ facts, group, next: nextCase(facts, group) }),
			),
		),
	}));
}

/** A problem of which nothing is said makes the deployment fail. */
const withSeverity = (found: PreflightFound): PreflightFound =>
	found.verdict === 'problem' ? { severity: 'error', ...found } : found;

/** The next deployment with all that is known around it. */
function nextCase(facts: PreflightFacts, group: DeploymentGroupSnapshot): DiagnosisCase {
	const { region, profile, endpointUrl, revision, serviceRole, bundle } = facts;
	const config = answerOf(facts.config);
	const alarms = answerOf(facts.alarms);
	return {
		deployment: nextDeployment(group, revision),
		group,
		...(config !== undefined && config !== nothing && { config }),
		targets: new Map(),
		...(alarms && { alarms }),
		region,
		...(profile !== undefined && { profile }),
		...(endpointUrl !== undefined && { endpointUrl }),
		knowledge: { ...(serviceRole && { serviceRole }), ...(bundle && { bundle }), hosts: new Map() },
	};
}

/** The keys of an object that has no others. */
const keysOf = <K extends string>(object: Readonly<Record<K, unknown>>): readonly K[] =>
	Object.keys(object) as K[];
