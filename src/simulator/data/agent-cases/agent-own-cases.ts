import { type AgentCase, lines } from './agent-case.ts';

/** What fails in the agent itself: the download, the AppSpec, the copying. */
export const agentOwnCases = {
	'agent-restarted': {
		event: 'AfterInstall',
		errorCode: 7,
		scriptName: '',
		message: 'Failed: Failing in-progress lifecycle event after an agent restart.',
		log: '',
		scriptsLog: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/upgrade_agent.sh',
			'[stdout]upgrading packages',
		),
	},
	'appspec-missing': {
		event: 'BeforeInstall',
		errorCode: 5,
		scriptName: '',
		message:
			'The CodeDeploy agent did not find an AppSpec file within the unpacked revision directory at revision-relative path "appspec.yml". The revision was unpacked to directory "/opt/codedeploy-agent/deployment-root/c49e8b57-3fa7-1188-ed03-eefbc62eacf1/d-SC40TAX9R/deployment-archive", and the AppSpec file was expected but not found at path "/opt/codedeploy-agent/deployment-root/c49e8b57-3fa7-1188-ed03-eefbc62eacf1/d-SC40TAX9R/deployment-archive/appspec.yml". Consult the AWS CodeDeploy Appspec documentation for more information at http://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file.html',
		log: '',
		appSpec: undefined,
	},
	'appspec-tabs': {
		event: 'BeforeInstall',
		errorCode: 5,
		scriptName: '',
		message:
			'(<unknown>): found character that cannot start any token while scanning for the next token at line 4 column 1',
		log: '',
		appSpec: lines(
			'version: 0.0',
			'os: linux',
			'hooks:',
			'\tAfterInstall:',
			'\t\t- location: scripts/x.sh',
			'\t\t  timeout: 300',
		),
	},
	'appspec-version-1': {
		event: 'BeforeInstall',
		errorCode: 5,
		scriptName: '',
		message:
			'The deployment failed because an invalid version value (1.0) was entered in the application specification file. Make sure your AppSpec file specifies "0.0" as the version, and then try again.',
		log: '',
		appSpec: lines('version: 1.0', 'os: linux', 'hooks:', '  AfterInstall:', '    - location: scripts/x.sh'),
	},
	'disk-full-install': {
		event: 'Install',
		errorCode: 5,
		scriptName: '',
		message: 'No space left on device - sendfile',
		log: '',
	},
	'disk-full-unpack': {
		event: 'DownloadBundle',
		errorCode: 5,
		scriptName: '',
		message: 'Error extracting tar archive: 2',
		log: '',
	},
	'file-exists-disallow': {
		event: 'Install',
		errorCode: 5,
		scriptName: '',
		message:
			'The deployment failed because a specified file already exists at this location: /var/www/html/index.html',
		log: '',
	},
	's3-access-denied': {
		event: 'DownloadBundle',
		errorCode: 5,
		scriptName: '',
		message: 'Access Denied',
		log: '',
	},
	's3-no-such-key': {
		event: 'DownloadBundle',
		errorCode: 5,
		scriptName: '',
		message: 'The specified key does not exist.',
		log: '',
	},
	's3-permanent-redirect': {
		event: 'DownloadBundle',
		errorCode: 5,
		scriptName: '',
		message:
			'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
		log: '',
	},
} as const satisfies Record<string, AgentCase>;
