import { describe, expect, test } from 'vitest';
import { readYaml } from '../../src/lint/app-spec/document.ts';
import { findAppSpec, platformOf } from '../../src/lint/app-spec/find.ts';
import { lintBundle } from '../../src/lint/lint-bundle.ts';
import { bundleTree } from '../../src/lint/tree.ts';
import { findingsIn, memoryBundle } from './bundles.ts';

const ecs = {
	version: 0.0,
	Resources: [
		{
			TargetService: {
				Type: 'AWS::ECS::Service',
				Properties: {
					TaskDefinition: 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7',
					LoadBalancerInfo: { ContainerName: 'shop', ContainerPort: 8080 },
					PlatformVersion: 'LATEST',
					NetworkConfiguration: {
						AwsvpcConfiguration: {
							Subnets: ['subnet-1'],
							SecurityGroups: ['sg-1'],
							AssignPublicIp: 'DISABLED',
						},
					},
					CapacityProviderStrategy: [{ CapacityProvider: 'FARGATE_SPOT', Base: 1, Weight: 1 }],
				},
			},
		},
	],
	Hooks: [
		{ BeforeInstall: 'check-tables' },
		{ AfterAllowTestTraffic: 'arn:aws:lambda:eu-west-1:123456789012:function:try' },
	],
};

const lambda = (properties: string): string => `version: 0.0
Resources:
  - shop:
      Type: AWS::Lambda::Function
      Properties:
${properties}
Hooks:
  - BeforeAllowTraffic: check-tables
`;

const properties = ['Name: shop', 'Alias: live', 'CurrentVersion: "1"', 'TargetVersion: "2"'];
const lambdaWith = (lines: readonly string[]) => lambda(lines.map(line => `        ${line}`).join('\n'));

describe('an AppSpec for Amazon ECS', () => {
	test('in JSON, with tabs or without, has nothing wrong', async () => {
		for (const indent of [undefined, '\t']) {
			const { findings, platform } = await lintBundle(
				memoryBundle({ 'appspec.json': JSON.stringify(ecs, undefined, indent) }, 'file'),
			);
			expect([findings, platform]).toEqual([[], 'ecs']);
		}
	});

	test.each<readonly [what: string, appSpec: string, ...findings: string[]]>([
		['broken JSON', '{\n\t"version": 0.0,\n\t"Resources": [,]\n}', 'serverless-json 3:16'],
		['JSON that ends early', '{"version": 0.0', 'serverless-json 1:16'],
		[
			'nothing of it',
			'{}',
			'serverless-property-missing 1:1',
			'serverless-resources 1:1',
			'serverless-no-hooks 1:1',
		],
		[
			'a list of two services',
			JSON.stringify({ ...ecs, Resources: [...ecs.Resources, ...ecs.Resources] }),
			'serverless-resources 1:26',
		],
		[
			'no load balancer, and an event of servers',
			'{"version": 0.0,\n"Resources": [{"TargetService": {"Type": "AWS::ECS::Service",\n"Properties": {"TaskDefinition": "shop:7", "TaskDef": 1}}}],\n"Hooks": [{"ApplicationStart": "x"}]}',
			'serverless-property-missing 3:15',
			'serverless-unknown-event 4:12',
			'serverless-unknown-key 3:44',
		],
		[
			'values of other kinds',
			'{"version": 1, "Resources": [{"S": {"Type": "AWS::ECS::TaskSet",\n"Properties": {"TaskDefinition": "", "LoadBalancerInfo":\n{"ContainerName": ["a"], "ContainerPort": 99999}}}}], "Hooks": {}}',
			'serverless-property-value 1:13',
			'serverless-resource-type 1:45',
			'serverless-property-value 2:34',
			'serverless-property-value 3:19',
			'serverless-property-value 3:43',
			'serverless-structure 3:64',
		],
	])('with %s', async (_, appSpec, ...expected) => {
		const { findings } = await lintBundle(memoryBundle({ 'appspec.json': appSpec }, 'file'), 'ecs');
		expect(findings.map(({ rule, line, column }) => `${rule} ${line}:${column}`)).toEqual(expected);
	});
});

describe('an AppSpec for AWS Lambda', () => {
	test('in YAML has nothing wrong, whatever the case of its names', async () => {
		const good = lambdaWith(properties);
		for (const text of [good, good.replace('Resources', 'resources').replace('Name', 'name')]) {
			const { findings, platform } = await lintBundle(memoryBundle({ 'appspec.yaml': text }, 'file'));
			expect([findings, platform]).toEqual([[], 'lambda']);
		}
	});

	test('may miss a property, or shift to the version that is there', async () => {
		expect(
			await findingsIn({ 'appspec.yaml': lambdaWith(properties.filter(line => !line.startsWith('Alias'))) }),
		).toEqual(['serverless-property-missing appspec.yaml:6:9']);
		expect(
			await findingsIn({ 'appspec.yaml': lambdaWith([...properties.slice(0, 3), 'TargetVersion: 1']) }),
		).toEqual(['serverless-same-version appspec.yaml:9:24']);
	});

	test('has two events that run functions', async () => {
		const text = lambdaWith(properties).replace('BeforeAllowTraffic', 'AfterAllowTestTraffic');
		expect(await findingsIn({ 'appspec.yaml': text })).toEqual([
			'serverless-unknown-event appspec.yaml:11:5',
		]);
	});
});

describe('what an AppSpec is for', () => {
	test.each<readonly [text: string, platform: string | undefined]>([
		['os: linux', 'server'],
		['hooks: {AfterInstall: []}', 'server'],
		['Resources: [{a: {Properties: {TaskDefinition: x}}}]', 'ecs'],
		['Resources: [{a: {Properties: {Alias: x}}}]', 'lambda'],
		['version: 0.0', undefined],
		['- a', undefined],
	])('%s: %s', (text, platform) => {
		expect(platformOf(readYaml('appspec.yml', text))).toBe(platform);
	});

	test('one for servers goes before the others', () => {
		const tree = bundleTree(memoryBundle({ 'appspec.json': '{}', 'appspec.yml': 'os: linux' }));
		expect(findAppSpec(tree)).toBe('appspec.yml');
	});
});
