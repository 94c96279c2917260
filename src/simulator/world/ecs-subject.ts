import { drawText } from './chance.ts';
import type { Deployment } from './deployment.ts';
import { lifecycles } from './lifecycle.ts';
import type { Stage } from './rollout.ts';
import type { ShiftSubject } from './shift-rollout.ts';
import { createTarget, type TaskSet, touchTarget } from './target.ts';
import type { EcsService } from './workload.ts';

const drainingMs = 5000;

/** A second task set beside the live one. */
export function createEcsSubject(stage: Stage, deployment: Deployment, service: EcsService): ShiftSubject {
	const [liveTargetGroup, nextTargetGroup] = service.targetGroups;
	const id = `ecs-svc/${drawText(stage.chance(`${deployment.id} task set`), '0123456789', 19)}`;
	const blue = createTaskSet(service, service.liveTaskSet, 'Blue', liveTargetGroup);
	const green: TaskSet = {
		...createTaskSet(service, id, 'Green', nextTargetGroup),
		runningCount: 0,
		status: 'ACTIVE',
		trafficWeight: 0,
	};
	const { clockwork } = stage;
	const target = createTarget(
		`${service.cluster}:${service.service}`,
		{ type: 'ECSTarget', taskSets: [blue, green] },
		lifecycles.ecs,
		clockwork.now,
	);

	return {
		target,
		install(withinMs) {
			green.pendingCount = green.desiredCount;
			const arrivals = Array.from({ length: green.desiredCount }, (_, index) =>
				clockwork.after((withinMs * (index + 1)) / (green.desiredCount + 1), () => {
					green.pendingCount--;
					green.runningCount++;
					touchTarget(target, clockwork.now);
				}),
			);
			return () => {
				for (const callOff of arrivals) callOff();
			};
		},
		setWeight(percent) {
			green.trafficWeight = percent;
			blue.trafficWeight = 100 - percent;
		},
		goLive() {
			green.status = 'PRIMARY';
			blue.status = 'ACTIVE';
			service.liveTaskSet = id;
			service.targetGroups = [nextTargetGroup, liveTargetGroup];
		},
		retirement: {
			waitMinutes: deployment.settings.blueGreen?.terminationWaitMinutes ?? 0,
			drainingMs,
			begin() {
				blue.status = 'DRAINING';
			},
			end() {
				blue.runningCount = 0;
			},
		},
	};
}

/** The traffic goes back to the task set that never went away. */
export function createEcsRollbackSubject(
	stage: Stage,
	service: EcsService,
	rolledBack: Deployment,
): ShiftSubject {
	const left = rolledBack.targets?.[0]?.detail;
	const live = createTaskSet(service, service.liveTaskSet, 'Blue', service.targetGroups[0]);
	const taskSets = (left?.type === 'ECSTarget' ? left.taskSets : [live]).map(taskSet => ({ ...taskSet }));
	const target = createTarget(
		`${service.cluster}:${service.service}`,
		{ type: 'ECSTarget', taskSets },
		lifecycles.ecs,
		stage.clockwork.now,
	);
	return {
		target,
		install: () => () => {},
		setWeight(percent) {
			for (const taskSet of taskSets) {
				taskSet.trafficWeight = taskSet.label === 'Blue' ? percent : 100 - percent;
			}
		},
		goLive() {
			for (const taskSet of taskSets) {
				if (taskSet.label === 'Blue') {
					taskSet.status = 'PRIMARY';
					service.liveTaskSet = taskSet.id;
				} else {
					taskSet.status = 'DRAINING';
				}
			}
		},
		retirement: undefined,
	};
}

function createTaskSet(
	service: EcsService,
	id: string,
	label: 'Blue' | 'Green',
	targetGroup: string,
): TaskSet {
	return {
		id,
		label,
		targetGroup,
		desiredCount: service.desiredCount,
		pendingCount: 0,
		runningCount: service.desiredCount,
		status: 'PRIMARY',
		trafficWeight: 100,
	};
}
