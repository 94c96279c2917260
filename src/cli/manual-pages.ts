/** What each command does, beyond the line in the list of commands. */
export const synopses: Readonly<Record<string, string | undefined>> = {
	watch:
		'Watch a deployment: on a terminal full-screen, elsewhere as lines, one for each change, until it has ended; with --follow then for the next of its group. With --application and --group it is the deployment that the group is doing now, or its latest; without a group, a picker asks. `rollcall d-ABC123DEF` is the same as `rollcall watch d-ABC123DEF`; without anything, `rollcall` shows all deployments in flight.',
	status: 'Say how a deployment stands, once, and end. The exit code says it too.',
	wait: 'Print a line for every change until a deployment has ended, or has come as far as --until says; then a summary. A line each 30 s says that it is still there. The exit code says how it went.',
	list: 'List deployments over all profiles and regions that are named, the newest first.',
	diagnose:
		'Say why a deployment failed: what happened, on which hosts, what points to it, and what to do, with the commands for it.',
	doctor:
		'Run the debugging checklist: deployment, roles, bundle and alarms, and on the hosts instance, agent, disk, clock and logs. Each command that goes to a host is printed first, and only reads.',
	preflight:
		'Look at a deployment group before it is deployed to: what would make the next deployment fail, and what would make it hard to undo. Each with what points to it and what to do. Nothing is changed, and nothing runs on the hosts. Problems end with exit code 1; warnings alone end with 0.',
	protect:
		'Change what protects a group: the events on which it rolls back by itself, and the alarms that stop its deployments. What changes is shown and confirmed, the group is read again, changed once, and read back; what was not named stays. --dry-run only shows it, with the AWS CLI command.',
	history:
		'Tell what became of the last deployments of a group: outcome, duration, who, why it failed; how often releases fail, how long it takes to recover, which hooks are slow or fail, and which hosts fail again and again. With the id of a deployment, of its group.',
	lint: 'Look through a bundle as the agent will: the AppSpec, the files and scripts that it names, secrets. Errors make a deployment fail, or skip a hook in silence, and end with exit code 1; warnings alone end with 0. Nothing is unpacked to the disk, nothing is run, and AWS is asked only for a bundle in S3.',
	rollback:
		'Roll a group back by hand: deploy again what its last successful deployment before the newest brought, or what --to names. What would be deployed is told against what is there, with all that is in the way; then it is confirmed, sent once, and watched.',
	deploy:
		'Deploy a revision to a group: from S3, from GitHub, or what an earlier deployment brought. What would be deployed is told against what is there, with what a preflight finds; then it is confirmed, sent once, and watched.',
	'iam-policy': 'Print the IAM policy that a feature needs, with the reason for each action.',
	demo: 'Open the monitor on a simulated AWS. It needs no account, reads no credentials and reaches nothing beyond this machine.',
	simulate:
		'Serve a simulated AWS on 127.0.0.1, for Rollcall, the AWS CLI (--endpoint-url) and whatever else speaks to AWS.',
	config:
		'Show the configuration, where each setting comes from, and what is wrong with it. The command line goes before the environment, that before the file, and that before the defaults.',
	completion:
		'Print a script that teaches a shell to complete commands, options, profiles, contexts and scenarios.',
};

