import { type AgentCase, lines } from './agent-case.ts';

/** Hooks that fail because of how they are written, bundled or run. */
export const scriptCases = {
	'application-stop-previous-revision': {
		event: 'ApplicationStop',
		errorCode: 4,
		scriptName: 'scripts/stop.sh',
		message: 'Script at specified location: scripts/stop.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - ApplicationStop',
			'Script - scripts/stop.sh',
			'[stderr]/opt/codedeploy-agent/deployment-root/82912682-fd28-ba5c-31f0-56ba0cec052a/d-TIPGX48U6/deployment-archive/scripts/stop.sh: line 3: kill: (999999) - No such process',
			'[stdout]Stopping shop (old revision)',
		),
	},
	'crlf-shebang-direct': {
		event: 'BeforeInstall',
		errorCode: 4,
		scriptName: 'scripts/before_install.sh',
		message:
			'Script at specified location: scripts/before_install.sh failed with error Errno::ENOENT with message No such file or directory - /opt/codedeploy-agent/deployment-root/471f1d39-3dba-408d-e8af-14454a6c5243/d-G8G9R657E/deployment-archive/scripts/before_install.sh',
		log: lines('LifecycleEvent - BeforeInstall', 'Script - scripts/before_install.sh'),
		script: lines('#!/bin/bash\r', 'echo "removing old release"\r', 'rm -rf /var/www/html/old\r'),
	},
	'crlf-shebang-runas': {
		event: 'BeforeInstall',
		errorCode: 4,
		scriptName: 'scripts/install_deps.sh',
		message:
			'Script at specified location: scripts/install_deps.sh run as user root failed with exit code 127',
		log: lines(
			'LifecycleEvent - BeforeInstall',
			'Script - scripts/install_deps.sh',
			'[stderr]bash: line 1: /opt/codedeploy-agent/deployment-root/e42782a9-5f38-7754-db91-b82bcb188c0a/d-TH54JG8H2/deployment-archive/scripts/install_deps.sh: cannot execute: required file not found',
		),
		script: lines('#!/bin/bash\r', 'set -e\r', 'echo installing\r'),
	},
	'health-503': {
		event: 'ValidateService',
		errorCode: 4,
		scriptName: 'scripts/smoke.sh',
		message: 'Script at specified location: scripts/smoke.sh failed with exit code 22',
		log: lines(
			'LifecycleEvent - ValidateService',
			'Script - scripts/smoke.sh',
			'[stdout]GET /ready',
			'[stderr]curl: (22) The requested URL returned error: 503',
		),
	},
	'health-refused': {
		event: 'ValidateService',
		errorCode: 4,
		scriptName: 'scripts/validate.sh',
		message: 'Script at specified location: scripts/validate.sh failed with exit code 7',
		log: lines(
			'LifecycleEvent - ValidateService',
			'Script - scripts/validate.sh',
			"[stderr]curl: (7) Failed to connect to localhost port 8080 after 0 ms: Couldn't connect to server",
		),
	},
	'no-shebang-bashism': {
		event: 'AfterInstall',
		errorCode: 4,
		scriptName: 'scripts/link_release.sh',
		message: 'Script at specified location: scripts/link_release.sh failed with exit code 2',
		log: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/link_release.sh',
			'[stderr]/opt/codedeploy-agent/deployment-root/1edb7c0b-ee01-6189-cbec-3b260e479239/d-4IU8P3TJS/deployment-archive/scripts/link_release.sh: 1: Syntax error: "(" unexpected',
		),
		script: lines(
			'declare -a dirs=(log tmp public)',
			// biome-ignore lint/suspicious/noTemplateCurlyInString: it is the shell's.
			'for d in "${dirs[@]}"; do mkdir -p /var/www/html/$d; done',
		),
	},
	'script-exit-1': {
		event: 'AfterInstall',
		errorCode: 4,
		scriptName: 'scripts/restart_workers.sh',
		message: 'Script at specified location: scripts/restart_workers.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/restart_workers.sh',
			'[stdout]Restarting background workers',
			"[stderr]ERROR: config/sidekiq.yml: unknown queue 'mailers_low'",
			'[stderr]workers not restarted',
		),
	},
	'script-missing': {
		event: 'AfterInstall',
		errorCode: 1,
		scriptName: 'scripts/afterinstall.sh',
		message:
			'Script does not exist at specified location: /opt/codedeploy-agent/deployment-root/51088464-2911-c5ee-f170-5bf637b827b0/d-ZSWWAUJ49/deployment-archive/scripts/afterinstall.sh',
		log: lines('LifecycleEvent - AfterInstall'),
	},
	'second-hook-fails': {
		event: 'AfterInstall',
		errorCode: 4,
		scriptName: 'scripts/permissions.sh',
		message: 'Script at specified location: scripts/permissions.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/link.sh',
			'[stdout]linked current -> 20261123',
			'Script - scripts/permissions.sh',
			'[stderr]chown: invalid user: shop:shop',
		),
	},
	'stdout-left-open': {
		event: 'ApplicationStart',
		errorCode: 6,
		scriptName: 'scripts/start_daemon.sh',
		message: 'Script at specified location: scripts/start_daemon.sh failed to close STDOUT',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/start_daemon.sh',
			'[stdout]launching',
			'[stdout]launched pid 7249',
		),
	},
	'timeout-3s': {
		event: 'ApplicationStart',
		errorCode: 3,
		scriptName: 'scripts/wait_for_db.sh',
		message: 'Script at specified location: scripts/wait_for_db.sh failed to complete in 3 seconds',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/wait_for_db.sh',
			'[stdout]waiting for db-primary:5432',
			'[stdout]attempt 1: not ready',
			'[stdout]attempt 2: not ready',
			'[stdout]attempt 3: not ready',
		),
	},
} as const satisfies Record<string, AgentCase>;
