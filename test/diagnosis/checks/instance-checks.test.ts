import { test } from 'vitest';
import { decision, instance, ping, role, status } from '../known.ts';

import { expectRow, type Row } from './rows.ts';

/** What EC2, Systems Manager and IAM say of a host. */

const { instanceProfileArn: _, ...withoutProfile } = instance();

const rows: readonly Row[] = [
	['instance-state', {}, 'ok', 'it is running, status checks ok'],
	['instance-state', { instance: { answer: 'nothing' } }, 'problem', 'EC2 does not know it, or not any more'],
	[
		'instance-state',
		{ instance: { answer: instance({ state: 'terminated' }) } },
		'problem',
		'it is terminated',
	],
	[
		'instance-state',
		{ instance: { answer: instance({ state: 'shutting-down' }) } },
		'problem',
		'it is shutting-down',
	],
	['instance-state', { instance: { answer: instance({ state: 'stopped' }) } }, 'problem', 'it is stopped'],
	[
		'instance-state',
		{ instance: { answer: instance({ state: 'pending' }) } },
		'warning',
		'it is pending: it does not run yet',
	],
	['instance-state', { instance: { answer: instance({ state: 'hibernating' }) } }, 'ok', 'it is hibernating'],
	[
		'instance-state',
		{ status: { answer: status({ instance: 'impaired' }) } },
		'problem',
		'it is running, and does not answer its status check',
	],
	[
		'instance-state',
		{ status: { answer: status({ system: 'impaired' }) } },
		'problem',
		'it is running, and the hardware below it is impaired',
	],
	[
		'instance-state',
		{ status: { answer: status({ instance: 'initializing' }) } },
		'ok',
		'it is running, status checks initializing',
	],
	[
		'instance-state',
		{
			status: {
				answer: status({
					events: [
						{
							code: 'instance-retirement',
							description: 'degraded hardware',
							notBefore: Date.UTC(2026, 10, 30),
						},
					],
				}),
			},
		},
		'warning',
		'it is running; AWS plans: instance-retirement from 2026-11-30 00:00 UTC on',
	],
	[
		'instance-state',
		{
			status: {
				answer: status({ events: [{ code: 'system-reboot', description: '[Completed] maintenance' }] }),
			},
		},
		'ok',
		'it is running, status checks ok',
	],
	[
		'instance-state',
		{ status: { unanswered: 'no', needs: 'ec2:DescribeInstanceStatus' } },
		'unknown',
		'it is running, its status checks are not known; needs ec2:DescribeInstanceStatus',
	],

	['reachability', {}, 'ok', 'Online: Amazon Linux 2023'],
	[
		'reachability',
		{ ping: { answer: ping({ status: 'ConnectionLost', lastPingAt: Date.UTC(2026, 10, 23, 3, 44) }) } },
		'warning',
		'ConnectionLost, last heard of 2026-11-23 03:44 UTC',
	],
	['reachability', { ping: { answer: ping({ status: 'Inactive' }) } }, 'warning', 'Inactive'],
	[
		'reachability',
		{ ping: { answer: 'nothing' } },
		'unknown',
		'Systems Manager does not manage it: nothing can be run on it from here',
	],

	['instance-profile', {}, 'ok', 'role web'],
	[
		'instance-profile',
		{ instance: { answer: withoutProfile } },
		'problem',
		'the instance has no instance profile',
	],
	['instance-profile', { profile: { answer: 'nothing' } }, 'problem', 'its instance profile does not exist'],
	[
		'instance-profile',
		{ profile: { answer: { name: 'web' } } },
		'problem',
		'its instance profile has no role',
	],
	[
		'instance-profile',
		{ profile: { answer: { name: 'web', role: role('web', 'lambda') } } },
		'problem',
		'EC2 may not assume its role web',
	],
	[
		'instance-profile',
		{
			profile: { answer: { name: 'web', role: { name: 'web', arn: 'arn:aws:iam::123456789012:role/web' } } },
		},
		'unknown',
		'whether EC2 may assume web cannot be told',
	],
	[
		'instance-profile',
		{ instance: { answer: instance({ state: 'terminated' }) } },
		'not-applicable',
		'the instance is gone',
	],

	['bundle-access', {}, 'ok', 'web may use s3:GetObject'],
	[
		'bundle-access',
		{ access: { answer: [decision('s3:GetObject', 'denied')] } },
		'problem',
		'web may not use s3:GetObject',
	],
	[
		'bundle-access',
		{
			access: {
				answer: [
					decision('s3:GetObject', 'allowed'),
					decision('codedeploy-commands-secure:PollHostCommand', 'denied', { reason: 'no-agents denies it' }),
				],
			},
		},
		'problem',
		'web may not use codedeploy-commands-secure:PollHostCommand',
	],
	[
		'bundle-access',
		{ access: { answer: [decision('s3:GetObject', 'unknown', { reason: 'depends on aws:SourceVpce' })] } },
		'unknown',
		's3:GetObject: depends on aws:SourceVpce',
	],
	[
		'bundle-access',
		{
			access: {
				answer: [
					decision('s3:GetObject', 'unknown', {
						needs: ['iam:SimulatePrincipalPolicy', 'iam:GetRolePolicy'],
					}),
				],
			},
		},
		'unknown',
		'needs iam:SimulatePrincipalPolicy or iam:GetRolePolicy',
	],
	['bundle-access', { profile: { answer: { name: 'web' } } }, 'not-applicable', 'the instance has no role'],
];

test.each(rows)('%s: %j → %s', (...row) => expectRow(row));
