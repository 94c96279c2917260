import type { Platform } from './host.ts';
import type { DeploymentId } from './ids.ts';
import type { HostLog } from './shipped-log.ts';

/** Where the agent keeps its files unless it is configured otherwise (AWS user guide: view log data for deployments). */

export const linuxRoot = '/opt/codedeploy-agent/deployment-root';
export const windowsRoot = 'C:\\ProgramData\\Amazon\\CodeDeploy';

/** Whose scripts.log is meant: the folders are named by these ids, and without one any will match. */
export type LogPlace = {
	readonly groupId?: string | undefined;
	readonly deploymentId?: DeploymentId | undefined;
};

const linuxPaths: Readonly<Record<HostLog, (place: LogPlace) => string>> = {
	scripts: ({ groupId = '*', deploymentId = '*' }) =>
		`${linuxRoot}/${groupId}/${deploymentId}/logs/scripts.log`,
	agent: () => '/var/log/aws/codedeploy-agent/codedeploy-agent.log',
	deployments: () => `${linuxRoot}/deployment-logs/codedeploy-agent-deployments.log`,
};

const windowsPaths: Readonly<Record<HostLog, (place: LogPlace) => string>> = {
	scripts: ({ groupId = '*', deploymentId = '*' }) =>
		`${windowsRoot}\\${groupId}\\${deploymentId}\\logs\\scripts.log`,
	agent: () => `${windowsRoot}\\log\\codedeploy-agent-log.txt`,
	deployments: () => `${windowsRoot}\\deployment-logs\\codedeploy-agent-deployments.log`,
};

/** The file of a log on a host of this kind. */
export const logPath = (log: HostLog, platform: Platform, place: LogPlace): string =>
	(platform === 'windows' ? windowsPaths : linuxPaths)[log](place);

/** What somebody types who is on the host, to look at all of a log. */
export function lookCommand(log: HostLog, platform: Platform, place: LogPlace): string {
	const path = logPath(log, platform, place);
	if (platform === 'windows') return `Get-Content -Tail 200 '${path}'`;
	// Only root may look into the folders, and so only root's own shell finds what a star stands for.
	return path.includes('*') ? `sudo sh -c 'less ${path}'` : `sudo less ${path}`;
}

/** Up to where a bundle is unpacked: long, different on every host, and without meaning for a reader. */
export const archivePath = /\/opt\/codedeploy-agent\/deployment-root\/\S*?\/deployment-archive\//g;
