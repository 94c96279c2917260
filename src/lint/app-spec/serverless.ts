import { nearest } from '../../lib/nearest.ts';
import { type Finding, finding, perhaps, quoted } from '../finding.ts';
import { kindOf, type SpecDocument, type SpecValue, textOf } from './document.ts';
import {
	fieldNamed,
	lintFunctions,
	lintServerlessVersion,
	lintShape,
	missing,
	type Shape,
	unknownNames,
} from './shapes.ts';

export type ServerlessPlatform = 'ecs' | 'lambda';

const text: Shape = { type: 'text' };
const texts: Shape = { type: 'list', of: text, min: 1 };

/** AWS: AppSpec `resources` section, and `hooks` section. */
const platforms: Readonly<
	Record<
		ServerlessPlatform,
		{
			readonly resource: string;
			readonly properties: Shape;
			readonly events: readonly string[];
			readonly most: number;
		}
	>
> = {
	ecs: {
		resource: 'AWS::ECS::Service',
		most: 1,
		events: [
			...[
				'BeforeInstall',
				'AfterInstall',
				'AfterAllowTestTraffic',
				'BeforeAllowTraffic',
				'AfterAllowTraffic',
			],
		],
		properties: {
			type: 'map',
			fields: {
				TaskDefinition: { ...text, required: true },
				LoadBalancerInfo: {
					required: true,
					type: 'map',
					fields: {
						ContainerName: { ...text, required: true },
						ContainerPort: { type: 'number', from: 1, to: 65_535, required: true },
					},
				},
				PlatformVersion: text,
				NetworkConfiguration: {
					type: 'map',
					fields: {
						AwsvpcConfiguration: {
							required: true,
							type: 'map',
							fields: {
								Subnets: { ...texts, required: true },
								SecurityGroups: texts,
								AssignPublicIp: { type: 'text', oneOf: ['ENABLED', 'DISABLED'] },
							},
						},
					},
				},
				CapacityProviderStrategy: {
					type: 'list',
					min: 1,
					of: {
						type: 'map',
						fields: {
							CapacityProvider: { ...text, required: true },
							Base: { type: 'number', from: 0, to: 100_000 },
							Weight: { type: 'number', from: 0, to: 1000 },
						},
					},
				},
			},
		},
	},
	lambda: {
		resource: 'AWS::Lambda::Function',
		most: 100,
		events: ['BeforeAllowTraffic', 'AfterAllowTraffic'],
		properties: {
			type: 'map',
			fields: {
				Name: { ...text, required: true },
				Alias: { ...text, required: true },
				CurrentVersion: { ...text, required: true },
				TargetVersion: { ...text, required: true },
			},
		},
	},
};

/** AWS: AppSpec file structure for Amazon ECS and for AWS Lambda. */
export function lintServerlessSpec(document: SpecDocument, platform: ServerlessPlatform): readonly Finding[] {
	const { root } = document;
	if (!root) return document.findings;
	if (root.type !== 'map') {
		const what = `the AppSpec is ${kindOf(root)} where a mapping with version and Resources is expected`;
		return [...document.findings, finding('serverless-structure', root.place, what)];
	}
	const { events } = platforms[platform];
	return [
		...document.findings,
		...lintServerlessVersion(root),
		...unknownNames(root, ['version', 'Resources', 'Hooks'], 'the AppSpec'),
		...lintResources(root, platform),
		...lintFunctions(root, events, name => perhaps(nearest(name, events))),
	];
}

function lintResources(root: SpecValue, platform: ServerlessPlatform): readonly Finding[] {
	const resources = fieldNamed(root, 'Resources');
	if (!resources || resources.value.type === 'null') {
		return [finding('serverless-resources', resources?.place ?? root.place, 'the AppSpec has no Resources')];
	}
	const { value } = resources;
	if (value.type !== 'list') {
		return [
			finding('serverless-structure', value.place, `Resources is ${kindOf(value)} where a list is expected`),
		];
	}
	const { most } = platforms[platform];
	if (value.items.length === 0 || value.items.length > most) {
		const what = `Resources has ${value.items.length} entries where ${most === 1 ? 'one' : `1 to ${most}`} is expected`;
		return [finding('serverless-resources', value.place, what)];
	}
	return value.items.flatMap(item => lintResource(item, platform));
}

function lintResource(item: SpecValue, platform: ServerlessPlatform): readonly Finding[] {
	const [named, ...others] = item.type === 'map' ? item.fields : [];
	if (!named || others.length > 0 || named.value.type !== 'map') {
		const what = `an entry of Resources is ${kindOf(item)} where one name with Type and Properties is expected`;
		return [finding('serverless-structure', item.place, what)];
	}
	const { resource, properties } = platforms[platform];
	const type = fieldNamed(named.value, 'Type');
	const values = fieldNamed(named.value, 'Properties');
	const findings: Finding[] = [...unknownNames(named.value, ['Type', 'Properties'], quoted(named.key))];
	if (!type) findings.push(missing(named.place, 'Type', quoted(named.key)));
	else if (textOf(type.value) !== resource) {
		const what = `the type of ${quoted(named.key)} is ${kindOf(type.value)} where ${resource} is expected`;
		findings.push(finding('serverless-resource-type', type.value.place, what));
	}
	if (!values) findings.push(missing(named.place, 'Properties', quoted(named.key)));
	else findings.push(...lintShape(values.value, properties, 'Properties'), ...sameVersion(values.value));
	return findings;
}

function sameVersion(properties: SpecValue): readonly Finding[] {
	const current = textOf(fieldNamed(properties, 'CurrentVersion')?.value);
	const target = fieldNamed(properties, 'TargetVersion');
	if (!target || current === undefined || textOf(target.value) !== current) return [];
	const what = `TargetVersion is ${quoted(current)}, and so is CurrentVersion`;
	return [finding('serverless-same-version', target.value.place, what)];
}
