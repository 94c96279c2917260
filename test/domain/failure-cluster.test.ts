import { describe, expect, test } from 'vitest';
import { clusterFailures, normalizeMessage } from '../../src/domain/failure-cluster.ts';
import type { Diagnostics } from '../../src/domain/lifecycle-event.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { agentCases } from '../support/agent-output.ts';
import { event, target } from './builders.ts';

describe('what differs from host to host is taken out of a message', () => {
	test.each([
		[
			'Script does not exist at specified location: /opt/codedeploy-agent/deployment-root/51088464-2911-c5ee-f170-5bf637b827b0/d-ZSWWAUJ49/deployment-archive/scripts/a.sh',
			'Script does not exist at specified location: <archive>/scripts/a.sh',
		],
		['Deployment d-75I7MBT7C on i-00251908fcdce4b31', 'Deployment <deployment> on <instance>'],
		['connect to 10.0.12.7:8080 failed', 'connect to <ip>:<n> failed'],
		['etag 9b2cf535f27731c974343645a3985328', 'etag <hex>'],
		['group 51088464-2911-C5EE-F170-5bf637b827b0', 'group <uuid>'],
		['Failed to connect to ip-10-0-0-1 after 12 ms', 'Failed to connect to ip-<n>-<n>-<n>-<n> after <n> ms'],
		['failed with exit code 127', 'failed with exit code 127'],
		['scripts/v2/start.sh', 'scripts/v2/start.sh'],
		['', ''],
	])('%s', (message, normalized) => {
		expect(normalizeMessage(message)).toBe(normalized);
	});

	test('and nothing that tells the failures of the corpus apart, but for two ways to fail alike', () => {
		const failed = agentCases().filter(({ diagnostics }) => diagnostics.errorCode !== 'Success');
		const groups = Map.groupBy(failed, ({ event, diagnostics }) =>
			[event, normalizeMessage(diagnostics.message)].join(' '),
		);
		const alike = [...groups.values()].filter(cases => cases.length > 1).map(cases => cases.map(c => c.name));
		expect(alike).toEqual([
			['appspec-missing', 'appspec-yaml-extension'],
			['bundle-not-an-archive', 'disk-full-unpack'],
		]);
	});
});

const exit = (code: number, host: string, logTail = ''): Diagnostics => ({
	errorCode: 'ScriptFailed',
	scriptName: 'scripts/start.sh',
	message: `Script at specified location: scripts/start.sh on ${host} failed with exit code ${code}`,
	logTail,
});

const failed = (id: string, diagnostics?: Diagnostics, endedAt?: number): TargetSnapshot =>
	target(id, 'Failed', [
		event('Install', 'Succeeded'),
		event('ApplicationStart', 'Failed', { ...(diagnostics && { diagnostics }), ...(endedAt && { endedAt }) }),
		event('ValidateService', 'Skipped'),
	]);

describe('failed targets are grouped', () => {
	test('by event and message, the largest group first', () => {
		const clusters = clusterFailures([
			failed('a', exit(1, 'i-00251908fcdce4b31'), 50),
			failed('b', exit(127, 'i-0ec38d79d89a0da0c'), 40),
			target('c', 'Succeeded', []),
			failed('d', exit(127, 'i-03f99217331a52757'), 30),
		]);
		expect(clusters).toMatchObject([
			{
				event: 'ApplicationStart',
				script: 'scripts/start.sh',
				word: 'exit 127',
				targets: ['b', 'd'],
				firstFailedAt: 30,
			},
			{ word: 'exit 1', targets: ['a'], firstFailedAt: 50 },
		]);
	});

	test('equal groups in the order of their first failure', () => {
		const clusters = clusterFailures([
			failed('late', exit(1, ''), 20),
			failed('early', exit(2, ''), 10),
			failed('undated', exit(3, '')),
		]);
		expect(clusters.map(({ targets }) => targets[0])).toEqual(['early', 'late', 'undated']);
	});

	test('with the poorer report that an agent may send of the same failure', () => {
		const full = exit(1, 'x', '[stderr]boom\n');
		const poor: Diagnostics = { ...full, errorCode: 'UnknownError', scriptName: '', logTail: '' };
		for (const order of [
			[poor, full],
			[full, poor],
		]) {
			const clusters = clusterFailures(order.map((diagnostics, index) => failed(`${index}`, diagnostics)));
			expect(clusters).toHaveLength(1);
			expect(clusters[0]).toMatchObject({ script: 'scripts/start.sh', diagnostics: full });
		}
	});

	test('apart, when the messages are empty but the scripts differ', () => {
		const silent = (scriptName: string): Diagnostics => ({ scriptName, message: '', logTail: '' });
		expect(clusterFailures([failed('a', silent('x')), failed('b', silent('y'))])).toHaveLength(2);
	});

	test('together, when there are no diagnostics at all', () => {
		const clusters = clusterFailures([failed('a'), failed('b'), target('c', 'Failed', [])]);
		expect(clusters).toMatchObject([
			{ event: 'ApplicationStart', word: 'no diagnostics', script: '', targets: ['a', 'b'] },
			{ event: '', word: 'no diagnostics', targets: ['c'] },
		]);
	});
});
