import { describe, expect, test } from 'vitest';
import { diagnose } from '../../src/diagnosis/diagnose.ts';
import { caseWith, failedHost, hostA, type Told } from './support.ts';
import { archive, readTable } from './tables.ts';

/** The messages that the agents and the service send, as documented and as seen; the corpus holds others. */

const messages = readTable('messages', {
	why: 'The deployment failed because',
	script: 'Script at specified location: scripts/x.sh',
	archive,
});

describe('what the agent says', () => {
	test('is listed', () => {
		expect(messages.length).toBeGreaterThan(70);
	});
	test.each(messages.map(row => [row.name, row.lines.join(' '), row] as const))(
		'%s: %s',
		(event, message, row) => {
			const errorCode = row.remark || 'UnknownError';
			const scriptName = errorCode === 'UnknownError' ? '' : 'scripts/x.sh';
			const [finding] = diagnose(caseWith([failedHost(hostA, { event, message, errorCode, scriptName })]));
			expect(finding?.cause).toBe(row.cause);
			expect(finding?.event).toBe(event);
			expect(finding?.targets).toEqual([hostA]);
		},
	);
});

describe('what the agent does not say', () => {
	const silent = (told: Told) => diagnose(caseWith([failedHost(hostA, told)])).map(({ cause }) => cause)[0];

	test('traffic that is not let in is the load balancer’s', () => {
		expect(silent({ event: 'AllowTraffic' })).toBe('load-balancer-health');
	});
	test('traffic that is not taken away too', () => {
		expect(silent({ event: 'BlockTraffic' })).toBe('load-balancer-deregistration');
	});
	test('an hour without a report is an agent that is gone', () => {
		expect(silent({ event: 'AfterInstall', tookMs: 61 * 60_000 })).toBe('agent-lost');
	});
	test('a minute without a report is nobody knows what', () => {
		expect(silent({ event: 'AfterInstall', tookMs: 60_000 })).toBe('unknown-failure');
	});
	test('AllowTraffic with a message is not taken for the load balancer', () => {
		expect(silent({ event: 'AllowTraffic', message: 'something new' })).toBe('unknown-failure');
	});
});
