import type { Operation } from '../../server/service.ts';
import type { TargetGroup } from '../../world/target-group.ts';
import { type BalancedTarget, balancedTargets } from '../../world/target-health.ts';
import { targetGroupByArn, validationError } from './target-groups.ts';

/** Of all that are registered, or of those that are asked for. */
export const describeTargetHealth: Operation = (input, { world }) => {
	const arn = input.string('TargetGroupArn');
	if (!arn) throw validationError('A target group ARN must be specified');
	const targetGroup = targetGroupByArn(world, arn);
	const registered = balancedTargets(world, targetGroup);
	const asked = input.structures('Targets')?.map(target => target.string('Id') ?? '');
	const targets = asked?.map(id => registered.find(each => each.id === id) ?? stranger(id)) ?? registered;
	return { TargetHealthDescriptions: targets.map(target => description(targetGroup, target)) };
};

function stranger(id: string): BalancedTarget {
	return {
		id,
		zone: undefined,
		health: {
			state: 'unused',
			reason: 'Target.NotRegistered',
			description: 'Target is not registered to the target group',
		},
	};
}

/** AWS: TargetHealthDescription. */
function description({ port }: TargetGroup, { id, zone, health }: BalancedTarget) {
	return {
		Target: { Id: id, Port: port, AvailabilityZone: zone },
		HealthCheckPort: String(port),
		TargetHealth: { State: health.state, Reason: health.reason, Description: health.description },
	};
}
