import type { Operation } from '../../server/service.ts';
import { pageOf } from '../paging.ts';
import { groupArn, readLimit } from './limits.ts';
import { firstDay, groupsIn } from './shipped-logs.ts';

/** By name. */
export const describeLogGroups: Operation = (input, { world }) => {
	const prefix = input.string('logGroupNamePrefix') ?? '';
	const pattern = input.string('logGroupNamePattern') ?? '';
	const { items, nextToken } = pageOf({
		all: groupsIn(world).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
		keyOf: ({ name }) => name,
		matches: ({ name }) => name.startsWith(prefix) && name.includes(pattern),
		pageSize: readLimit(input, 50),
		scope: `log groups ${prefix} ${pattern}`,
		token: input.string('nextToken'),
	});
	return {
		logGroups: items.map(group => ({
			logGroupName: group.name,
			creationTime: firstDay(world),
			retentionInDays: 30,
			metricFilterCount: 0,
			arn: `${groupArn(world, group)}:*`,
			logGroupArn: groupArn(world, group),
			storedBytes: 0,
			logGroupClass: 'STANDARD',
		})),
		nextToken,
	};
};
