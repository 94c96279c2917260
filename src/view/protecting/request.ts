import { answerOf } from '../../diagnosis/knowledge.ts';
import type { ProtectionWish } from '../../domain/protection.ts';
import { createProtectionPlan } from '../../domain/protection-plan.ts';
import { wishParts } from '../../domain/wish-parts.ts';
import type { Rollout } from '../../monitor/state.ts';
import type { ProtectRequest } from '../../monitor/ui-state.ts';

/** The question about all that a preflight would mend; undefined where the group that it looked at is not known. */
export function protectRequest({ id, preflight }: Rollout, wish: ProtectionWish): ProtectRequest | undefined {
	const group = answerOf(preflight?.facts.group);
	if (group === undefined) return undefined;
	const alarms = answerOf(preflight?.facts.alarms);
	const plan = createProtectionPlan(group, wish, alarms && { value: alarms });
	return { action: 'protect', deploymentId: id, plan, offered: wishParts(wish), left: [], chosen: 0 };
}
