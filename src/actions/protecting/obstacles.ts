import { isRead } from '../../domain/deploy-plan.ts';
import { maxAlarmsPerGroup } from '../../domain/protection.ts';
import { alarmNames, type ProtectionPlan } from '../../domain/protection-plan.ts';

/** Why a plan must not be carried out: sentences without an end; empty: it may. */
export const protectionObstacles = (plan: ProtectionPlan): readonly string[] => [
	...contradictions(plan),
	...limits(plan),
	...missingAlarms(plan),
];

const contradictions = ({ wish }: ProtectionPlan): readonly string[] =>
	(wish.attach ?? [])
		.filter(name => wish.detach?.includes(name))
		.map(name => `alarm ${name} is to be attached and detached: expected one of the two`);

function limits({ after, blocks }: ProtectionPlan): readonly string[] {
	const count = alarmNames(after).length;
	if (blocks.alarms === undefined || count <= maxAlarmsPerGroup) return [];
	return [
		`the group would have ${count} alarms: expected ${maxAlarmsPerGroup} at most; detach some, or attach a composite alarm`,
	];
}

/** One that is attached already may have been deleted since: it stays, and is warned of. */
function missingAlarms({ wish, before, after, alarms }: ProtectionPlan): readonly string[] {
	if (alarms === undefined || !isRead(alarms)) return [];
	const existing = alarms.value.map(({ name }) => name);
	const attached = alarmNames(before);
	return alarmNames(after)
		.filter(name => wish.attach?.includes(name) && !attached.includes(name) && !existing.includes(name))
		.map(name => `there is no alarm ${name} in CloudWatch: check its name and the region`);
}
