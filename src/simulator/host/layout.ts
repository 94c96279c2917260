import type { Machine } from '../world/machine.ts';

/** Where the agent keeps its files. */
export type Layout = {
	readonly separator: '/' | '\\';
	readonly version: string;
	readonly config: string;
	readonly agentLog: string;
	/** Holds what belongs to deployments. */
	readonly root: string;
};

const linux: Layout = {
	separator: '/',
	version: '/opt/codedeploy-agent/.version',
	config: '/etc/codedeploy-agent/conf/codedeployagent.yml',
	agentLog: '/var/log/aws/codedeploy-agent/codedeploy-agent.log',
	root: '/opt/codedeploy-agent/deployment-root',
};

const windowsHome = 'C:\\ProgramData\\Amazon\\CodeDeploy';

const windows: Layout = {
	separator: '\\',
	version: `${windowsHome}\\.version`,
	config: `${windowsHome}\\conf.yml`,
	agentLog: `${windowsHome}\\log\\codedeploy-agent-log.txt`,
	root: windowsHome,
};

export function layoutOf({ platform }: Machine): Layout {
	return platform === 'windows' ? windows : linux;
}

/** A path below the root. */
export function below({ root, separator }: Layout, ...names: readonly string[]): string {
	return [root, ...names].join(separator);
}
