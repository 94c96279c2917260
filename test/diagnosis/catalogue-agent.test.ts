import { test } from 'vitest';
import { complaining, expectFirst, found, on, type Row, unheard } from './catalogue.ts';
import { instance } from './known.ts';

/** An agent that does not answer, and why. */

const rows: readonly Row[] = [
	[
		'agent stopped',
		found({ service: { answer: { state: 'stopped', enabled: false } } }),
		'agent-unreachable',
	],
	[
		'agent never installed on a new image',
		found({ service: { answer: { state: 'not-installed' } } }),
		'agent-unreachable',
	],
	[
		'agent not enabled at boot',
		found({ service: { answer: { state: 'running', enabled: false } } }),
		'agent-unreachable',
	],
	['agent out of reach, and nothing more known', on(unheard), 'agent-unreachable'],
	[
		'no way to the service',
		complaining(
			'Error during perform: Seahorse::Client::NetworkingError - Failed to open TCP connection to codedeploy-commands.eu-west-1.amazonaws.com:443 (execution expired)',
		),
		'agent-no-network',
	],
	[
		'agent ended on a full disk',
		complaining('Error during perform: Errno::ENOSPC - No space left on device'),
		'no-space-left',
	],
	[
		'Ruby missing under agent 1.x',
		found({
			service: { answer: { state: 'failed', lastWords: "/usr/bin/env: 'ruby': No such file or directory" } },
		}),
		'agent-ruby-broken',
	],
	[
		'agent crashed',
		complaining('master 1: not enough child processes running - missing at least 1 - respawning'),
		'agent-crashed',
	],
	[
		'no instance profile',
		complaining(
			'Missing credentials - please check if this instance was started with an IAM instance profile',
		),
		'missing-credentials',
	],
	[
		'profile attached after the start, or denied',
		complaining('Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::AccessDeniedException - x'),
		'agent-access-denied',
	],
	[
		'clock skew',
		complaining(
			'Cannot reach InstanceService: Aws::CodeDeployCommand::Errors::InvalidSignatureException - Signature expired: x',
		),
		'clock-skew',
	],
	[
		'agent too old',
		on({ event: 'BeforeInstall', message: 'Validation of PKCS7 signed message failed' }),
		'agent-outdated',
	],
	[
		'agent killed in the middle of a hook',
		on({
			event: 'AfterInstall',
			message: 'Failed: Failing in-progress lifecycle event after an agent restart.',
		}),
		'agent-restarted',
	],
	[
		'instance terminated in the middle',
		found(
			{ instance: { answer: instance({ state: 'terminated' }) } },
			{ event: 'AfterInstall', tookMs: 3_600_000 },
		),
		'instance-terminated',
	],
	['instance stopped', found({ instance: { answer: instance({ state: 'stopped' }) } }), 'instance-stopped'],
	['agent silent for an hour', on({ event: 'AfterInstall', tookMs: 3_600_000 }), 'agent-lost'],
];

test.each(rows)('%s', (_, of, cause) => expectFirst(of, cause));
