import { describe, expect, test } from 'vitest';
import { mapTargetHealth } from '../../src/gateway/aws/load-balancers.ts';
import { mapDeploymentGroup } from '../../src/gateway/aws/map-group.ts';

/** Anything may come over the wire, whatever the SDK's types say. */
const group = (fields: object) => mapDeploymentGroup(fields as never, 'checkout', 'prod');

describe('whom a group means', () => {
	const blue = { Key: 'fleet', Value: 'blue', Type: 'KEY_AND_VALUE' };
	const web = { Key: 'role', Value: 'web', Type: 'KEY_AND_VALUE' };
	const isBlue = { key: 'fleet', value: 'blue', type: 'KEY_AND_VALUE' };
	const isWeb = { key: 'role', value: 'web', type: 'KEY_AND_VALUE' };

	test.each([
		[{}, undefined],
		[{ ec2TagFilters: [] }, undefined],
		[{ ec2TagFilters: null, ec2TagSet: { ec2TagSetList: null } }, undefined],
		[{ ec2TagSet: { ec2TagSetList: [[], null] } }, undefined],
		[{ ec2TagFilters: [blue, web] }, [[isBlue, isWeb]]],
		[{ ec2TagSet: { ec2TagSetList: [[blue], [web]] } }, [[isBlue], [isWeb]]],
		[{ ec2TagFilters: [{ Key: 'fleet' }] }, [[{ key: 'fleet' }]]],
		[
			{ ec2TagFilters: [{ Key: 'fleet', Value: '', Type: 'KEY_ONLY' }] },
			[[{ key: 'fleet', value: '', type: 'KEY_ONLY' }]],
		],
		[{ ec2TagFilters: [{ Key: 'a', Type: 'BY_HEART' }] }, [[{ key: 'a', type: 'BY_HEART' }]]],
		[{ ec2TagFilters: [7, 'x', { Key: 7, Value: {}, Type: [] }] }, [[{}, {}, {}]]],
		[{ ec2TagFilters: 'all' }, undefined],
		[{ ec2TagFilters: [{ Key: 'a', Type: 'KEY_ONLY\u200b' }] }, [[{ key: 'a' }]]],
	])('%j', (fields, tags) => {
		expect(group(fields).ec2Tags).toEqual(tags);
	});

	test('of registered machines, the same', () => {
		expect(group({ onPremisesInstanceTagFilters: [blue] }).onPremisesTags).toEqual([[isBlue]]);
		const onPremisesTagSet = { onPremisesTagSetList: [[blue, web], [web]] };
		expect(group({ onPremisesTagSet }).onPremisesTags).toEqual([[isBlue, isWeb], [isWeb]]);
	});

	test('of Auto Scaling groups and services, each once', () => {
		expect(
			group({ autoScalingGroups: [{ name: 'web' }, { name: 'web' }, {}, { name: '' }, null] })
				.autoScalingGroups,
		).toEqual(['web']);
		expect(group({ autoScalingGroups: [{}] })).not.toHaveProperty('autoScalingGroups');
		const ecsServices = [{ clusterName: 'c', serviceName: 's' }, { clusterName: 'c' }, null];
		expect(group({ ecsServices }).ecsServices).toEqual([{ cluster: 'c', service: 's' }]);
	});
});

describe('where a group’s traffic comes from', () => {
	test.each([
		[null, undefined],
		[{}, undefined],
		[{ targetGroupInfoList: [{ name: '' }, {}, null] }, undefined],
		[
			{ elbInfoList: [{ name: 'old' }], targetGroupInfoList: [{ name: 'web' }] },
			[
				{ kind: 'target-group', name: 'web' },
				{ kind: 'classic', name: 'old' },
			],
		],
		[
			{
				targetGroupInfoList: [{ name: 'green' }],
				targetGroupPairInfoList: [
					{ targetGroups: [{ name: 'blue' }, { name: 'green' }] },
					{ targetGroups: null },
				],
			},
			[
				{ kind: 'target-group', name: 'green' },
				{ kind: 'target-group', name: 'blue' },
			],
		],
		[{ targetGroupInfoList: [{ name: 'web\u200b' }] }, undefined],
	])('%j', (loadBalancerInfo, balancers) => {
		expect(group({ loadBalancerInfo }).loadBalancers).toEqual(balancers);
	});

	test.each([
		[undefined, undefined],
		[{}, undefined],
		[{ deploymentOption: 'WITH_TRAFFIC_CONTROL' }, true],
		[{ deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' }, false],
		[{ deploymentOption: 'WITH_TRAFFIC_CONTROL\u200b' }, undefined],
	])('traffic control of %j', (deploymentStyle, trafficControl) => {
		expect(group({ deploymentStyle }).trafficControl).toBe(trafficControl);
	});
});

describe('how a target fares', () => {
	test.each([
		[{}, undefined],
		[{ Target: { Id: '' }, TargetHealth: { State: 'healthy' } }, undefined],
		[{ Target: { Id: 'i-1' } }, { targetId: 'i-1', state: 'unknown' }],
		[
			{ Target: { Id: 'i-1' }, TargetHealth: { State: 'healthy\u2060' } },
			{ targetId: 'i-1', state: 'unknown' },
		],
		[
			{ Target: { Id: 'i-1', Port: 80 }, TargetHealth: { State: 'poorly' } },
			{ targetId: 'i-1', port: 80, state: 'poorly' },
		],
		[
			{
				Target: { Id: 'i-1' },
				TargetHealth: { State: 'unhealthy', Reason: 'Target.Timeout', Description: 'Request\ntimed out' },
			},
			{ targetId: 'i-1', state: 'unhealthy', reason: 'Target.Timeout', description: 'Request timed out' },
		],
	])('%j', (description, health) => {
		expect(mapTargetHealth(description as never)).toEqual(health);
	});
});
