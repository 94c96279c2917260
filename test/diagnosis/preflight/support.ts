import { expect } from 'vitest';
import type { PreflightCheck, PreflightId } from '../../../src/diagnosis/preflight/check.ts';
import type { PastDeployment, PreflightFacts } from '../../../src/diagnosis/preflight/facts.ts';
import { judgePreflight } from '../../../src/diagnosis/preflight/judge.ts';
import type { AlarmSnapshot, AlarmState } from '../../../src/domain/alarm.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import type { InstanceFacts, PingState } from '../../../src/domain/host.ts';
import { asDeploymentId, type InstanceId } from '../../../src/domain/ids.ts';
import type { TargetHealth } from '../../../src/domain/load-balancer.ts';
import type { TargetSnapshot } from '../../../src/domain/target.ts';
import { deployment, event, target } from '../../domain/builders.ts';
import * as known from '../known.ts';
import { bundle } from '../support.ts';

/** A group in good order; a test changes what it is about. */

export const lastId = asDeploymentId('d-LASTGOOD0');
export const noonMs = Date.UTC(2026, 10, 23, 12);

export const group = (more: Partial<DeploymentGroupSnapshot> = {}): DeploymentGroupSnapshot => ({
	application: 'checkout-api',
	name: 'prod-blue',
	platform: 'Server',
	type: 'IN_PLACE',
	configName: 'CodeDeployDefault.HalfAtATime',
	serviceRoleArn: 'arn:aws:iam::123456789012:role/CodeDeployServiceRole',
	ec2Tags: [[{ key: 'role', value: 'web', type: 'KEY_AND_VALUE' }]],
	alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: ['errors', 'slow'] },
	autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
	lastSuccessful: { id: lastId },
	...more,
});

export const hostId = (number: number): InstanceId =>
	`i-${number.toString(16).padStart(17, '0')}` as InstanceId;

export const instance = (number: number, more: Partial<InstanceFacts> = {}): InstanceFacts =>
	known.instance({ id: hostId(number), name: `web-${number}`, ...more });

export const ping = (number: number, more: Partial<PingState> = {}): PingState =>
	known.ping({ id: hostId(number), ...more });

export const alarm = (name: string, state: AlarmState = 'OK'): AlarmSnapshot => ({
	name,
	kind: 'metric',
	state,
	reason: 'Threshold Crossed',
});

export const health = (number: number, more: Partial<TargetHealth> = {}): TargetHealth => ({
	targetId: hostId(number),
	state: 'healthy',
	...more,
});

export const lastSuccessful: DeploymentSnapshot = deployment({
	id: lastId,
	status: 'Succeeded',
	platform: 'Server',
	createdAt: noonMs - 600_000,
	completedAt: noonMs,
	revision: bundle,
});

/** A deployment that is over, whose hosts took so long for an event. */
export const ran = (
	name: string,
	tookMs: readonly number[],
	more: Partial<DeploymentSnapshot> = {},
	target_: Partial<TargetSnapshot> = {},
): PastDeployment => ({
	deployment: { ...lastSuccessful, ...more },
	targets: tookMs.map((ms, index) =>
		target(
			hostId(index + 1),
			'Succeeded',
			[event(name, 'Succeeded', { startedAt: noonMs, endedAt: noonMs + ms })],
			target_,
		),
	),
});

export const facts = (more: Partial<PreflightFacts> = {}): PreflightFacts => ({
	region: 'eu-west-1',
	application: 'checkout-api',
	name: 'prod-blue',
	group: { answer: group() },
	active: { answer: 'nothing' },
	lastSuccessful: { answer: lastSuccessful },
	past: { answer: [ran('ValidateService', [4000, 5000])] },
	config: {
		answer: {
			name: 'CodeDeployDefault.HalfAtATime',
			minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
		},
	},
	alarms: { answer: [alarm('errors'), alarm('slow')] },
	serviceRole: known.healthy.serviceRole,
	bundle: known.healthy.bundle,
	appSpec: { answer: 'nothing' },
	instances: { answer: [instance(1), instance(2), instance(3)] },
	onPremises: { answer: 'nothing' },
	pings: { answer: [ping(1), ping(2), ping(3)] },
	...more,
});

export function check(of: PreflightFacts, id: PreflightId): PreflightCheck {
	const found = judgePreflight(of).find(each => each.id === id);
	if (!found) throw new Error(`there is no check ${id}`);
	return found;
}

/** What is changed of a group in good order, and what a check makes of it; problems say what shows them and what to do. */
export type Row = readonly [change: Partial<PreflightFacts>, verdict: string, summary: string];

export function expectRow(id: PreflightId, [change, verdict, summary]: Row): void {
	const found = check(facts(change), id);
	expect([found.severity ?? found.verdict, found.summary]).toEqual([verdict, summary]);
	if (found.verdict !== 'problem') return;
	expect(found.evidence.length).toBeGreaterThan(0);
	expect(found.remedy?.steps.length).toBeGreaterThan(0);
	for (const command of found.remedy?.commands ?? []) expect(command).toMatch(/--region eu-west-1/);
}

export const denied = (needs: string) => ({ unanswered: `not allowed: ${needs}`, needs });

/** The change of the group alone. */
export const grouped = (more: Partial<DeploymentGroupSnapshot>): Partial<PreflightFacts> => ({
	group: { answer: group(more) },
});
