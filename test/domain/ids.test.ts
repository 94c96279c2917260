import { describe, expect, test } from 'vitest';
import { accountOfArn, formatAccount } from '../../src/domain/arn.ts';
import { deploymentConsoleUrl, instanceConsoleUrl } from '../../src/domain/console-link.ts';
import {
	asDeploymentId,
	findDeploymentId,
	findRegion,
	type InstanceId,
	isDeploymentId,
	isGroupId,
	isInstanceId,
} from '../../src/domain/ids.ts';

describe('a deployment id is found in what people paste', () => {
	test.each([
		'd-75I7MBT7C',
		'  d-75I7MBT7C\n',
		'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-75I7MBT7C?region=eu-west-1',
		'https://console.aws.amazon.com/codesuite/codedeploy/deployments/d-75I7MBT7C',
		'{"deploymentId":"d-75I7MBT7C"}',
		"The Deployment Group 'prod' already has an active Deployment 'd-75I7MBT7C'",
		'[2023-09-25 18:29:44.213] [d-75I7MBT7C][stderr]oops',
		'/opt/codedeploy-agent/deployment-root/82912682-fd28-ba5c-31f0-56ba0cec052a/d-75I7MBT7C/logs',
		'd-75I7MBT7C and once more d-75I7MBT7C',
	])('%s', text => {
		expect(findDeploymentId(text)).toEqual({ found: 'one', id: 'd-75I7MBT7C' });
	});

	test.each([
		'',
		'd-',
		'd-75I7MBT7',
		'd-75I7MBT7CX',
		'd-75i7mbt7c',
		'id-75I7MBT7C',
		'x-d-75I7MBT7C',
		'd-75I7MBT7C-1',
		'i-00251908fcdce4b31',
	])('but not in %j', text => {
		expect(findDeploymentId(text)).toEqual({ found: 'none' });
	});

	test('several are all told, in their order', () => {
		const text = 'Deployment d-AAAAAAAAA is triggered to roll back deployment d-BBBBBBBBB.';
		expect(findDeploymentId(text)).toEqual({ found: 'several', ids: ['d-AAAAAAAAA', 'd-BBBBBBBBB'] });
	});
});

test.each([
	['eu-west-1', 'https://eu-west-1.console.aws.amazon.com/'],
	['cn-north-1', 'https://cn-north-1.console.amazonaws.cn/'],
	['us-gov-west-1', 'https://us-gov-west-1.console.amazonaws-us-gov.com/'],
])('the console of %s, and back', (region, start) => {
	const url = deploymentConsoleUrl(region, asDeploymentId('d-75I7MBT7C'));
	expect(url).toMatch(
		new RegExp(`^${start}codesuite/codedeploy/deployments/d-75I7MBT7C\\?region=${region}$`),
	);
	expect(findDeploymentId(url)).toEqual({ found: 'one', id: 'd-75I7MBT7C' });
});

test.each([
	['arn:aws:sts::123456789012:assumed-role/dev/me', '123456789012'],
	['arn:aws:codedeploy:eu-west-1:123456789012:deploymentgroup:a/b', '123456789012'],
	['arn:aws:s3:::bucket', undefined],
	['i-00251908fcdce4b31', undefined],
	['', undefined],
	[undefined, undefined],
])('the account of %s is %s', (arn, account) => {
	expect(accountOfArn(arn)).toBe(account);
});

test('an account is read in groups of four', () => {
	expect(formatAccount('123456789012')).toBe('1234-5678-9012');
});

describe('the region beside an id', () => {
	test.each([
		[
			'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-ABC123DEF?region=eu-west-1',
			'eu-west-1',
		],
		[
			'arn:aws-us-gov:codedeploy:us-gov-west-1:123456789012:deploymentgroup:App/G d-ABC123DEF',
			'us-gov-west-1',
		],
		['d-ABC123DEF', undefined],
		['https://example.com/?region=nowhere&id=d-ABC123DEF', undefined],
	])('%s: %s', (text, region) => {
		expect(findRegion(text)).toBe(region);
	});
});

describe('an id has its shape and nothing more', () => {
	test.each<[is: (text: string) => boolean, good: readonly string[], bad: readonly string[]]>([
		[
			isDeploymentId,
			['d-75I7MBT7C'],
			['d-75i7mbt7c', 'd-75I7MBT7', 'd-75I7MBT7C0', 'xd-75I7MBT7C', 'd-75I7MBT7C\n', ''],
		],
		[
			isInstanceId,
			['i-00251908fcdce4b31', 'i-0a1b2c3d', 'mi-00251908fcdce4b31'],
			[
				'web-1',
				'i-',
				'i-*',
				'i-00251908FCDCE4B31',
				'i-00251908fcdce4b312',
				'xi-0a1b2c3d',
				'i-0a1b2c3d\n',
				'',
			],
		],
		[
			isGroupId,
			['c49e8b57-3fa7-1188-ed03-eefbc62eacf1', 'C49E8B57-3FA7-1188-ED03-EEFBC62EACF1'],
			['c49e8b57-3fa7-1188-ed03-eefbc62eacf', '../..', 'c49e8b57-3fa7-1188-ed03-eefbc62eacf1\n', '*', ''],
		],
	])('%o', (is, good, bad) => {
		expect(good.filter(is)).toEqual(good);
		expect(bad.filter(is)).toEqual([]);
	});
});

test('an instance has a page in the console', () => {
	// A managed machine elsewhere has none: only ids of EC2 are asked for.
	const id = 'i-00251908fcdce4b31' as InstanceId;
	expect(instanceConsoleUrl('cn-north-1', id)).toBe(
		'https://cn-north-1.console.amazonaws.cn/ec2/home?region=cn-north-1#InstanceDetails:instanceId=i-00251908fcdce4b31',
	);
});
