import type { DeploymentId } from './ids.ts';

/** Where the agent keeps its logs on a Linux host (AWS user guide: view log data for deployments). */

/** The output of all scripts of one deployment. The folder is named by the group's id; any will match without it. */
export const scriptsLogPath = (groupId: string | undefined, deploymentId: DeploymentId): string =>
	`/opt/codedeploy-agent/deployment-root/${groupId ?? '*'}/${deploymentId}/logs/scripts.log`;

/** Up to where a bundle is unpacked: long, different on every host, and without meaning for a reader. */
export const archivePath = /\/opt\/codedeploy-agent\/deployment-root\/\S*?\/deployment-archive\//g;

export const agentLogPath = '/var/log/aws/codedeploy-agent/codedeploy-agent.log';
