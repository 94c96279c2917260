import type { AlarmSnapshot } from '../domain/alarm.ts';
import type { Read } from '../domain/deploy-plan.ts';
import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import { planProtection } from '../domain/plan-protection.ts';
import type { ProtectionWish } from '../domain/protection.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import { type Gateways, maxAlarmsPerCall } from '../gateway/gateway.ts';
import type { GroupName } from './find-deployment.ts';

/** A group and the alarms that it would have. */
export type ReadProtection = {
	readonly group: DeploymentGroupSnapshot;
	/** Those that exist; unset: nothing changes about its alarms. */
	readonly alarms?: Read<readonly AlarmSnapshot[]>;
};

/** Reads what a wish is about. Throws what the gateway throws, but for alarms that cannot be read: that is told. */
export async function readProtection(
	{ application, group: name }: GroupName,
	wish: ProtectionWish,
	{ codeDeploy, alarms: gateway }: Pick<Gateways, 'codeDeploy' | 'alarms'>,
	signal: AbortSignal,
): Promise<ReadProtection> {
	const group = await codeDeploy.getDeploymentGroup(application, name, signal);
	const { alarms } = planProtection(group, wish);
	if (alarms === undefined) return { group };
	try {
		const names = alarms.alarms.slice(0, maxAlarmsPerCall);
		return { group, alarms: { value: await gateway.describeAlarms(names, signal) } };
	} catch (error) {
		if (!(error instanceof GatewayFailure)) throw error;
		const { kind, action, code } = error.details;
		return {
			group,
			alarms: { unread: kind === 'denied' ? `not allowed: ${action ?? 'cloudwatch:DescribeAlarms'}` : code },
		};
	}
}
