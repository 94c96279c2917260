/** The part of the CloudWatch Logs SDK that is used, as one lazily imported module: a bundler drops the other commands. */
export {
	CloudWatchLogsClient,
	DescribeLogStreamsCommand,
	FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
