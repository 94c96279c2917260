import type { World } from '../world/world.ts';
import { callerArn } from './caller.ts';

/** IAM's sentence. Actions that know no resources are refused without one. */
export function denialMessage(world: World, action: string, resource: string | undefined): string {
	const on = resource === undefined ? '' : ` on resource: ${resource}`;
	return (
		`User: ${callerArn(world.accountId)} is not authorized to perform: ${action}${on} ` +
		`because no identity-based policy allows the ${action} action`
	);
}
