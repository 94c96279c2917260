import type { AlarmSnapshot } from '../../../domain/alarm.ts';
import { effectiveAlarms } from '../../../domain/deployment-group.ts';
import { maxAlarmsPerCall } from '../../../gateway/gateway.ts';
import { chunk } from '../../../lib/pages.ts';
import type { Turn } from '../../turn.ts';
import { activeRollouts, type KnownRollout } from '../errands/errand.ts';
import { failedPart, type Lookout } from '../lookout.ts';

const entry = 'alarms';

/** The states of all alarms that can stop what is active: a call for a hundred of them. */
export function createAlarmsTurn(lookout: Lookout): Turn {
	const { schedule, plan, clock } = lookout;
	return async signal => {
		const guarded = activeRollouts(lookout).filter(rollout => namesOf(rollout).length > 0);
		if (lookout.isCutOff() || guarded.length === 0) return undefined;
		const hasNew = guarded.some(({ alarms }) => alarms.data === undefined) && !schedule.isFailing(entry);
		if (!(hasNew || schedule.isDue(entry))) return schedule.dueInMs([entry]);
		const ids = guarded.map(({ id }) => id);
		const outcome = await lookout.attempt(
			{
				entry,
				operation: 'DescribeAlarms',
				usualMs: plan.alarmsMs,
				told: failedPart(lookout, ids, 'alarms'),
			},
			() => describe(lookout, [...new Set(guarded.flatMap(namesOf))], signal),
			signal,
		);
		if (!outcome.ok) return schedule.dueInMs([entry]);
		const at = clock.now();
		const byName = new Map(outcome.value.map(alarm => [alarm.name, alarm]));
		lookout.tellRollouts(
			guarded.map(rollout => ({
				type: 'alarms.received',
				id: rollout.id,
				alarms: namesOf(rollout).flatMap(name => byName.get(name) ?? []),
				at,
			})),
		);
		schedule.answered(entry, plan.alarmsMs);
		return plan.alarmsMs;
	};
}

async function describe(
	lookout: Lookout,
	names: readonly string[],
	signal: AbortSignal,
): Promise<readonly AlarmSnapshot[]> {
	const alarms: AlarmSnapshot[] = [];
	for (const batch of chunk(names, maxAlarmsPerCall)) {
		const described = await lookout.ask(
			'DescribeAlarms',
			(gateways, inner) => gateways.alarms.describeAlarms(batch, inner),
			signal,
		);
		alarms.push(...described);
	}
	return alarms;
}

/** Names of the alarms in effect; none while they are switched off. */
function namesOf({ data, group }: KnownRollout): readonly string[] {
	const configuration = effectiveAlarms(data, group.data)?.configuration;
	return configuration?.enabled ? configuration.alarms : [];
}
