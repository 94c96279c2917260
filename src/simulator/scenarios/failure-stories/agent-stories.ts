import { type FailureStory, someHosts } from '../failure-story.ts';

/** The agent does not run, or cannot reach the service. */

const agentLog = 'tail -n 4 /var/log/aws/codedeploy-agent/codedeploy-agent.log';
const newImage = 'ami-0f3b61c9a4d27e805';
const oldImage = 'ami-0117c2de50a9b84f6';
const minuteMs = 60_000;

export const agentStories = [
	{
		name: 'agent-stopped',
		title: 'Somebody stopped the agent on three hosts',
		cause: 'agent-unreachable',
		strikes: someHosts,
		host: { ailment: { agent: 'stopped' } },
		shows: { command: 'systemctl is-active codedeploy-agent', output: 'inactive' },
	},
	{
		name: 'agent-disk-full',
		title: 'The agent ended on three hosts when their disks were full',
		cause: 'no-space-left',
		strikes: someHosts,
		host: { ailment: { agent: 'disk-full', diskUsedPercent: 100 } },
		shows: { command: 'df -P /; systemctl is-active codedeploy-agent', output: '100% /\nfailed' },
	},
	{
		name: 'agent-crashed',
		title: 'The processes of the agent keep dying on three hosts',
		cause: 'agent-crashed',
		strikes: someHosts,
		host: { ailment: { agent: 'dying' } },
		shows: { command: agentLog, output: 'not enough child processes running' },
	},
	{
		name: 'agent-ruby-missing',
		title: 'An upgrade of three hosts took away the Ruby that the agent needs',
		cause: 'agent-ruby-broken',
		strikes: someHosts,
		host: { ailment: { agent: 'ruby-missing' } },
		shows: { command: 'systemctl status codedeploy-agent', output: "'ruby': No such file or directory" },
	},
	{
		name: 'agent-not-installed',
		title: 'Three hosts were replaced, and the new image has no agent',
		cause: 'agent-unreachable',
		strikes: someHosts,
		host: { replacedBy: { imageId: newImage }, ailment: { agent: 'not-installed' } },
		shows: {
			command: 'systemctl status codedeploy-agent 2>&1',
			output: 'Unit codedeploy-agent.service could not be found.',
		},
	},
	{
		name: 'agent-no-network',
		title: 'Three hosts have no way to the service',
		cause: 'agent-no-network',
		strikes: someHosts,
		host: { ailment: { agent: 'no-network' } },
		shows: { command: agentLog, output: 'Failed to open TCP connection' },
	},
	{
		name: 'no-instance-profile',
		title: 'Three hosts were replaced by some without an instance profile',
		cause: 'missing-credentials',
		strikes: someHosts,
		host: {
			replacedBy: { instanceProfile: undefined },
			ailment: { agent: 'no-credentials', ssm: 'unmanaged' },
		},
	},
	{
		name: 'instance-profile-denied',
		title: 'The role of the hosts may not talk to the service',
		cause: 'agent-access-denied',
		host: { ailment: { agent: 'denied' } },
		account: { instanceRoleDenied: ['codedeploy-commands-secure:PollHostCommand'] },
		shows: { command: agentLog, output: 'Errors::AccessDeniedException' },
	},
	{
		name: 'clock-skew',
		title: 'The clocks of three hosts are eleven minutes slow',
		cause: 'clock-skew',
		strikes: someHosts,
		host: { ailment: { agent: 'clock-skew', clockOffsetMs: -11 * minuteMs } },
		shows: { command: agentLog, output: 'InvalidSignatureException - Signature expired' },
	},
	{
		name: 'agent-too-old',
		title: 'Three hosts were made from an old image, and their agents do not trust the service',
		cause: 'agent-outdated',
		strikes: someHosts,
		host: {
			replacedBy: { imageId: oldImage, agentVersion: 'OFFICIAL_1.0-1.1352_rpm' },
			ailment: { agent: 'outdated' },
		},
		shows: { command: agentLog, output: 'Validation of PKCS7 signed message failed' },
	},
	{
		name: 'agent-restarted',
		title: 'A hook upgrades the agent, which restarts under it',
		cause: 'agent-restarted',
		mishap: { event: 'AfterInstall', failure: { type: 'agent', case: 'agent-restarted' } },
		shows: { command: agentLog, output: 'Deployment tracking file found' },
	},
	{
		name: 'instance-terminated',
		title: 'Three hosts are terminated while they are deployed to',
		cause: 'instance-terminated',
		strikes: someHosts,
		host: { ailment: { terminatedAfterMs: 9000 } },
	},
] as const satisfies readonly FailureStory[];
