import type { AlarmWithMetric } from './scenario.ts';

/** The alarms of the team: one that a bad build sets off, one that shrugs it off. */

const dimensions = [{ Name: 'Service', Value: 'checkout-api' }];

export const checkout5xx: AlarmWithMetric = {
	alarm: {
		name: 'checkout-5xx',
		description: 'Share of checkout requests that end in a server error, in percent',
		statistic: 'Average',
		periodMs: 10_000,
		evaluationPeriods: 3,
		datapointsToAlarm: 3,
		threshold: 5,
		comparison: 'GreaterThanThreshold',
		treatMissingData: 'notBreaching',
	},
	metric: {
		namespace: 'Acme/Checkout',
		name: 'ServerErrorRate',
		dimensions,
		unit: 'Percent',
		baseline: 0.4,
		noise: 0.3,
		reaction: 17,
		digits: 1,
	},
};

export const checkoutP99: AlarmWithMetric = {
	alarm: {
		name: 'checkout-p99',
		description: 'Slowest hundredth of checkout requests, in milliseconds',
		statistic: 'p99',
		periodMs: 60_000,
		evaluationPeriods: 2,
		datapointsToAlarm: 2,
		threshold: 400,
		comparison: 'GreaterThanThreshold',
		treatMissingData: 'missing',
	},
	metric: {
		namespace: 'Acme/Checkout',
		name: 'Latency',
		dimensions,
		unit: 'Milliseconds',
		baseline: 165,
		noise: 14,
		reaction: 40,
		digits: 0,
	},
};

/** Still attached to the group, but deleted from CloudWatch. */
export const deletedAlarm = 'checkout-queue-depth';
