import type { AlarmSnapshot } from '../../../src/domain/alarm.ts';
import { asTargetId } from '../../../src/domain/ids.ts';
import type {
	Diagnostics,
	LifecycleEvent,
	LifecycleEventStatus,
} from '../../../src/domain/lifecycle-event.ts';
import type { TargetSnapshot, TargetStatus } from '../../../src/domain/target.ts';

/** Who appears in the stories: hosts with their lifecycle, failures as the agent tells them, alarms. */

/** 2026-11-23 12:00:00 UTC: when every story's deployment starts. */
export const noon = Date.UTC(2026, 10, 23, 12);
const second = 1000;

export const inPlaceEvents = [
	'BeforeBlockTraffic',
	'BlockTraffic',
	'AfterBlockTraffic',
	'ApplicationStop',
	'DownloadBundle',
	'BeforeInstall',
	'Install',
	'AfterInstall',
	'ApplicationStart',
	'ValidateService',
	'BeforeAllowTraffic',
	'AllowTraffic',
	'AfterAllowTraffic',
] as const;

export const ecsEvents = [
	'BeforeInstall',
	'Install',
	'AfterInstall',
	'AllowTestTraffic',
	'AfterAllowTestTraffic',
	'BeforeAllowTraffic',
	'AllowTraffic',
	'AfterAllowTraffic',
] as const;

/** How long each event takes on a host that is well, by its place in the list. */
const usualSeconds = [1, 8, 1, 2, 3, 1, 4, 2, 9, 6, 1, 12, 1] as const;

export type Walk = {
	readonly names?: readonly string[];
	/** The event that is not done yet; all are when it is left out. */
	readonly at?: string;
	readonly status?: LifecycleEventStatus;
	/** Seconds after noon at which the first event starts. */
	readonly from?: number;
	/** Seconds that the event `at` took, if it has ended. */
	readonly took?: number;
	readonly diagnostics?: Diagnostics;
};

/** A lifecycle up to an event: what lies before has succeeded, what comes after waits, or is skipped after a failure. */
export function walk({
	names = inPlaceEvents,
	at,
	status = 'InProgress',
	from = 0,
	took,
	diagnostics,
}: Walk = {}): readonly LifecycleEvent[] {
	const stop = at === undefined ? names.length : names.indexOf(at);
	let time = noon + from * second;
	return names.map((name, index): LifecycleEvent => {
		const startedAt = time;
		time += (usualSeconds[index] ?? 1) * second;
		if (index < stop) return { name, status: 'Succeeded', startedAt, endedAt: time };
		if (index > stop) return { name, status: status === 'InProgress' ? 'Pending' : 'Skipped' };
		const ended = status === 'InProgress' ? {} : { endedAt: startedAt + (took ?? 1) * second };
		return { name, status, startedAt, ...ended, ...(diagnostics && { diagnostics }) };
	});
}

/** The id of the host with this number, as EC2 writes them. */
export const hostId = (number: number) =>
	asTargetId(
		`i-0${((number * 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')}${String(number).padStart(8, '0')}`,
	);

export function host(
	number: number,
	status: TargetStatus,
	more: Walk & Partial<Pick<TargetSnapshot, 'label'>> = {},
): TargetSnapshot {
	const { label, ...way } = more;
	const id = hostId(number);
	const events = status === 'Pending' || status === 'Skipped' ? untouched(way.names, status) : walk(way);
	return {
		id,
		kind: 'instance',
		arn: `arn:aws:ec2:eu-west-1:123456789012:instance/${id}`,
		status,
		events,
		taskSets: [],
		...(label !== undefined && { label }),
	};
}

const untouched = (
	names: readonly string[] = inPlaceEvents,
	status: LifecycleEventStatus,
): readonly LifecycleEvent[] => names.map(name => ({ name, status }));

/** Windows line endings in a hook, as agent 1 tells it. */
export const lineEndings: Diagnostics = {
	errorCode: 'ScriptFailed',
	scriptName: 'scripts/after_install.sh',
	message:
		'Script at specified location: scripts/after_install.sh run as user root failed with exit code 127',
	logTail: [
		'LifecycleEvent - AfterInstall',
		'Script - scripts/after_install.sh',
		'[stdout]preparing /var/www',
		'[stderr]warning: cache is cold',
		'[stdout]linking shared folders',
		'[stderr]bash: line 1: scripts/after_install.sh: cannot execute: required file not found',
		'[stderr]env: ‘bash\\r’: No such file or directory',
		'',
	].join('\n'),
};

/** A service that does not come up, as agent 2 tells it: with the time of each line. */
export const neverReady: Diagnostics = {
	errorCode: 'ScriptTimedOut',
	scriptName: 'scripts/validate.sh',
	message: 'Script at specified location: scripts/validate.sh failed to complete in 300 seconds',
	logTail: [
		'2026-11-23 12:00:48 LifecycleEvent - ValidateService',
		'2026-11-23 12:00:48 Script - scripts/validate.sh',
		...Array.from(
			{ length: 14 },
			(_, attempt) => `2026-11-23 12:01:${String(10 + attempt)} [stdout]attempt ${attempt + 1}: not ready`,
		),
		'2026-11-23 12:01:40 [stderr]curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused',
		'2026-11-23 12:01:41 [stdout]giving up soon',
		'',
	].join('\n'),
};

export const alarm = (name: string, more: Partial<AlarmSnapshot> = {}): AlarmSnapshot => ({
	name,
	kind: 'metric',
	state: 'OK',
	reason:
		'Threshold Crossed: 1 datapoint [0.4 (23/11/26 11:58:00)] was not greater than the threshold (5.0).',
	stateChangedAt: noon - 3_600_000,
	condition: {
		metric: 'ServerErrorRate',
		namespace: 'Acme/Checkout',
		dimensions: [{ name: 'Service', value: 'checkout-api' }],
		statistic: 'Average',
		periodSeconds: 60,
		comparison: 'GreaterThanThreshold',
		threshold: 5,
		evaluationPeriods: 3,
		datapointsToAlarm: 3,
	},
	...more,
});
