import type { AlarmSnapshot } from '../../domain/alarm.ts';
import { effectiveAlarms } from '../../domain/deployment-group.ts';
import { maxAlarmsPerCall } from '../../gateway/gateway.ts';
import { chunk } from '../../lib/pages.ts';
import type { Turn } from '../turn.ts';
import type { Watch } from '../watch.ts';
import { areAlarmsOver } from './aftermath.ts';

const entry = 'alarms';

/**
 * The states of the alarms that can stop this rollout, until its effects, and those of its rollback, have been seen.
 * `learned` is called when they are known.
 */
export function createAlarmsTurn(watch: Watch, learned: () => void): Turn {
	const { id, clock, schedule, plan } = watch;
	return async signal => {
		const names = alarmNames(watch);
		if (names.length === 0) return undefined;
		if (!schedule.isDue(entry)) return schedule.dueInMs([entry]);

		const describe = async () => {
			const alarms: AlarmSnapshot[] = [];
			for (const batch of chunk(names, maxAlarmsPerCall)) {
				const described = await watch.ask(
					'DescribeAlarms',
					(gateways, inner) => gateways.alarms.describeAlarms(batch, inner),
					signal,
				);
				alarms.push(...described);
			}
			return alarms;
		};
		const outcome = await watch.attempt(
			{ part: 'alarms', id, entry, operation: 'DescribeAlarms', usualMs: plan.alarmsMs },
			describe,
			signal,
		);
		if (outcome.ok) {
			watch.tell({ type: 'alarms.received', id, alarms: outcome.value, at: clock.now() });
			schedule.answered(entry, areAlarmsOver(watch) ? undefined : plan.alarmsMs);
			learned();
		}
		return schedule.dueInMs([entry]);
	};
}

/** Names of the alarms in effect; none while they are switched off. */
function alarmNames(watch: Watch): readonly string[] {
	const { deployment, group } = watch.rollout();
	if (!deployment.data) return [];
	const configuration = effectiveAlarms(deployment.data, group.data)?.configuration;
	return configuration?.enabled ? configuration.alarms : [];
}
