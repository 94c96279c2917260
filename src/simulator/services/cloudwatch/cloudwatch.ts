import type { Service } from '../../server/service.ts';
import { denialMessage } from '../denial.ts';
import { describeAlarmHistory } from './alarm-history.ts';
import { describeAlarms } from './alarms.ts';
import { getMetricData } from './metric-data.ts';

/** CloudWatch, as far as alarms and their plots need it. */
export const cloudWatch: Service = {
	name: 'CloudWatch',
	protocol: {
		type: 'json',
		version: '1.0',
		targetPrefix: 'GraniteServiceVersion20100801',
		queryCompatible: true,
	},
	denial(operation, _input, { world }) {
		const alarms = `arn:aws:cloudwatch:${world.region}:${world.accountId}:alarm:*`;
		return denialMessage(
			world,
			`cloudwatch:${operation}`,
			operation === 'GetMetricData' ? undefined : alarms,
		);
	},
	operations: {
		DescribeAlarmHistory: describeAlarmHistory,
		DescribeAlarms: describeAlarms,
		GetMetricData: getMetricData,
	},
};
