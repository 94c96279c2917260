import { expect, test } from 'vitest';
import { type AlarmCondition, breaches, comparisonSign } from '../../src/domain/alarm.ts';

const condition = (comparison: string, threshold?: number): AlarmCondition => ({
	metric: 'Errors',
	dimensions: [],
	periodSeconds: 60,
	comparison,
	evaluationPeriods: 1,
	datapointsToAlarm: 1,
	...(threshold !== undefined && { threshold }),
});

test.each([
	['GreaterThanThreshold', '>', [false, false, true]],
	['GreaterThanOrEqualToThreshold', '>=', [false, true, true]],
	['LessThanThreshold', '<', [true, false, false]],
	['LessThanOrEqualToThreshold', '<=', [true, true, false]],
	[
		'LessThanLowerOrGreaterThanUpperThreshold',
		'LessThanLowerOrGreaterThanUpperThreshold',
		[false, false, false],
	],
])('%s is %s', (comparison, sign, breaching) => {
	expect(comparisonSign(comparison)).toBe(sign);
	expect([4, 5, 6].map(value => breaches(condition(comparison, 5), value))).toEqual(breaching);
});

test('a threshold of zero is one, and none at all is not', () => {
	expect(breaches(condition('GreaterThanThreshold', 0), 1)).toBe(true);
	expect(breaches(condition('GreaterThanThreshold'), 1)).toBe(false);
});
