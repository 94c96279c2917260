import { build, fleetOf, rollsBackAlways } from '../cast.ts';
import { checkout5xx } from '../checkout-alarms.ts';
import type { AlarmWithMetric, GroupStory, HostPlant, PastRollout, StagedRollout } from '../scenario.ts';

/** What the groups of a company have in common. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Milliseconds of so many minutes. */
export const minutes = (count: number): number => count * minuteMs;

/** The same group again and again, so that there is something to be seen for an hour. */
export const again = (fromMinute: number, everyMinutes: number): readonly { readonly agoMs: number }[] =>
	Array.from({ length: Math.floor((60 - fromMinute) / everyMinutes) + 1 }, (_, index) => ({
		agoMs: -minutes(fromMinute + index * everyMinutes),
	}));

/** Weekly releases in the evening, and a fix this morning; groups are not deployed to in step. */
export function pastOf(application: string, builds: readonly [number, number], offset = 0): PastRollout[] {
	const [older, newer] = builds;
	const at = (hours: number) => hours * hourMs + offset * 7 * minuteMs;
	return [
		{ revision: build(older, application), description: 'Weekly release', agoMs: at(51) },
		{ revision: build(newer, application), description: 'Fixes of the week', agoMs: at(26) },
	];
}

export type FleetGroup = {
	readonly application: string;
	readonly name: string;
	/** How many machines. */
	readonly size: number;
	/** The build that is deployed now; the days before saw earlier ones. */
	readonly build: number;
	readonly description: string;
	/** Default: half of the fleet at a time. */
	readonly configName?: string;
	/** Keeps the histories of groups apart. */
	readonly offset?: number;
	/** When, and what becomes of it; the build and its description are filled in. */
	readonly rollouts: readonly Omit<StagedRollout, 'revision'>[];
	readonly script?: NonNullable<GroupStory['revisions']>[number]['script'];
	/** Auto Scaling makes its machines. */
	readonly autoScaling?: true;
	readonly plants?: readonly HostPlant[];
} & Partial<Pick<GroupStory, 'alarms' | 'configs' | 'history'>>;

/** A fleet behind a load balancer, and what is deployed to it. */
export function fleetStory(part: FleetGroup): GroupStory {
	const { application, name, alarms, configs, plants } = part;
	const revision = build(part.build, application);
	const { description } = part;
	return {
		group: {
			application,
			name,
			configName: part.configName ?? 'CodeDeployDefault.HalfAtATime',
			deploysTo: { ...fleetOf(part.size), ...(part.autoScaling && { autoScaling: true }) },
			autoRollback: rollsBackAlways,
			...(alarms && { alarms: alarms.map(({ alarm }) => alarm.name) }),
		},
		history: part.history ?? pastOf(application, [part.build - 23, part.build - 12], part.offset),
		rollouts: part.rollouts.map(rollout => ({ revision, description, ...rollout })),
		...(part.script && { revisions: [{ revision, script: part.script }] }),
		...(alarms && { alarms }),
		...(configs && { configs }),
		...(plants && { hosts: plants }),
	};
}

/** The share of requests that end in a server error, as an alarm of another service. */
export function errorAlarm(service: string): AlarmWithMetric {
	const { alarm, metric } = checkout5xx;
	return {
		alarm: { ...alarm, name: `${service}-5xx`, description: `Share of ${service} requests that fail` },
		metric: {
			...metric,
			namespace: 'Acme/Services',
			name: `${service}-errors`,
			dimensions: [{ Name: 'Service', Value: service }],
		},
	};
}
