import type { Input } from '../../server/input.ts';
import type { Service } from '../../server/service.ts';
import type { World } from '../../world/world.ts';
import { denialMessage } from '../denial.ts';
import { filterLogEvents } from './filter-log-events.ts';
import { getLogEvents } from './get-log-events.ts';
import { describeLogGroups } from './log-groups.ts';
import { describeLogStreams } from './log-streams.ts';

/** CloudWatch Logs, to which machines send what the agent and the scripts write. */
export const cloudWatchLogs: Service = {
	name: 'CloudWatchLogs',
	protocol: { type: 'json', version: '1.1', targetPrefix: 'Logs_20140328', queryCompatible: false },
	denial: (operation, input, { world }) =>
		denialMessage(world, `logs:${operation}`, resourceOf(world, input)),
	operations: {
		DescribeLogGroups: describeLogGroups,
		DescribeLogStreams: describeLogStreams,
		FilterLogEvents: filterLogEvents,
		GetLogEvents: getLogEvents,
	},
};

function resourceOf({ region, accountId }: World, { raw }: Input): string {
	const group = typeof raw.logGroupName === 'string' ? raw.logGroupName : '';
	const stream = typeof raw.logStreamName === 'string' ? raw.logStreamName : '';
	return `arn:aws:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream}`;
}
