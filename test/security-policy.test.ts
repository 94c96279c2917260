import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const root = path.join(import.meta.dirname, '..');
const policy = readFileSync(path.join(root, 'SECURITY.md'), 'utf8');

test('every test that the security policy names is there', () => {
	const named = [...policy.matchAll(/`(test\/[^`]+)`/g)].flatMap(([, file]) => file ?? []);
	expect(named.length).toBeGreaterThan(15);
	expect(named.filter(file => !existsSync(path.join(root, file)))).toEqual([]);
});

test('the services that it names are those that are connected to', () => {
	const sdks = readFileSync(path.join(root, 'package.json'), 'utf8').match(/"@aws-sdk\/client-[\w-]+"/g);
	expect(sdks?.map(name => name.slice(17, -1)).sort()).toEqual([
		...['cloudwatch', 'cloudwatch-logs', 'codedeploy', 'ec2', 'elastic-load-balancing-v2'],
		...['iam', 's3', 'ssm', 'sts'],
	]);
	const names = [
		'CodeDeploy',
		'CloudWatch,',
		'CloudWatch Logs',
		'EC2',
		'Elastic Load Balancing',
		'IAM',
		'S3',
	];
	for (const name of [...names, 'Systems Manager', 'STS'])
		expect(policy.replaceAll('\n', ' ')).toContain(name);
});
