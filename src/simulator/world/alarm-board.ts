import {
	type Alarm,
	alarmName,
	type CompositeAlarm,
	type MetricAlarm,
	standingOf,
	watchAlarm,
} from './alarm.ts';
import type { Clockwork } from './clockwork.ts';
import type { Metric } from './metric.ts';

/** All alarms and metrics of the account. */
export type AlarmBoard = {
	readonly metrics: readonly Metric[];
	/** In the order of their names. */
	readonly alarms: readonly Alarm[];
	find(name: string): Alarm | undefined;
	/** Puts the alarm up and watches its metric from now on. */
	addMetricAlarm(alarm: MetricAlarm): void;
	/** Puts up an alarm whose metric nobody measures: it stays what it is. */
	addIdleAlarm(alarm: MetricAlarm): void;
	/** Puts up an alarm that is in ALARM as long as one of `children` is. */
	addCompositeAlarm(name: string, children: readonly string[], createdAt: number): void;
};

export type AlarmBoardOptions = {
	readonly arnOf: (name: string) => string;
	/** Called when an alarm has changed its state and one is in ALARM. */
	readonly wentOff: () => void;
};

export function createAlarmBoard(clockwork: Clockwork, { arnOf, wentOff }: AlarmBoardOptions): AlarmBoard {
	const metrics: Metric[] = [];
	const alarms: Alarm[] = [];

	function add(alarm: Alarm): void {
		alarms.push(alarm);
		alarms.sort((a, b) => (alarmName(a) < alarmName(b) ? -1 : 1));
	}

	function changed(): void {
		for (const alarm of alarms) if (alarm.type === 'CompositeAlarm') followChildren(alarm);
		if (alarms.some(alarm => standingOf(alarm).state === 'ALARM')) wentOff();
	}

	function followChildren(composite: CompositeAlarm): void {
		const { now } = clockwork;
		const active = composite.children.find(child => isInAlarm(find(child)));
		const state = active === undefined ? 'OK' : 'ALARM';
		const standing = standingOf(composite);
		if (state === standing.state) return;
		const arn = arnOf(active ?? composite.children.find(name => find(name)) ?? '');
		composite.standings.push({
			state,
			since: now,
			reason: `${arn} transitioned to ${state} at ${longDate(now)}`,
			reasonData: JSON.stringify({
				triggeringAlarms: [{ arn, state: { value: state, timestamp: new Date(now).toISOString() } }],
			}),
		});
	}

	function find(name: string): Alarm | undefined {
		return alarms.find(alarm => alarmName(alarm) === name);
	}

	return {
		metrics,
		alarms,
		find,
		addMetricAlarm(alarm) {
			add(alarm);
			metrics.push(alarm.metric);
			watchAlarm(clockwork, alarm, changed);
		},
		addIdleAlarm: add,
		addCompositeAlarm(name, children, createdAt) {
			const reason = 'Alarm was created and its alarm rule evaluates to OK';
			const standings = [{ state: 'OK' as const, since: createdAt, reason, reasonData: '{}' }];
			add({ type: 'CompositeAlarm', name, children, createdAt, standings });
		},
	};
}

export function isInAlarm(alarm: Alarm | undefined): boolean {
	return alarm !== undefined && standingOf(alarm).state === 'ALARM';
}

/** `Monday 23 November, 2026 12:01:31 UTC`. */
function longDate(at: number): string {
	const part = (options: Intl.DateTimeFormatOptions) =>
		new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(at);
	const weekday = part({ weekday: 'long' });
	const month = part({ month: 'long' });
	return `${weekday} ${part({ day: '2-digit' })} ${month}, ${part({ year: 'numeric' })} ${part({ timeStyle: 'medium' })} UTC`;
}
