import { createIdleAlarm, createMetricAlarm } from '../world/alarm.ts';
import type { Exposure } from '../world/exposure.ts';
import { createMetric } from '../world/metric.ts';
import type { World } from '../world/world.ts';
import type { GroupBackground } from './scenario.ts';

const hourMs = 3_600_000;
const metricHistoryMs = 3 * hourMs;

/** Puts up the alarms of a group: they were created weeks ago, and have been OK since. The story begins at `storyAt`. */
export function setUpAlarms(world: World, story: GroupBackground, exposure: Exposure, storyAt: number): void {
	const { now } = world.clockwork;
	for (const [index, { alarm, metric, lacksData }] of (story.alarms ?? []).entries()) {
		const createdAt = now - (500 + 37 * index) * hourMs;
		const series = createMetric(metric, { since: now - metricHistoryMs, storyAt }, world.chance, exposure);
		if (lacksData) world.alarms.addIdleAlarm(createIdleAlarm(alarm, series, createdAt, world.speed));
		else world.alarms.addMetricAlarm(createMetricAlarm(alarm, series, createdAt, world.speed));
	}
	for (const { name, children } of story.compositeAlarms ?? []) {
		world.alarms.addCompositeAlarm(name, children, now - 400 * hourMs);
	}
}
