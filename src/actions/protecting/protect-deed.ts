import type { DeploymentGroupSnapshot } from '../../domain/deployment-group.ts';
import { isSameProtection, planProtection, protectionOf } from '../../domain/plan-protection.ts';
import type { Protection, ProtectionWish } from '../../domain/protection.ts';
import { describeProtection, protectionDifference } from '../../domain/protection-difference.ts';
import type { CodeDeployGateway } from '../../gateway/gateway.ts';
import type { Deed } from '../deed.ts';

export type ProtectDeedParts = {
	readonly codeDeploy: Pick<CodeDeployGateway, 'getDeploymentGroup' | 'updateDeploymentGroup'>;
	readonly signal: AbortSignal;
	/** Told how the group is whenever it has been read. */
	received?(group: DeploymentGroupSnapshot): void;
};

export type GroupToProtect = {
	readonly application: string;
	readonly group: string;
	readonly wish: ProtectionWish;
	/** What was shown when it was confirmed. */
	readonly before: Protection;
};

/** What changes how a group is protected, as long as it is protected as it was shown (AWS: UpdateDeploymentGroup). */
export function protectDeed(
	parts: ProtectDeedParts,
	{ application, group, wish, before }: GroupToProtect,
): Deed {
	const blocks = planProtection(before, wish);
	const after: Protection = { ...before, ...blocks };

	async function readAgain(): Promise<Protection> {
		const read = await parts.codeDeploy.getDeploymentGroup(application, group, parts.signal);
		parts.received?.(read);
		return protectionOf(read);
	}

	return {
		subject: 'the group',
		async refusal() {
			const now = await readAgain();
			if (isSameProtection(now, before)) return undefined;
			return `the group has changed since you were asked, nothing was sent: ${changeWords(before, now)}`;
		},
		async send() {
			await parts.codeDeploy.updateDeploymentGroup(application, group, blocks, parts.signal);
			return { detail: `it is now ${describeProtection(after)}` };
		},
		async amiss() {
			const now = await readAgain();
			if (isSameProtection(now, after)) return undefined;
			return `somebody else changed it at the same moment: it is now ${describeProtection(now)}`;
		},
		async readBack() {
			const now = await readAgain();
			const verdict = isSameProtection(now, after)
				? 'it is as you asked'
				: isSameProtection(now, before)
					? 'nothing has changed'
					: 'it is something else';
			return { detail: `${verdict}: ${describeProtection(now)}` };
		},
	};
}

/** `automatic rollback off → on: failure; alarms + checkout-5xx`. */
const changeWords = (before: Protection, after: Protection): string =>
	protectionDifference(before, after)
		.map(({ what, change }) => `${what} ${change}`)
		.join('; ');
