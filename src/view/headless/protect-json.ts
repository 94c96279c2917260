import { isRead } from '../../domain/deploy-plan.ts';
import { isNothing, noAlarms, noAutoRollback } from '../../domain/plan-protection.ts';
import type { Protection } from '../../domain/protection.ts';
import { isoTime } from './fields.ts';
import type { ToldProtection } from './protect-text.ts';

/** The version of `rollcall protect --dry-run --json`. */
const protectSchema = 'rollcall/protect/v1';

/**
 * What a dry run prints as JSON: schemas/protect.schema.json describes it, and scripts depend on it. Every field is always
 * there; what does not apply is null. Times are ISO 8601, in UTC.
 */
export type ProtectDocument = {
	readonly schema: typeof protectSchema;
	readonly at: string;
	readonly application: string;
	readonly group: string;
	/** Whether it could be changed now. */
	readonly possible: boolean;
	/** Whether there is anything to change. */
	readonly changes: boolean;
	readonly before: ProtectedGroup;
	readonly after: ProtectedGroup;
	readonly differences: readonly { readonly what: string; readonly change: string }[];
	/** Of the alarms that the group would have those that exist; null: not asked, or not readable. */
	readonly alarmStates: readonly { readonly name: string; readonly state: string }[] | null;
	readonly notes: readonly string[];
	readonly warnings: readonly string[];
	readonly obstacles: readonly string[];
	/** The same as an AWS CLI command; null when there is nothing to send. */
	readonly command: string | null;
};

type ProtectedGroup = {
	readonly autoRollback: { readonly enabled: boolean; readonly events: readonly string[] };
	readonly alarms: {
		readonly enabled: boolean;
		readonly ignorePollAlarmFailure: boolean;
		readonly names: readonly string[];
	};
};

export function protectDocument(told: ToldProtection): ProtectDocument {
	const { plan, changes, notes, warnings, obstacles, command, now } = told;
	const { group, before, after, alarms } = plan;
	return {
		schema: protectSchema,
		at: isoTime(now),
		application: group.application,
		group: group.name,
		possible: obstacles.length === 0,
		changes: !isNothing(plan.blocks),
		before: protectedGroup(before),
		after: protectedGroup(after),
		differences: changes,
		alarmStates: alarms && isRead(alarms) ? alarms.value.map(({ name, state }) => ({ name, state })) : null,
		notes,
		warnings,
		obstacles,
		command: command ?? null,
	};
}

function protectedGroup({ alarms = noAlarms, autoRollback = noAutoRollback }: Protection): ProtectedGroup {
	const { enabled, ignorePollAlarmFailure } = alarms;
	return { autoRollback, alarms: { enabled, ignorePollAlarmFailure, names: alarms.alarms } };
}
