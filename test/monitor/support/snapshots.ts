import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import { asDeploymentId, asTargetId, type TargetId } from '../../../src/domain/ids.ts';
import type { LifecycleEvent } from '../../../src/domain/lifecycle-event.ts';
import type { Tally } from '../../../src/domain/tally.ts';
import { emptyTally } from '../../../src/domain/tally.ts';
import type { TargetSnapshot, TargetStatus } from '../../../src/domain/target.ts';
import { type FailureKind, GatewayFailure } from '../../../src/gateway/failure.ts';
import type { Session } from '../../../src/monitor/state.ts';

/** 2026-11-23 12:00:00 UTC: when every test begins. */
export const noon = Date.UTC(2026, 10, 23, 12);

export const watchedId = asDeploymentId('d-WATCHED00');
export const rollbackId = asDeploymentId('d-ROLLBACK0');
export const earlierId = asDeploymentId('d-EARLIER00');

export const session: Session = {
	region: 'eu-west-1',
	readOnly: false,
	protectedPatterns: [],
	startedAt: noon,
};

export const targetId = (index: number): TargetId => asTargetId(`i-${String(index).padStart(17, '0')}`);
export const targetIds = (count: number, from = 0): readonly TargetId[] =>
	Array.from({ length: count }, (_, index) => targetId(from + index));

/** A target whose events fit its status. */
export function target(
	id: TargetId,
	status: TargetStatus,
	change: Partial<TargetSnapshot> = {},
): TargetSnapshot {
	return { id, kind: 'instance', status, events: eventsOf(status), taskSets: [], ...change };
}

function eventsOf(status: TargetStatus): readonly LifecycleEvent[] {
	switch (status) {
		case 'Succeeded':
			return [
				{ name: 'Install', status: 'Succeeded' },
				{ name: 'ApplicationStart', status: 'Succeeded' },
			];
		case 'Failed':
			return [
				{ name: 'Install', status: 'Failed' },
				{ name: 'ApplicationStart', status: 'Skipped' },
			];
		case 'Skipped':
			return [
				{ name: 'Install', status: 'Skipped' },
				{ name: 'ApplicationStart', status: 'Skipped' },
			];
		case 'InProgress':
			return [
				{ name: 'Install', status: 'InProgress' },
				{ name: 'ApplicationStart', status: 'Pending' },
			];
		default:
			return [
				{ name: 'Install', status: 'Pending' },
				{ name: 'ApplicationStart', status: 'Pending' },
			];
	}
}

export function deployment(change: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot {
	return {
		id: watchedId,
		application: 'checkout-api',
		group: 'prod-blue',
		configName: 'CodeDeployDefault.HalfAtATime',
		status: 'InProgress',
		platform: 'Server',
		type: 'IN_PLACE',
		trafficControl: false,
		createdAt: noon - 60_000,
		startedAt: noon - 58_000,
		terminationWaitStarted: false,
		loadBalancers: [],
		statusMessages: [],
		...change,
	};
}

export const group = (change: Partial<DeploymentGroupSnapshot> = {}): DeploymentGroupSnapshot => ({
	application: 'checkout-api',
	name: 'prod-blue',
	lastSuccessful: { id: earlierId },
	...change,
});

export const tally = (change: Partial<Tally>): Tally => ({ ...emptyTally, ...change });

/** The overview that AWS would give for these targets. */
export function tallyOf(targets: Iterable<TargetSnapshot>): Tally {
	const counts = { ...emptyTally };
	for (const { status } of targets) counts[fieldOf(status)] += 1;
	return counts;
}

function fieldOf(status: TargetStatus): keyof Tally {
	switch (status) {
		case 'Succeeded':
			return 'succeeded';
		case 'Failed':
			return 'failed';
		case 'Skipped':
			return 'skipped';
		case 'Ready':
			return 'ready';
		case 'Pending':
			return 'pending';
		default:
			return 'inProgress';
	}
}

const codes: Partial<Record<FailureKind, string>> = {
	throttled: 'ThrottlingException',
	denied: 'AccessDeniedException',
	expired: 'ExpiredTokenException',
	network: 'ECONNREFUSED',
	'not-started': 'DeploymentNotStartedException',
};

export const failure = (kind: FailureKind, operation = 'GetDeployment', code = codes[kind] ?? 'Exception') =>
	new GatewayFailure({
		kind,
		operation,
		code,
		detail: 'in AWS’s own words',
		...(kind === 'denied' && { action: `codedeploy:${operation}` }),
	});
