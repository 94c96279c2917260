import type { Failure } from '../../world/script.ts';
import { build } from '../cast.ts';
import { type FailureStory, someHosts } from '../failure-story.ts';

/** Hooks that fail. */

const root = '/opt/codedeploy-agent/deployment-root';
const scriptsLog = `tail -c 2000 ${root}/$GROUP/$DEPLOYMENT/logs/scripts.log`;
const inBundle = `${root}/$GROUP/$DEPLOYMENT/deployment-archive`;
const megabyte = 1024 * 1024;

const exit1 = { event: 'AfterInstall', failure: { type: 'agent', case: 'script-exit-1' } } as const;

const serviceMissing: Failure = {
	type: 'authored',
	diagnostics: {
		errorCode: 'ScriptFailed',
		scriptName: 'scripts\\restart_service.ps1',
		message: 'Script at specified location: scripts\\restart_service.ps1 failed with exit code 1',
		logTail: [
			'LifecycleEvent - AfterInstall',
			'Script - scripts\\restart_service.ps1',
			'[stdout]Restarting AcmeCheckout',
			"[stderr]Restart-Service : Cannot find any service with service name 'AcmeCheckout'.",
			'[stderr]At C:\\ProgramData\\Amazon\\CodeDeploy\\restart_service.ps1:4 char:1',
			'',
		].join('\n'),
	},
};

export const scriptStories = [
	{
		name: 'script-exit',
		title: 'A hook exits with 1 on every host',
		cause: 'script-exit-nonzero',
		mishap: exit1,
		shows: { command: scriptsLog, output: "unknown queue 'mailers_low'" },
	},
	{
		name: 'script-exit-agent-2',
		title: 'A hook exits with 1, under the second generation of the agent',
		cause: 'script-exit-nonzero',
		mishap: exit1,
		fleet: { machines: { agentVersion: '2.1.0' } },
		shows: { command: 'cat /opt/codedeploy-agent/.version', output: 'agent_version: 2.1.0' },
	},
	{
		name: 'script-exit-windows',
		title: 'A hook exits with 1 on hosts with Windows',
		cause: 'script-exit-nonzero',
		mishap: { event: 'AfterInstall', failure: serviceMissing },
		fleet: { machines: { platform: 'windows', imageId: 'ami-0a5e8d7c3b2f1906d' } },
		shows: {
			command:
				"Get-Content -Path 'C:\\ProgramData\\Amazon\\CodeDeploy\\$GROUP\\$DEPLOYMENT\\logs\\scripts.log' -Tail 20",
			output: 'Restart-Service : Cannot find any service',
		},
	},
	{
		name: 'script-timeout',
		title: 'A hook waits for a database for longer than it may',
		cause: 'script-timeout',
		mishap: {
			event: 'ApplicationStart',
			failure: { type: 'agent', case: 'timeout-3s', timeoutSeconds: 10 },
			afterMs: 10_000,
		},
		shows: { command: scriptsLog, output: 'attempt 3: not ready' },
	},
	{
		name: 'output-left-open',
		title: 'A hook starts a daemon that keeps its output open',
		cause: 'output-left-open',
		mishap: {
			event: 'ApplicationStart',
			failure: { type: 'agent', case: 'stdout-left-open' },
			afterMs: 10_000,
		},
		shows: { command: scriptsLog, output: 'launched pid' },
	},
	{
		name: 'script-missing',
		title: 'The AppSpec names a script that is not in the bundle',
		cause: 'script-missing',
		mishap: { event: 'AfterInstall', failure: { type: 'agent', case: 'script-missing' } },
		shows: { command: `ls ${inBundle}/scripts/afterinstall.sh 2>&1`, output: 'No such file or directory' },
	},
	{
		name: 'crlf-shebang',
		title: 'A script was written with Windows line endings',
		cause: 'crlf-line-endings',
		mishap: { event: 'BeforeInstall', failure: { type: 'agent', case: 'crlf-shebang-direct' } },
		shows: { command: `head -c 16 ${inBundle}/scripts/before_install.sh`, output: '#!/bin/bash\r\n' },
	},
	{
		name: 'missing-shebang',
		title: 'A script for bash does not say so, and is run by another shell',
		cause: 'missing-shebang',
		mishap: { event: 'AfterInstall', failure: { type: 'agent', case: 'no-shebang-bashism' } },
		shows: { command: scriptsLog, output: 'Syntax error: "(" unexpected' },
	},
	{
		name: 'old-stop-script',
		title: 'The script that stops the release before cannot stop it',
		cause: 'script-exit-nonzero',
		mishap: {
			event: 'ApplicationStop',
			failure: { type: 'agent', case: 'application-stop-previous-revision' },
		},
		shows: { command: scriptsLog, output: 'kill: (999999) - No such process' },
	},
	{
		name: 'stale-last-install',
		title: 'The release before has been deleted from three hosts, and the agent looks for it',
		cause: 'previous-revision-missing',
		strikes: someHosts,
		mishap: { event: 'ApplicationStop', failure: { type: 'agent', case: 'appspec-missing' } },
		host: { ailment: { hasLostInstall: true } },
		shows: {
			command: `cat ${root}/deployment-instructions/$GROUP_last_successful_install`,
			output: `${root}/`,
		},
	},
	{
		name: 'awkward-logs',
		title: 'A hook exits with 1; the logs are huge, empty, late, binary and hostile',
		cause: 'script-exit-nonzero',
		mishap: exit1,
		shows: { command: scriptsLog, output: "unknown queue 'mailers_low'" },
		otherwise: {
			hosts: [
				{ hosts: [0], ailment: { logs: { type: 'huge', bytes: 50 * megabyte } } },
				{ hosts: [1], ailment: { logs: { type: 'empty' } } },
				{ hosts: [2], ailment: { logs: { type: 'late', byMs: 60_000 } } },
				{ hosts: [3], ailment: { logs: { type: 'binary' } } },
				{ hosts: [4], ailment: { logs: { type: 'hostile' } } },
			],
			rollout: {
				revision: build(4711),
				configName: 'CodeDeployDefault.AllAtOnce',
			},
		},
	},
] as const satisfies readonly FailureStory[];
