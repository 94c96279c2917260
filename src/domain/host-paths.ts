import type { DeploymentId } from './ids.ts';

/** Where the agent keeps its logs on a Linux host (AWS user guide: view log data for deployments). */

/** The output of all scripts of one deployment. The folder is named by the group's id; any will match without it. */
export const scriptsLogPath = (groupId: string | undefined, deploymentId: DeploymentId): string =>
	`/opt/codedeploy-agent/deployment-root/${groupId ?? '*'}/${deploymentId}/logs/scripts.log`;

export const agentLogPath = '/var/log/aws/codedeploy-agent/codedeploy-agent.log';
