import { test } from 'vitest';
import { expectRow, type Row } from './rows.ts';

/** What a host says of itself when it is asked. */

const rows: readonly Row[] = [
	['agent-service', {}, 'ok', 'the agent is running'],
	[
		'agent-service',
		{ service: { answer: { state: 'running', enabled: false } } },
		'warning',
		'the agent is running, not enabled at boot',
	],
	[
		'agent-service',
		{ service: { answer: { state: 'stopped', enabled: false } } },
		'problem',
		'the agent is stopped, not enabled at boot',
	],
	[
		'agent-service',
		{ service: { answer: { state: 'failed', enabled: true } } },
		'problem',
		'the agent is failed',
	],
	[
		'agent-service',
		{ service: { answer: { state: 'not-installed' } } },
		'problem',
		'the agent is not installed',
	],
	['agent-service', { service: { answer: { state: 'starting' } } }, 'warning', 'the agent is starting'],
	[
		'agent-service',
		{ service: { answer: { state: 'unknown' } } },
		'unknown',
		'the answer of the service manager was not understood',
	],

	['agent-version', {}, 'ok', 'agent 1.8.1-6'],
	['agent-version', { version: { answer: { version: '2.1.0', generation: 2 } } }, 'ok', 'agent 2.1.0'],
	[
		'agent-version',
		{ version: { answer: { version: '1.0-1.1352', generation: 1 } } },
		'problem',
		'agent 1.0-1.1352 is years older than what AWS supports, and may not verify what the service signs',
	],
	[
		'agent-version',
		{ version: { answer: { version: '1.0.1.1518', generation: 1 } } },
		'problem',
		'agent 1.0.1.1518 is years older than what AWS supports, and may not verify what the service signs',
	],
	[
		'agent-version',
		{ version: { answer: 'nothing' } },
		'unknown',
		'the host does not say which agent it has',
	],
	[
		'agent-version',
		{ service: { answer: { state: 'not-installed' } } },
		'not-applicable',
		'there is no agent',
	],

	['disk', {}, 'ok', '/ is 41 % full'],
	[
		'disk',
		{ disk: { answer: [{ mount: '/', of: 'space', usedPercent: 100 }] } },
		'problem',
		'/ is 100 % full',
	],
	['disk', { disk: { answer: [{ mount: '/', of: 'space', usedPercent: 95 }] } }, 'problem', '/ is 95 % full'],
	[
		'disk',
		{ disk: { answer: [{ mount: '/', of: 'space', usedPercent: 94 }] } },
		'ok',
		'nearly full: / is 94 % full',
	],
	[
		'disk',
		{
			disk: {
				answer: [
					{ mount: '/', of: 'space', usedPercent: 40 },
					{ mount: '/var', of: 'inodes', usedPercent: 100 },
				],
			},
		},
		'problem',
		'/var has used 100 % of its inodes',
	],
	[
		'disk',
		{
			disk: {
				answer: [
					{ mount: '/', of: 'space', usedPercent: 40 },
					{ mount: '/snap/core22/1', of: 'space', usedPercent: 100 },
					{ mount: '/boot/efi', of: 'space', usedPercent: 98 },
				],
			},
		},
		'ok',
		'/ is 40 % full',
	],
	[
		'disk',
		{
			disk: {
				answer: [
					{ mount: '/', of: 'space', usedPercent: 40 },
					{ mount: '/data', of: 'space', usedPercent: 97 },
				],
			},
		},
		'warning',
		'/data is 97 % full',
	],
	[
		'disk',
		{ disk: { answer: [{ mount: 'C:', of: 'space', usedPercent: 99 }] } },
		'problem',
		'C: is 99 % full',
	],
	['disk', { disk: { answer: [] } }, 'unknown', 'the host did not say how full its disks are'],

	['clock', {}, 'ok', 'the clock is right'],
	[
		'clock',
		{ clock: { answer: { aheadMs: 301_000 } } },
		'problem',
		'the clock is 5 min ahead: AWS refuses what is signed more than 5 min off',
	],
	[
		'clock',
		{ clock: { answer: { aheadMs: -660_000, synchronized: false } } },
		'problem',
		'the clock is 11 min behind: AWS refuses what is signed more than 5 min off',
	],
	[
		'clock',
		{ clock: { answer: { aheadMs: -42_000, synchronized: true } } },
		'ok',
		'the clock is 42 s behind',
	],
	[
		'clock',
		{ clock: { answer: { aheadMs: 0, synchronized: false } } },
		'ok',
		'the clock is right, and nothing keeps it right',
	],
	['clock', { clock: { answer: 'nothing' } }, 'unknown', 'the host did not say what time it is'],
];

test.each(rows)('%s: %j → %s', (...row) => expectRow(row));
