import type { DeployPlan } from '../domain/deploy-plan.ts';
import { readDeployPlan } from '../monitor/deploying/read-plan.ts';
import { type DeployWish, ImpossibleWishError } from '../monitor/deploying/wish.ts';
import type { GroupName } from '../monitor/find-deployment.ts';
import { askOfGroup } from './ask-of-group.ts';
import type { DeployCommand } from './command.ts';
import type { OpenConnection } from './open-connection.ts';
import type { WatchParts } from './start-watch.ts';
import { UsageError } from './usage-error.ts';

/** What a command wishes for comes to; undefined when the program is told to end first. Throws UsageError and NoAwsError. */
export async function readPlan(
	command: DeployCommand,
	opened: OpenConnection,
	parts: Pick<WatchParts, 'clock' | 'io'>,
): Promise<DeployPlan | undefined> {
	const { gateways } = opened.connection;
	try {
		return await askOfGroup(command.subject, opened, parts, (group, signal) =>
			readDeployPlan(wishOf(command, group), { gateways, signal }),
		);
	} catch (error) {
		throw error instanceof ImpossibleWishError ? new UsageError(error.message) : error;
	}
}

function wishOf(command: DeployCommand, group: GroupName): DeployWish {
	const { purpose, source, configName } = command;
	return { purpose, ...group, ...source, ...(configName !== undefined && { configName }) };
}