const examples: Readonly<Record<string, readonly string[] | undefined>> = {
	watch: [
		'rollcall watch d-ABC123DEF',
		'rollcall watch "$(aws deploy create-deployment …)"',
		'rollcall watch --application checkout-api --group prod-blue --follow',
		'rollcall watch --application checkout-api',
	],
	status: [
		'rollcall status d-ABC123DEF --json',
		'rollcall status --application A --group G --format tmux  # for status-right',
	],
	wait: [
		'rollcall wait d-ABC123DEF --timeout 45m',
		'rollcall wait d-ABC123DEF --until ready --json | jq',
		'rollcall wait --application checkout-api --group prod-blue',
	],
	list: ['rollcall list --active', 'rollcall list --profile dev,live --region eu-west-1,us-east-1'],
	diagnose: ['rollcall diagnose d-ABC123DEF', 'rollcall diagnose d-ABC123DEF --markdown > incident.md'],
	doctor: ['rollcall doctor d-ABC123DEF', 'rollcall doctor d-ABC123DEF --no-host-commands'],
	preflight: [
		'rollcall preflight --application checkout-api --group prod-blue',
		'rollcall preflight d-ABC123DEF --revision s3://releases/checkout-4711.zip',
		'rollcall preflight --application A --group G --json | jq .summary',
	],
	protect: [
		'rollcall protect --application A --group G --auto-rollback failure,alarm',
		'rollcall protect --application A --group G --detach old-alarm --dry-run',
		'rollcall protect d-ABC123DEF --auto-rollback failure --yes --confirm prod-blue',
	],
	history: [
		'rollcall history --application checkout-api --group prod-blue',
		'rollcall history d-ABC123DEF --limit 50 --json | jq .failureRate',
	],
	lint: [
		'rollcall lint .',
		'rollcall lint build/release.zip --json | jq .summary',
		'rollcall lint deploy/ --fix',
		'rollcall lint s3://releases/checkout-4711.zip --region eu-west-1',
		'rollcall lint . --sarif > rollcall.sarif',
	],
	rollback: [
		'rollcall rollback --application checkout-api --group prod-blue --dry-run',
		'rollcall rollback d-ABC123DEF --ignore-application-stop-failures',
		'rollcall rollback --application A --group G --to d-ABC123DEF',
		'rollcall rollback --application A --group G --yes --confirm G  # in a pipeline',
	],
	deploy: [
		'rollcall deploy --application A --group G --revision s3://releases/4711.zip',
		'rollcall deploy --application A --group G --revision d-ABC123DEF --dry-run',
	],
	'iam-policy': ['rollcall iam-policy --for watch', 'rollcall iam-policy --for watch,act'],
	demo: ['rollcall demo', 'rollcall demo blue-green', 'rollcall demo --list'],
	simulate: [
		'rollcall simulate --port 4566',
		'aws deploy list-deployments --endpoint-url http://127.0.0.1:4566',
	],
	config: [
		'rollcall config show --origin',
		'rollcall config check ./rollcall.yaml',
		'$EDITOR "$(rollcall config path)"',
	],
	completion: [
		'source <(rollcall completion bash)                      # in ~/.bashrc',
		'source <(rollcall completion zsh)                       # in ~/.zshrc',
		'rollcall completion fish | source                       # in config.fish',
	],
};

/** The examples of a command and its exit codes, as the last part of its help; empty without any. */
export function notesOf(name: string): string {
	const lines = examples[name];
	const shown = lines === undefined ? '' : `\nExamples:\n${lines.map(line => `  ${line}`).join('\n')}`;
	const codes = exitCodeNotes[name];
	return codes === undefined ? shown : `${shown}\n\n${codes}`;
}

const exitCodeList = (success: string, after: string): string => `Exit codes:
  0  ${success}
  1  failed
  2  wrong usage, or no such deployment
  3  stopped${after}
  5  AWS not reachable, access denied, or no valid credentials
  6  failed or stopped, and rolled back successfully
  70 a defect of rollcall
  128 and the number of the signal that ended it`;

const givenUp = '\n  4  given up after --timeout';

const deployCodes = `Exit codes:
  0  succeeded; or a dry run with nothing in the way
  1  failed; or nothing was sent: something is in the way, refused, or cancelled
  2  wrong usage, or no such group, deployment or revision
  3  stopped
  5  AWS not reachable, access denied, no valid credentials, or no answer
  6  failed or stopped, and rolled back successfully
  70 a defect of rollcall
  128 and the number of the signal that ended it`;

/** Of the commands that scripts run for their exit code. */
const exitCodeNotes: Readonly<Record<string, string | undefined>> = {
	status: exitCodeList('succeeded, or still running', ''),
	protect: `Exit codes:
  0  changed, nothing to change, or a dry run with nothing in the way
  1  something is in the way, not confirmed, refused, or changed by somebody
     else at the same moment
  2  wrong usage, or no such group
  5  AWS not reachable, access denied, no valid credentials, or no answer`,
	rollback: deployCodes,
	deploy: deployCodes,
	wait: exitCodeList('succeeded, or as far as --until says', givenUp),
};

export const programNotes = `
Examples:
  rollcall                               everything in flight
  rollcall d-ABC123DEF                   watch a deployment
  rollcall watch --profile prod "$URL"   whatever holds its id
  rollcall d-ABC123DEF | tee log         plain lines where there is no terminal
  rollcall wait d-ABC123DEF && notify    in a pipeline
  rollcall demo                          see it all without an AWS account

Files:
  ~/.config/rollcall/rollcall.yaml       contexts, keys, theme and more; see
                                         rollcall help config
  ~/.local/state/rollcall/audit.jsonl    what was done to deployments from here
  ~/.local/state/rollcall/reports/       incident reports
  ~/.aws/config, ~/.aws/credentials      profiles

Environment:
  AWS_PROFILE, AWS_REGION, AWS_DEFAULT_REGION, AWS_ENDPOINT_URL, AWS_CONFIG_FILE
                                         and what else the AWS SDK reads
  ROLLCALL_CONFIG                        instead of the configuration file
  XDG_CONFIG_HOME, XDG_STATE_HOME        instead of ~/.config, ~/.local/state
  NO_COLOR                               no colours, whatever the theme
  COLORFGBG                              whether the background is dark or light

${exitCodeList('succeeded, or still running when you quit', givenUp)}`;
