/** The part of the CloudWatch SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export {
	CloudWatchClient,
	DescribeAlarmHistoryCommand,
	DescribeAlarmsCommand,
	GetMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
