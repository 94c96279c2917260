import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import type { LifecycleEvent, LifecycleEventStatus } from '../../src/domain/lifecycle-event.ts';
import type { TargetSnapshot, TargetStatus } from '../../src/domain/target.ts';

/** The least that makes up each thing; a test adds what it is about. */

export const event = (
	name: string,
	status: LifecycleEventStatus,
	more: Partial<LifecycleEvent> = {},
): LifecycleEvent => ({ name, status, ...more });

export const target = (
	id: string,
	status: TargetStatus,
	events: readonly LifecycleEvent[] = [],
	more: Partial<TargetSnapshot> = {},
): TargetSnapshot => ({ id: asTargetId(id), kind: 'instance', status, events, taskSets: [], ...more });

export const deployment = (more: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot => ({
	id: asDeploymentId('d-75I7MBT7C'),
	status: 'InProgress',
	trafficControl: false,
	terminationWaitStarted: false,
	loadBalancers: [],
	statusMessages: [],
	...more,
});
