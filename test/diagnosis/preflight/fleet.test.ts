import { expect, test } from 'vitest';
import { showFleet } from '../../../src/diagnosis/preflight/fleet.ts';
import type { TagFilter } from '../../../src/domain/tag-filter.ts';
import { deployment } from '../../domain/builders.ts';
import { group } from './support.ts';

const commandFor = (filter: TagFilter): string => {
	const of = { deployment: deployment(), targets: new Map(), region: 'eu-west-1' };
	return showFleet(of, group({ ec2Tags: [[filter]] })).join('\n');
};

test.each<[TagFilter, string]>([
	[{ key: 'role', type: 'KEY_ONLY' }, `--filters '[{"Name":"tag-key","Values":["role"]}]'`],
	[{ key: 'role', value: 'web' }, `--filters '[{"Name":"tag:role","Values":["web"]}]'`],
])('a tag that is found by its key is a filter: %j', (filter, words) => {
	expect(commandFor(filter)).toContain(words);
});

// AWS: DescribeInstances has no filter for a value under any key.
test('a value under any key is looked for in what all instances have', () => {
	const command = commandFor({ value: 'web', type: 'VALUE_ONLY' });
	expect(command).toContain('Instances[?Tags[?Value==');
	expect(command).toContain('web');
	expect(command).not.toContain('--filters');
});
