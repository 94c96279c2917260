import type { DeploymentGroupSnapshot } from '../domain/deployment-group.ts';
import type { DeploymentId } from '../domain/ids.ts';
import { GatewayFailure } from '../gateway/failure.ts';
import type { CodeDeployGateway } from '../gateway/gateway.ts';

/** A deployment group by its names. */
export type GroupName = { readonly application: string; readonly group: string };

/** What is not there: the application, the group within it, or any deployment of the group. */
export type Absent = 'application' | 'group' | 'deployment';

/** A group has no deployment to show, or does not exist itself. The message names it, and nothing of where it was sought. */
export class NoDeploymentError extends Error {
	override readonly name = 'NoDeploymentError';

	constructor(
		readonly absent: Absent,
		{ application, group }: GroupName,
		options?: { readonly cause?: unknown },
	) {
		super(
			{
				application: `there is no application “${application}”`,
				group: `there is no deployment group “${group}” in application “${application}”`,
				deployment: `deployment group “${group}” of application “${application}” has never been deployed to`,
			}[absent],
			options,
		);
	}
}

/**
 * The deployment of a group that runs now, else its latest: a group has one at a time at most (AWS: GetDeploymentGroup,
 * lastAttemptedDeployment). Throws NoDeploymentError when there is none, and GatewayFailure.
 */
export async function findDeployment(
	gateway: Pick<CodeDeployGateway, 'getDeploymentGroup'>,
	name: GroupName,
	signal: AbortSignal,
): Promise<DeploymentId> {
	const { lastAttempted } = await findGroup(gateway, name, signal);
	if (lastAttempted) return lastAttempted.id;
	throw new NoDeploymentError('deployment', name);
}

/** A group by its names. Throws NoDeploymentError when there is no such group, and GatewayFailure. */
export async function findGroup(
	gateway: Pick<CodeDeployGateway, 'getDeploymentGroup'>,
	name: GroupName,
	signal: AbortSignal,
): Promise<DeploymentGroupSnapshot> {
	try {
		return await gateway.getDeploymentGroup(name.application, name.group, signal);
	} catch (error) {
		const absent = error instanceof GatewayFailure ? absentBy.get(error.details.code) : undefined;
		throw absent === undefined ? error : new NoDeploymentError(absent, name, { cause: error });
	}
}

const absentBy: ReadonlyMap<string, Absent> = new Map([
	['ApplicationDoesNotExistException', 'application'],
	['DeploymentGroupDoesNotExistException', 'group'],
]);

/** AWS: application and group names are up to 100 of these; `application/group`, or the ARN of a group. */
const groupText =
	/^(?:arn:aws[a-z-]*:codedeploy:[\w-]+:\d+:deploymentgroup:)?(?<application>[\w.+=,@-]{1,100})\s*\/\s*(?<group>[\w.+=,@-]{1,100})$/;

/** The group that somebody has typed; undefined where it is none. */
export function findGroupName(text: string): GroupName | undefined {
	const { application, group } = groupText.exec(text.trim())?.groups ?? {};
	return application === undefined || group === undefined ? undefined : { application, group };
}
