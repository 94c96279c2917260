/**
 * What the AWS CodeDeploy agent 1.8.1 reported when hooks failed, byte for byte, taken from small bundles that were
 * written for the purpose: the payload of PutHostCommandComplete. `test/fixtures/agent-output` holds the whole corpus.
 */
export type AgentCase = {
	/** The lifecycle event that failed. */
	readonly event: string;
	/** The agent's own number, not AWS's public LifecycleErrorCode. */
	readonly errorCode: number;
	readonly scriptName: string;
	readonly message: string;
	readonly log: string;
};

export const agentCases = {
	'agent-restarted': {
		event: 'AfterInstall',
		errorCode: 7,
		scriptName: '',
		message: 'Failed: Failing in-progress lifecycle event after an agent restart.',
		log: '',
	},
	'ansi-colours': {
		event: 'AfterInstall',
		errorCode: 4,
		scriptName: 'scripts/lint_config.sh',
		message: 'Script at specified location: scripts/lint_config.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/lint_config.sh',
			'[stdout]\u001b[32m✓\u001b[0m 14 checks passed',
			'[stderr]\u001b[1;31mERROR\u001b[0m \u001b[36mnginx.conf:41\u001b[0m unexpected "}"',
		),
	},
	'command-not-found-pm2': {
		event: 'ApplicationStart',
		errorCode: 4,
		scriptName: 'scripts/start_server.sh',
		message: 'Script at specified location: scripts/start_server.sh failed with exit code 127',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/start_server.sh',
			'[stdout]starting app',
			'[stderr]/opt/codedeploy-agent/deployment-root/3ce5b141-27ab-cd80-c77a-023c924c0eaa/d-HDLQWXZAM/deployment-archive/scripts/start_server.sh: line 4: pm2: command not found',
		),
	},
	'crlf-shebang-direct': {
		event: 'BeforeInstall',
		errorCode: 4,
		scriptName: 'scripts/before_install.sh',
		message:
			'Script at specified location: scripts/before_install.sh failed with error Errno::ENOENT with message No such file or directory - /opt/codedeploy-agent/deployment-root/471f1d39-3dba-408d-e8af-14454a6c5243/d-G8G9R657E/deployment-archive/scripts/before_install.sh',
		log: lines('LifecycleEvent - BeforeInstall', 'Script - scripts/before_install.sh'),
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
	},
	'db-connection-refused': {
		event: 'AfterInstall',
		errorCode: 4,
		scriptName: 'scripts/run_psql.sh',
		message: 'Script at specified location: scripts/run_psql.sh failed with exit code 2',
		log: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/run_psql.sh',
			'[stdout]== running migrations',
			'[stderr]psql: error: connection to server at "127.0.0.1", port 5432 failed: Connection refused',
			'[stderr]\tIs the server running on that host and accepting TCP/IP connections?',
		),
	},
	'disk-full-install': {
		event: 'Install',
		errorCode: 5,
		scriptName: '',
		message: 'No space left on device - sendfile',
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
	'java-stacktrace': {
		event: 'ApplicationStart',
		errorCode: 4,
		scriptName: 'scripts/start_java.sh',
		message: 'Script at specified location: scripts/start_java.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/start_java.sh',
			'[stderr]Exception in thread "main" java.lang.IllegalStateException: Failed to load ApplicationContext',
			'[stderr]\tat com.acme.billing.Main.start(Main.java:88)',
			'[stderr]\tat com.acme.billing.Main.main(Main.java:21)',
			'[stderr]Caused by: java.net.UnknownHostException: config.internal',
			'[stderr]\t... 2 more',
		),
	},
	'killed-oom-child': {
		event: 'AfterInstall',
		errorCode: 4,
		scriptName: 'scripts/bundle_frontend.sh',
		message: 'Script at specified location: scripts/bundle_frontend.sh failed with exit code 137',
		log: lines(
			'LifecycleEvent - AfterInstall',
			'Script - scripts/bundle_frontend.sh',
			'[stdout]webpack: building',
			"[stderr]/opt/codedeploy-agent/deployment-root/237aa101-7a25-74db-4cca-054e05c6431b/d-KKUQHZVA7/deployment-archive/scripts/bundle_frontend.sh: line 3:  8390 Killed                  bash -c 'kill -9 $$'",
			'[stderr]build exited with 137',
		),
	},
	'node-module-not-found': {
		event: 'ApplicationStart',
		errorCode: 4,
		scriptName: 'scripts/start_node.sh',
		message: 'Script at specified location: scripts/start_node.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/start_node.sh',
			'[stderr]node:internal/modules/cjs/loader:1210',
			'[stderr]  throw err;',
			'[stderr]  ^',
			'[stderr]',
			"[stderr]Error: Cannot find module 'express'",
			'[stderr]Require stack:',
			'[stderr]- /opt/codedeploy-agent/deployment-root/2ba94138-8d2a-9d98-08b5-10ee4d291344/d-BA9S455PD/deployment-archive/app/server.js',
			'[stderr]    at Module._resolveFilename (node:internal/modules/cjs/loader:1207:15)',
			'[stderr]    at Module._load (node:internal/modules/cjs/loader:1038:27)',
			'[stderr]    at Module.require (node:internal/modules/cjs/loader:1289:19)',
			'[stderr]    at require (node:internal/modules/helpers:182:18)',
			'[stderr]    at Object.<anonymous> (/opt/codedeploy-agent/deployment-root/2ba94138-8d2a-9d98-08b5-10ee4d291344/d-BA9S455PD/deployment-archive/app/server.js:1:17)',
			'[stderr]    at Module._compile (node:internal/modules/cjs/loader:1521:14)',
			'[stderr]    at Module._extensions..js (node:internal/modules/cjs/loader:1623:10)',
			'[stderr]    at Module.load (node:internal/modules/cjs/loader:1266:32)',
			'[stderr]    at Module._load (node:internal/modules/cjs/loader:1091:12)',
			'[stderr]    at Function.executeUserEntryPoint [as runMain] (node:internal/modules/run_main:164:12) {',
			"[stderr]  code: 'MODULE_NOT_FOUND',",
			'[stderr]  requireStack: [',
			"[stderr]    '/opt/codedeploy-agent/deployment-root/2ba94138-8d2a-9d98-08b5-10ee4d291344/d-BA9S455PD/deployment-archive/app/server.js'",
			'[stderr]  ]',
			'[stderr]}',
			'[stderr]',
			'[stderr]Node.js v20.20.2',
		),
	},
	'port-in-use-python': {
		event: 'ApplicationStart',
		errorCode: 4,
		scriptName: 'scripts/start_http.sh',
		message: 'Script at specified location: scripts/start_http.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/start_http.sh',
			'[stderr]Traceback (most recent call last):',
			'[stderr]  File "<frozen runpy>", line 198, in _run_module_as_main',
			'[stderr]  File "<frozen runpy>", line 88, in _run_code',
			'[stderr]  File "/usr/lib/python3.11/http/server.py", line 1309, in <module>',
			'[stderr]    test(',
			'[stderr]  File "/usr/lib/python3.11/http/server.py", line 1256, in test',
			'[stderr]    with ServerClass(addr, HandlerClass) as httpd:',
			'[stderr]         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^',
			'[stderr]  File "/usr/lib/python3.11/socketserver.py", line 456, in __init__',
			'[stderr]    self.server_bind()',
			'[stderr]  File "/usr/lib/python3.11/http/server.py", line 1303, in server_bind',
			'[stderr]    return super().server_bind()',
			'[stderr]           ^^^^^^^^^^^^^^^^^^^^^',
			'[stderr]  File "/usr/lib/python3.11/http/server.py", line 136, in server_bind',
			'[stderr]    socketserver.TCPServer.server_bind(self)',
			'[stderr]  File "/usr/lib/python3.11/socketserver.py", line 472, in server_bind',
			'[stderr]    self.socket.bind(self.server_address)',
			'[stderr]OSError: [Errno 98] Address already in use',
		),
	},
	'python-keyerror': {
		event: 'ApplicationStart',
		errorCode: 4,
		scriptName: 'scripts/render_settings.py',
		message: 'Script at specified location: scripts/render_settings.py failed with exit code 1',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/render_settings.py',
			'[stderr]Traceback (most recent call last):',
			'[stderr]  File "/opt/codedeploy-agent/deployment-root/f986c597-42f2-761c-333a-8ad0797bfd41/d-9V5Q6AT9Y/deployment-archive/scripts/render_settings.py", line 9, in <module>',
			'[stderr]    main()',
			'[stderr]  File "/opt/codedeploy-agent/deployment-root/f986c597-42f2-761c-333a-8ad0797bfd41/d-9V5Q6AT9Y/deployment-archive/scripts/render_settings.py", line 5, in main',
			'[stderr]    db = os.environ["DATABASE_URL"]',
			'[stderr]         ~~~~~~~~~~^^^^^^^^^^^^^^^^',
			'[stderr]  File "<frozen os>", line 679, in __getitem__',
			"[stderr]KeyError: 'DATABASE_URL'",
			'[stdout]rendering settings',
		),
	},
	's3-access-denied': {
		event: 'DownloadBundle',
		errorCode: 5,
		scriptName: '',
		message: 'Access Denied',
		log: '',
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
	'utf8-emoji': {
		event: 'ApplicationStart',
		errorCode: 4,
		scriptName: 'scripts/announce.sh',
		message: 'Script at specified location: scripts/announce.sh failed with exit code 1',
		log: lines(
			'LifecycleEvent - ApplicationStart',
			'Script - scripts/announce.sh',
			'[stderr]❌ échec : base de données injoignable 🔥',
			'[stdout]🚀 déploiement en cours…',
		),
	},
} as const satisfies Record<string, AgentCase>;

export type AgentCaseName = keyof typeof agentCases;

function lines(...texts: readonly string[]): string {
	return texts.map(text => `${text}\n`).join('');
}
