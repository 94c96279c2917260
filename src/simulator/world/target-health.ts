import type { FailedHealthCheck } from './ailment.ts';
import type { Chance } from './chance.ts';
import { type Deployment, isActive } from './deployment.ts';
import type { Host } from './host.ts';
import { failureOn } from './mishap.ts';
import { revisionKey } from './revision.ts';
import type { Target, TaskSet } from './target.ts';
import type { TargetGroup } from './target-group.ts';
import type { EcsService } from './workload.ts';
import type { World } from './world.ts';

/** How a load balancer finds a target (AWS: TargetHealth). */
export type TargetHealth = {
	readonly state: 'healthy' | 'unhealthy' | 'initial' | 'draining' | 'unused';
	readonly reason?: string;
	readonly description?: string;
};

/** A target that is registered. */
export type BalancedTarget = {
	/** Of the instance, or the address of the task. */
	readonly id: string;
	readonly zone: string | undefined;
	readonly health: TargetHealth;
};

const healthy: TargetHealth = { state: 'healthy' };
const failed: TargetHealth = {
	state: 'unhealthy',
	reason: 'Target.FailedHealthChecks',
	description: 'Health checks failed',
};
const arriving: TargetHealth = {
	state: 'initial',
	reason: 'Elb.RegistrationInProgress',
	description: 'Target registration is in progress',
};
const leaving: TargetHealth = {
	state: 'draining',
	reason: 'Target.DeregistrationInProgress',
	description: 'Target deregistration is in progress',
};
const stopped: TargetHealth = {
	state: 'unused',
	reason: 'Target.InvalidState',
	description: 'Target is in the stopped state',
};

/** What is registered in a target group now, and how it fares there. */
export function balancedTargets(world: World, { name, group }: TargetGroup): readonly BalancedTarget[] {
	const deployments = [...world.deployments.values()].filter(each => each.group === group).toReversed();
	const { workload } = group;
	if (workload.type === 'ecs') return tasksIn(world.chance, workload, name, deployments);
	if (workload.type === 'lambda') return [];
	const newest = newestWork(workload.hosts, deployments);
	return [...newest].flatMap(([host, work]) => {
		const health = healthOf(world, host, work);
		return health === undefined ? [] : [{ id: host.id, zone: host.machine.zone, health }];
	});
}

type Work = { readonly deployment: Deployment; readonly target: Target };

/** The machines of a group, and those a deployment is bringing, with what was done to each last. */
function newestWork(
	hosts: readonly Host[],
	newestFirst: readonly Deployment[],
): ReadonlyMap<Host, Work | undefined> {
	const found = new Map<Host, Work | undefined>(hosts.map(host => [host, undefined]));
	for (const deployment of newestFirst) {
		for (const target of deployment.targets ?? []) {
			if (target.detail.type !== 'InstanceTarget') continue;
			const { host } = target.detail;
			if (found.has(host) ? found.get(host) === undefined : isActive(deployment)) {
				found.set(host, { deployment, target });
			}
		}
	}
	return found;
}

/** Undefined: the load balancer does not know the machine. */
function healthOf(world: World, host: Host, work: Work | undefined): TargetHealth | undefined {
	const { ailment, terminatedAt, inService } = host;
	if (terminatedAt !== undefined) return undefined;
	if (ailment?.isStopped) return stopped;
	const block = eventStatus(work, 'BlockTraffic');
	if (block === 'InProgress') return leaving;
	const allow = eventStatus(work, 'AllowTraffic');
	if (allow === 'InProgress' || allow === 'Failed') {
		const script = work && world.scripts.get(revisionKey(work.deployment.revision));
		const isHopeless = failureOn(script ?? {}, host, 'AllowTraffic') !== undefined;
		if (isHopeless || allow === 'Failed') return failedCheck(ailment?.healthCheck);
		return arriving;
	}
	if (!inService) return undefined;
	return ailment?.healthCheck === undefined ? healthy : failedCheck(ailment.healthCheck);
}

function eventStatus(work: Work | undefined, name: string) {
	return work?.target.events.find(event => event.name === name)?.status;
}

function failedCheck(check: FailedHealthCheck | undefined): TargetHealth {
	if (check === undefined) return failed;
	if (check === 'timeout')
		return { state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' };
	return {
		state: 'unhealthy',
		reason: 'Target.ResponseCodeMismatch',
		description: `Health checks failed with these codes: [${check.status}]`,
	};
}

/** While a deployment is under way both task sets have their tasks registered; afterwards, the live one. */
function tasksIn(
	chance: Chance,
	service: EcsService,
	targetGroup: string,
	[newest]: readonly Deployment[],
): readonly BalancedTarget[] {
	const detail = newest !== undefined && isActive(newest) ? newest.targets?.[0]?.detail : undefined;
	const taskSets = detail?.type === 'ECSTarget' ? detail.taskSets : [];
	const taskSet = taskSets.find(each => each.targetGroup === targetGroup);
	if (taskSet !== undefined) return tasksOf(chance, service, taskSet);
	if (service.targetGroups[0] !== targetGroup) return [];
	const { liveTaskSet: id, desiredCount: runningCount } = service;
	return tasksOf(chance, service, { id, runningCount, pendingCount: 0, status: 'PRIMARY' });
}

function tasksOf(
	chance: Chance,
	{ liveTaskSet, unhealthyTasks }: EcsService,
	taskSet: Pick<TaskSet, 'id' | 'runningCount' | 'pendingCount' | 'status'>,
): readonly BalancedTarget[] {
	const { id, runningCount, pendingCount, status } = taskSet;
	const ailing = id === liveTaskSet ? unhealthyTasks : 0;
	const random = chance(`tasks of ${id}`);
	return Array.from({ length: runningCount + pendingCount }, (_, index) => {
		const address = `10.20.${Math.floor(random() * 48)}.${4 + Math.floor(random() * 250)}`;
		const running = index < ailing ? failedCheck({ status: 503 }) : healthy;
		const served = status === 'DRAINING' ? leaving : running;
		return { id: address, zone: undefined, health: index < runningCount ? served : arriving };
	});
}
