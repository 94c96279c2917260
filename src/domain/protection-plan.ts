import type { AlarmSnapshot } from './alarm.ts';
import type { Read } from './deploy-plan.ts';
import type { DeploymentGroupSnapshot } from './deployment-group.ts';
import { noAlarms, planProtection, protectionOf } from './plan-protection.ts';
import type { Protection, ProtectionWish } from './protection.ts';

/** What a wish would change of a group, and what was read to say so. */
export type ProtectionPlan = {
	/** As it was read: if it is protected in another way by the time of the call, nothing is sent. */
	readonly group: DeploymentGroupSnapshot;
	readonly wish: ProtectionWish;
	/** What would be sent; empty: nothing has to change. */
	readonly blocks: Protection;
	readonly before: Protection;
	readonly after: Protection;
	/** Of the alarms that the group would have those that exist; unset: nobody has asked. */
	readonly alarms?: Read<readonly AlarmSnapshot[]>;
};

export function createProtectionPlan(
	group: DeploymentGroupSnapshot,
	wish: ProtectionWish,
	alarms?: Read<readonly AlarmSnapshot[]>,
): ProtectionPlan {
	const before = protectionOf(group);
	const blocks = planProtection(before, wish);
	return { group, wish, blocks, before, after: { ...before, ...blocks }, ...(alarms && { alarms }) };
}

/** The names of the alarms that the group would have. */
export const alarmNames = ({ alarms = noAlarms }: Protection): readonly string[] => alarms.alarms;

/** The names of alarms that would begin to stop deployments. */
export function awakenedAlarms({ before, after }: ProtectionPlan): readonly string[] {
	if (!after.alarms?.enabled) return [];
	const watched = before.alarms?.enabled ? before.alarms.alarms : [];
	return after.alarms.alarms.filter(name => !watched.includes(name));
}
