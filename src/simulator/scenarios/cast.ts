import { createHash } from 'node:crypto';
import type { DeploymentConfig } from '../world/deployment-config.ts';
import type { AutoRollback } from '../world/deployment-group.ts';
import type { Revision } from '../world/revision.ts';
import type { FleetScript, GroupScript, PastRollout } from './scenario.ts';

/** What most stories share: the team, its builds, and what it deployed on the days before. */

const hourMs = 3_600_000;

/** A bundle of the team's application. */
export function build(number: number, application = 'checkout-api'): Revision {
	return {
		revisionType: 'S3',
		s3Location: {
			bucket: 'acme-artifacts',
			key: `releases/${application}/build-${number}.zip`,
			bundleType: 'zip',
		},
	};
}

/** The same, in a bucket that keeps versions: what is deployed is exactly this one. */
export function versionedBuild(number: number, application = 'checkout-api'): Revision {
	const revision = build(number, application);
	if (revision.revisionType !== 'S3') return revision;
	const { key } = revision.s3Location;
	const version = createHash('sha256').update(key).digest('base64url').slice(0, 32);
	const eTag = createHash('md5').update(key).digest('hex');
	return { ...revision, s3Location: { ...revision.s3Location, version, eTag } };
}

export const neverRollsBack: AutoRollback = { enabled: false, events: [] };

export const rollsBackAlways: AutoRollback = {
	enabled: true,
	events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
};

/** The machines of the team, behind a load balancer. */
export function fleetOf(hosts: number): FleetScript {
	return { type: 'fleet', hosts, loadBalancer: true };
}

export const checkoutGroup: GroupScript = {
	application: 'checkout-api',
	name: 'prod-blue',
	configName: 'CodeDeployDefault.HalfAtATime',
	deploysTo: fleetOf(32),
	autoRollback: rollsBackAlways,
	ignorePollAlarmFailure: true,
};

/** A release two days ago, and one yesterday. */
export const quietDays: readonly PastRollout[] = [
	{ revision: build(4688), description: 'Weekly release', agoMs: 51 * hourMs },
	{ revision: build(4699), description: 'Faster basket totals', agoMs: 26 * hourMs },
];

/** A configuration of the team's own: this share of the fleet stays in service. */
export function percentHealthy(name: string, value: number): DeploymentConfig {
	return {
		id: '5d0f7a52-91c4-4c0e-a6f5-0b8a53c9a1d7',
		name,
		platform: 'Server',
		minimumHealthyHosts: { type: 'FLEET_PERCENT', value },
		createdAt: Date.UTC(2026, 1, 9, 14, 30),
	};
}
