import type { AlarmSnapshot } from '../../../src/domain/alarm.ts';
import type { DeploymentSnapshot } from '../../../src/domain/deployment.ts';
import type { DeploymentConfig } from '../../../src/domain/deployment-config.ts';
import type { DeploymentGroupSnapshot } from '../../../src/domain/deployment-group.ts';
import type { HostFacts } from '../../../src/domain/host.ts';
import { asDeploymentId, isInstanceId, type TargetId } from '../../../src/domain/ids.ts';
import type { Diagnostics } from '../../../src/domain/lifecycle-event.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import { emptyTally, type Tally } from '../../../src/domain/tally.ts';
import type { TargetSnapshot } from '../../../src/domain/target.ts';
import type { AppEvent } from '../../../src/monitor/events.ts';
import { reduce } from '../../../src/monitor/reduce.ts';
import { type AppState, initialState, type Session } from '../../../src/monitor/state.ts';
import { alarm, host, lineEndings, neverReady, noon } from './cast.ts';

/** Rollouts at telling moments, as states. Everything in them is fixed: no clock, no chance, no simulator. */

export const watchedId = asDeploymentId('d-9FG52BI40');
export const rollbackId = asDeploymentId('d-VJ4GEQJRT');
export const earlierId = asDeploymentId('d-3KDQ7MN2X');

export const session: Session = {
	region: 'eu-west-1',
	readOnly: false,
	protectedPatterns: ['*prod*'],
	startedAt: noon + 2_000,
};

export const revision = (build: number): Revision => ({
	type: 's3',
	bucket: 'acme-artifacts',
	key: `releases/checkout-api/build-${build}.zip`,
	bundleType: 'zip',
});

export const deployment = (more: Partial<DeploymentSnapshot> = {}): DeploymentSnapshot => ({
	id: watchedId,
	application: 'checkout-api',
	group: 'prod-blue',
	configName: 'CodeDeployDefault.HalfAtATime',
	status: 'InProgress',
	platform: 'Server',
	type: 'IN_PLACE',
	trafficControl: true,
	creator: 'user',
	description: 'Gift cards at checkout',
	createdAt: noon - 3_000,
	startedAt: noon,
	revision: revision(4711),
	terminationWaitStarted: false,
	loadBalancers: ['checkout-api-prod-blue'],
	fileExistsBehavior: 'DISALLOW',
	statusMessages: [],
	...more,
});

export const group = (more: Partial<DeploymentGroupSnapshot> = {}): DeploymentGroupSnapshot => ({
	application: 'checkout-api',
	name: 'prod-blue',
	id: '8a10970e-39c1-4f10-a8f4-1a2b3c4d5e6f',
	autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
	lastSuccessful: { id: earlierId },
	...more,
});

export const halfAtATime: DeploymentConfig = {
	name: 'CodeDeployDefault.HalfAtATime',
	minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 },
};

const tallyFields: Readonly<Record<string, keyof Tally>> = {
	Succeeded: 'succeeded',
	Failed: 'failed',
	Skipped: 'skipped',
	Ready: 'ready',
	Pending: 'pending',
};

/** The overview that AWS gives for these targets. */
export function tallyOf(targets: readonly TargetSnapshot[]): Tally {
	const counts = { ...emptyTally };
	for (const { status } of targets) counts[tallyFields[status] ?? 'inProgress'] += 1;
	return counts;
}

export type Telling = {
	readonly deployment?: Partial<DeploymentSnapshot>;
	readonly targets?: readonly TargetSnapshot[];
	readonly group?: Partial<DeploymentGroupSnapshot>;
	readonly config?: DeploymentConfig;
	readonly alarms?: readonly AlarmSnapshot[];
	readonly session?: Partial<Session>;
	/** Seconds after noon. */
	readonly now?: number;
	/** What else has happened. */
	readonly also?: readonly AppEvent[];
};

/** A state as it comes about: through the answers of AWS. */
export function tell(telling: Telling = {}): AppState {
	const now = noon + (telling.now ?? 90) * 1000;
	const targets = telling.targets ?? [];
	const answered = { id: watchedId, at: now - 1000 };
	const overview = targets.length > 0 ? { overview: tallyOf(targets) } : {};
	const events: readonly AppEvent[] = [
		{
			type: 'deployment.received',
			...answered,
			deployment: deployment({ ...overview, ...telling.deployment }),
		},
		{
			type: 'deployment.received',
			id: earlierId,
			at: now,
			deployment: deployment({
				id: earlierId,
				status: 'Succeeded',
				revision: revision(4699),
			}),
		},
		{ type: 'targetIds.received', ...answered, ids: targets.map(({ id }) => id), complete: true },
		{ type: 'targets.received', ...answered, targets },
		{ type: 'group.received', ...answered, group: group(telling.group) },
		{ type: 'config.received', ...answered, config: telling.config ?? halfAtATime },
		...(telling.alarms ? [{ type: 'alarms.received', ...answered, alarms: telling.alarms } as const] : []),
		{
			type: 'identity.received',
			identity: { account: '123456789012', arn: 'arn:aws:sts::123456789012:assumed-role/Engineer/kim' },
			at: now,
		},
		{ type: 'api.measured', api: { callsPerMinute: 38, throttles: 0, rateFactor: 1 } },
		{ type: 'clock.ticked', now },
		...(telling.also ?? []),
	];
	return events.reduce(reduce, initialState(watchedId, { ...session, ...telling.session }));
}

