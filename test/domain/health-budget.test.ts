import { describe, expect, test } from 'vitest';
import type { MinimumHealthyHosts } from '../../src/domain/deployment-config.ts';
import {
	budgetTally,
	type HealthBudget,
	healthBudget,
	minimumHealthyCount,
} from '../../src/domain/health-budget.ts';
import { emptyTally, type Tally } from '../../src/domain/tally.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { deployment, target } from './builders.ts';

const hosts = (value: number): MinimumHealthyHosts => ({ type: 'HOST_COUNT', value });
const percent = (value: number): MinimumHealthyHosts => ({ type: 'FLEET_PERCENT', value });
const oneAtATime: MinimumHealthyHosts = { type: 'MOST_CONCURRENCY', value: 1 };
const halfAtATime = percent(50);
const allAtOnce = percent(0);

/** `P3 I2 S1 F1`: waiting, running, succeeded, failed; `K` skipped, `R` ready. */
function tally(counts: string): Tally {
	const count = (letter: string) => Number(new RegExp(`${letter}(\\d+)`).exec(counts)?.[1] ?? 0);
	return {
		...emptyTally,
		pending: count('P'),
		inProgress: count('I'),
		succeeded: count('S'),
		failed: count('F'),
		skipped: count('K'),
		ready: count('R'),
	};
}

const said = (budget: HealthBudget): string =>
	budget.type === 'left' ? `${budget.failures} left` : budget.type;

describe('hosts that have to stay healthy', () => {
	test.each<[minimum: MinimumHealthyHosts, total: number, count: number]>([
		[hosts(6), 9, 6],
		[hosts(0), 9, 0],
		[percent(40), 9, 4],
		[percent(50), 9, 5],
		[percent(95), 10, 10],
		[percent(0), 9, 0],
		[percent(99), 1, 1],
		[percent(29), 100, 29],
		[oneAtATime, 10, 9],
		[oneAtATime, 1, 0],
		[oneAtATime, 0, 0],
	])('%j of %i: %i', (minimum, total, count) => {
		expect(minimumHealthyCount(minimum, total)).toBe(count);
	});

	test('of a type that AWS adds one day are not guessed', () => {
		expect(minimumHealthyCount({ type: 'PHASE_OF_MOON', value: 3 }, 10)).toBeUndefined();
	});
});

describe('how many more failures end the rollout', () => {
	test.each<[what: string, minimum: MinimumHealthyHosts, counts: string, expected: string]>([
		['10 hosts, 9 healthy: the first failure ends it', hosts(9), 'P9 I1', '1 left'],
		['… unless it is the last one', hosts(9), 'I1 S9', 'safe'],
		['… and after it, nothing is left', hosts(9), 'P8 S1 F1', 'exhausted'],
		['10 hosts, 8 healthy: the second failure ends it', hosts(8), 'P8 I2', '2 left'],
		['… one has failed', hosts(8), 'P7 I2 F1', '1 left'],
		['… unless it is the last one', hosts(8), 'I1 S8 F1', 'safe'],
		['10 hosts, 0 healthy: all have to fail', hosts(0), 'I10', '10 left'],
		['… one success is enough', hosts(0), 'I9 S1', 'safe'],

		['AllAtOnce, 9 hosts', allAtOnce, 'I9', '9 left'],
		['AllAtOnce, 9 hosts, 8 failed', allAtOnce, 'I1 F8', '1 left'],
		['AllAtOnce, 9 hosts, 8 failed and 1 succeeded', allAtOnce, 'S1 F8', 'safe'],
		['AllAtOnce, 9 hosts, all failed', allAtOnce, 'F9', 'exhausted'],
		['HalfAtATime, 9 hosts, some waiting', halfAtATime, 'P5 I4', '4 left'],
		['HalfAtATime, 9 hosts, all started', halfAtATime, 'I5 S4', '5 left'],
		['HalfAtATime, 9 hosts, all started, 4 failed', halfAtATime, 'I4 S1 F4', '1 left'],
		['HalfAtATime, 9 hosts, the 5 successes are in', halfAtATime, 'I1 S5 F3', 'safe'],
		['FLEET_PERCENT 40, 9 hosts', percent(40), 'P4 I5', '5 left'],
		['HOST_COUNT 6, 9 hosts', hosts(6), 'P6 I3', '3 left'],
		['OneAtATime, 10 hosts', oneAtATime, 'P9 I1', '1 left'],
		['OneAtATime, the last of 10', oneAtATime, 'I1 S9', 'safe'],
		['60 hosts, HalfAtATime, 5 failed', halfAtATime, 'P12 I14 S29 F5', '25 left'],

		['1 host, OneAtATime: it has to succeed', oneAtATime, 'I1', '1 left'],
		['1 host, OneAtATime, waiting', oneAtATime, 'P1', '1 left'],
		['1 host, OneAtATime, failed', oneAtATime, 'F1', 'exhausted'],
		['1 host, AllAtOnce: it has to succeed', allAtOnce, 'I1', '1 left'],
		['1 host, HalfAtATime: AWS does not say', halfAtATime, 'I1', 'unknown'],

		['95 percent of 10 cannot even start', percent(95), 'P10', 'exhausted'],
		['more than there are cannot even start', hosts(12), 'P10', 'exhausted'],
		['skipped and ready ones count as part of the fleet', hosts(8), 'P5 R3 K2', '2 left'],
		['no targets yet', hosts(1), '', 'unknown'],
	])('%s', (_, minimum, counts, expected) => {
		expect(said(healthBudget(minimum, tally(counts)))).toBe(expected);
	});

	test('says how many have to stay healthy', () => {
		expect(healthBudget(halfAtATime, tally('P5 I4'))).toEqual({
			type: 'left',
			failures: 4,
			minimumHealthy: 5,
		});
	});

	test.each<[MinimumHealthyHosts | undefined, Tally | undefined]>([
		[undefined, tally('P1')],
		[hosts(1), undefined],
		[{ type: 'NEW', value: 1 }, tally('P5')],
	])('is not known without both the minimum and the counts', (minimum, counts) => {
		expect(healthBudget(minimum, counts)).toEqual({ type: 'unknown' });
	});
});

describe('the counts it is reckoned over', () => {
	const fleet = (label: string, ...statuses: readonly string[]): TargetSnapshot[] =>
		statuses.map((status, index) => target(`i-${label}${index}`, status, [], { label }));
	const rollout = (type: string, overview = tally('P20 S4')) => deployment({ type, overview });

	test('in place: the overview', () => {
		expect(budgetTally(rollout('IN_PLACE'), fleet('Green', 'Failed'))).toEqual(tally('P20 S4'));
	});

	test('blue/green: the replacement fleet alone, whose ready hosts are as good as done', () => {
		const targets = [
			...fleet('Blue', 'Pending', 'Pending'),
			...fleet('Green', 'Ready', 'InProgress', 'Failed', 'Pending'),
		];
		expect(budgetTally(rollout('BLUE_GREEN'), targets)).toBeUndefined();
		const counted = rollout('BLUE_GREEN', tally('P3 I1 F1 R1'));
		expect(budgetTally(counted, targets)).toEqual(tally('S1 I1 F1 P1'));
	});

	test('blue/green: nothing once the replacement fleet is ready', () => {
		const targets = [...fleet('Blue', 'InProgress'), ...fleet('Green', 'Ready', 'Succeeded')];
		expect(budgetTally(rollout('BLUE_GREEN'), targets)).toBeUndefined();
	});
});
