import { isNothing } from '../domain/plan-protection.ts';
import { protectionDifference } from '../domain/protection-difference.ts';
import { createProtectionPlan } from '../domain/protection-plan.ts';
import { unitedWish } from '../domain/wish-parts.ts';
import type { ProtectRequest } from '../monitor/ui-state.ts';
import type { ActionSpec } from './action.ts';
import { updateGroupArguments } from './protecting/command.ts';
import { protectionObstacles } from './protecting/obstacles.ts';
import { protectionNotes, protectionWarnings } from './protecting/warnings.ts';

/** AWS: UpdateDeploymentGroup, of what protects the group of a deployment. */
export const protectAction: ActionSpec<ProtectRequest> = {
	title: () => 'Protect the group',
	// What the deployment does is of no account: it is its group that is changed.
	refusal: () => undefined,
	impact: (_state, _rollout, { plan }) => ({
		rows: protectionDifference(plan.before, plan.after).map(({ what, change }) => ({
			what,
			outcome: change,
		})),
		notes: protectionNotes(plan),
		warnings: protectionWarnings(plan),
	}),
	command: ({ plan: { group, blocks } }) =>
		isNothing(blocks) ? [] : updateGroupArguments(group.application, group.name, blocks),
	variant: () => undefined,
};

/** The same with another part chosen, around the end. */
export function withNextPart(request: ProtectRequest, by: 1 | -1): ProtectRequest {
	const count = Math.max(1, request.offered.length);
	return { ...request, chosen: (request.chosen + by + count) % count };
}

/** The same with the part that is chosen left out, or taken again. */
export function withPartTurned(request: ProtectRequest): ProtectRequest {
	const { offered, chosen, plan } = request;
	const left = request.left.includes(chosen)
		? request.left.filter(index => index !== chosen)
		: [...request.left, chosen];
	const wish = unitedWish(offered.filter((_, index) => !left.includes(index)));
	return { ...request, left, plan: createProtectionPlan(plan.group, wish, plan.alarms) };
}

/** Why it cannot be confirmed; undefined when it can. */
export const whyNotProtect = ({ plan }: ProtectRequest): string | undefined =>
	isNothing(plan.blocks) ? 'nothing is to be changed' : protectionObstacles(plan)[0];
