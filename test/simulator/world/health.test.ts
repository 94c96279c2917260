import { describe, expect, test } from 'vitest';
import {
	type HostProgress,
	hostsToStart,
	judgeHealth,
	type MinimumHealthyHosts,
	minimumHealthyCount,
} from '../../../src/simulator/world/health.ts';

type Phase = HostProgress['phase'];

/** One letter a host: pending, running, succeeded, failed; a capital one was unhealthy before. */
function fleet(letters: string): HostProgress[] {
	const phases: Record<string, Phase> = { p: 'pending', r: 'running', s: 'succeeded', f: 'failed' };
	return [...letters].map(letter => ({
		phase: phases[letter.toLowerCase()] ?? 'pending',
		wasHealthy: letter === letter.toLowerCase(),
	}));
}

describe('the minimum, as a number of hosts', () => {
	const percent = (value: number): MinimumHealthyHosts => ({ type: 'FLEET_PERCENT', value });
	const oneAtATime: MinimumHealthyHosts = { type: 'MOST_CONCURRENCY', value: 1 };

	test.each([
		[percent(50), 10, 5],
		[percent(50), 9, 5],
		[percent(40), 9, 4],
		[percent(95), 10, 10],
		[percent(0), 7, 0],
		[{ type: 'HOST_COUNT', value: 6 } as const, 9, 6],
		[oneAtATime, 10, 9],
		[oneAtATime, 1, 0],
	])('%j of %i is %i', (minimum, total, expected) => {
		expect(minimumHealthyCount(minimum, total)).toBe(expected);
	});
});

describe('which hosts start', () => {
	test.each([
		['ten, nine stay: one at a time', 'pppppppppp', 9, [0]],
		['ten, eight stay: two at a time', 'pppppppppp', 8, [0, 1]],
		['nine, half (five) stay: four at a time', 'ppppppppp', 5, [0, 1, 2, 3]],
		['nine, 40 % (four) stay: five at a time', 'ppppppppp', 4, [0, 1, 2, 3, 4]],
		['nine, six stay: three at a time', 'ppppppppp', 6, [0, 1, 2]],
		['none has to stay: all at once', 'pppp', 0, [0, 1, 2, 3]],
		['a host that succeeded makes room', 'srpppppppp', 8, [2]],
		['a host that failed does not', 'frpppppppp', 8, []],
		['unhealthy hosts go first', 'ppPp', 2, [2, 0]],
		['too few are healthy: only unhealthy ones start', 'ppPPP', 3, [2, 3]],
		['no more at a time than the minimum leaves', 'PPPPPPPPPP', 8, [0, 1]],
	])('%s', (_name, letters, minimum, expected) => {
		expect(hostsToStart(fleet(letters), minimum)).toEqual(expected);
	});
});

describe('how the deployment stands', () => {
	test.each([
		['nine of ten: the first failure ends it', 'fppppppppp', 9, 'stop'],
		['nine of ten: unless it is the tenth', 'sssssssssf', 9, 'succeeded'],
		['eight of ten: the first failure is borne', 'frpppppppp', 8, 'go on'],
		['eight of ten: the second ends it', 'ffpppppppp', 8, 'stop'],
		['eight of ten: unless it is the last', 'fssssssssf', 8, 'succeeded'],
		['eight of ten: what runs could still save nothing', 'ffrppppppp', 8, 'stop'],
		['no minimum: fails only if all fail', 'ffff', 0, 'failed'],
		['no minimum: one success is enough', 'fffs', 0, 'succeeded'],
		['half of nine: five have to succeed', 'sssssffff', 5, 'succeeded'],
		['half of nine: four are too few', 'ssssfffff', 5, 'failed'],
		['everything runs: no verdict yet', 'rrff', 0, 'go on'],
		['a host that was unhealthy before takes no health away', 'FFpppppppp', 7, 'go on'],
		['nothing runs and nothing may start', 'FFpppppppp', 8, 'stop'],
		['a single host has to succeed', 'f', 0, 'failed'],
	] as const)('%s', (_name, letters, minimum, expected) => {
		expect(judgeHealth(fleet(letters), minimum)).toBe(expected);
	});
});

test('any fleet comes to an end, and never has fewer healthy hosts in service than the minimum', () => {
	for (let total = 1; total <= 8; total++) {
		for (let minimum = 0; minimum < total; minimum++) {
			for (let failures = 0; failures < 2 ** total; failures++) playOut(total, minimum, failures);
		}
	}
});

/** All hosts healthy before; host `n` fails if bit `n` of `failures` is set. */
function playOut(total: number, minimum: number, failures: number): void {
	const hosts = fleet('p'.repeat(total));
	for (let round = 0; round <= total; round++) {
		if (judgeHealth(hosts, minimum) !== 'go on') return;
		for (const index of hostsToStart(hosts, minimum)) {
			const host = hosts[index];
			if (host) host.phase = 'running';
		}
		const available = hosts.filter(({ phase }) => phase === 'pending' || phase === 'succeeded').length;
		expect(available).toBeGreaterThanOrEqual(minimum);
		for (const [index, host] of hosts.entries()) {
			if (host.phase === 'running') host.phase = failures & (1 << index) ? 'failed' : 'succeeded';
		}
	}
	throw new Error(`no end with ${total} hosts, ${minimum} healthy, failures ${failures.toString(2)}`);
}