const failing: readonly TargetSnapshot[] = [
	host(1, 'Failed', { at: 'AfterInstall', status: 'Failed', diagnostics: lineEndings }),
	host(2, 'Failed', { at: 'ValidateService', status: 'Failed', took: 300, diagnostics: neverReady }),
	host(3, 'Failed', { at: 'AfterInstall', status: 'Failed', from: 3, diagnostics: lineEndings }),
	host(4, 'Failed', { at: 'AllowTraffic', status: 'Failed', took: 31 }),
	host(5, 'Failed', { at: 'AfterInstall', status: 'Failed', from: 5, diagnostics: lineEndings }),
];

const working: readonly TargetSnapshot[] = [
	host(6, 'InProgress', { at: 'ApplicationStart', from: 18 }),
	host(7, 'InProgress', { at: 'BlockTraffic', from: 80 }),
	host(8, 'InProgress', { at: 'AllowTraffic', from: 40 }),
];

export const numbered = (from: number, to: number, make: (number: number) => TargetSnapshot) =>
	Array.from({ length: to - from + 1 }, (_, index) => make(from + index));

const waiting = numbered(9, 14, number => host(number, 'Pending'));
const done = numbered(15, 24, number => host(number, 'Succeeded', { from: number - 15 }));

/** 24 hosts: five have failed in three ways, three are at work, six wait. */
export const fleet: readonly TargetSnapshot[] = [...done, ...working, ...waiting, ...failing];

export const firing = alarm('checkout-5xx', {
	state: 'ALARM',
	reason:
		'Threshold Crossed: 3 datapoints [9.0, 7.2, 5.4] were greater than the threshold (5.0) (minimum 3 datapoints for OK -> ALARM transition).',
	stateChangedAt: noon + 60_000,
});

export const calm = alarm('checkout-p99', {
	condition: {
		metric: 'Latency',
		dimensions: [],
		statistic: 'p99',
		periodSeconds: 60,
		comparison: 'GreaterThanThreshold',
		threshold: 400,
		evaluationPeriods: 2,
		datapointsToAlarm: 2,
	},
});

const points = (values: readonly number[]) =>
	values.map((value, index) => ({ at: noon - 300_000 + index * 60_000, value }));

export const plots: readonly AppEvent[] = [
	{
		type: 'plot.received',
		id: watchedId,
		alarm: 'checkout-5xx',
		plot: {
			points: points([0.4, 0.6, 0.3, 0.5, 0.8, 5.4, 7.2]),
			transitions: [{ at: noon + 60_000, from: 'OK', to: 'ALARM' }],
		},
		at: noon + 90_000,
	},
	{
		type: 'plot.received',
		id: watchedId,
		alarm: 'checkout-p99',
		plot: { points: points([165, 170, 161, 158, 172, 180, 176]), transitions: [] },
		at: noon + 90_000,
	},
];

const alarmNames = ['checkout-5xx', 'checkout-p99', 'checkout-queue-depth'];
const watchedAlarms = { enabled: true, ignorePollAlarmFailure: false, alarms: alarmNames };

/** In the middle, with failures, an alarm that fires, one that is calm and one that is gone. */
export const running = (more: Telling = {}): AppState =>
	tell({
		targets: fleet,
		alarms: [firing, calm],
		also: plots,
		...more,
		group: { alarms: watchedAlarms, ...more.group },
	});

/** Failed, and rolled back by another deployment, which has ended well unless told. */
export function rolledBack(more: Telling = {}, rollback: Partial<DeploymentSnapshot> = {}): AppState {
	const ended = [...done, ...numbered(6, 14, number => host(number, 'Skipped')), ...failing];
	const undone = numbered(15, 24, number => host(number, 'Succeeded'));
	return tell({
		now: 200,
		targets: ended,
		...more,
		deployment: {
			status: 'Failed',
			completedAt: noon + 93_000,
			error: {
				code: 'HEALTH_CONSTRAINTS',
				message:
					'The overall deployment failed because too many individual instances failed deployment, too few healthy instances are available for deployment, or some instances in your deployment group are experiencing problems.',
			},
			rollback: { rollbackDeploymentId: rollbackId },
			...more.deployment,
		},
		also: [
			{
				type: 'deployment.received',
				id: rollbackId,
				at: noon + 199_000,
				deployment: deployment({
					id: rollbackId,
					status: 'Succeeded',
					creator: 'codeDeployRollback',
					startedAt: noon + 95_000,
					completedAt: noon + 150_000,
					overview: { ...emptyTally, succeeded: 24 },
					revision: revision(4699),
					rollback: { triggeringDeploymentId: watchedId },
					...rollback,
				}),
			},
			{ type: 'targets.received', id: rollbackId, targets: undone, at: noon + 199_000 },
			...(more.also ?? []),
		],
	});
}

/** A failure that no rule knows, on hosts that have names; not all targets are read yet. */
export function strange(): AppState {
	const diagnostics: Diagnostics = {
		errorCode: 'UnknownError',
		scriptName: '',
		message: 'The flux capacitor of the host is out of phase',
		logTail: '',
	};
	const hosts = numbered(1, 5, number =>
		host(number, 'Failed', { at: 'Install', status: 'Failed', diagnostics }),
	);
	const named = new Map(
		hosts.flatMap(({ id }, index): [TargetId, HostFacts][] => {
			if (!isInstanceId(id)) return [];
			return [
				[id, { kind: 'ec2', instance: { id, name: `web-0${index + 1}`, platform: 'linux', tags: [] } }],
			];
		}),
	);
	return tell({
		deployment: { overview: { ...emptyTally, failed: 5, inProgress: 7 } },
		targets: hosts,
		also: [{ type: 'hosts.received', id: watchedId, hosts: named, at: noon + 60_000 }],
	});
}
