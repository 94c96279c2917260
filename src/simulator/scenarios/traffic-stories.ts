import { createHash } from 'node:crypto';
import type { Revision } from '../world/revision.ts';
import { quietDays, rollsBackAlways } from './cast.ts';
import type { GroupScript, PastRollout, Scenario } from './scenario.ts';

/** Deployments that move traffic, minutes shortened so that they end in about two. */

const payments: GroupScript = {
	application: 'payments',
	name: 'prod',
	configName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
	deploysTo: {
		type: 'ecs',
		cluster: 'prod',
		service: 'payments',
		tasks: 8,
		blueGreen: { readyWaitMinutes: undefined, terminationWaitMinutes: 3 },
	},
	autoRollback: rollsBackAlways,
};

export const ecsCanary: Scenario = {
	name: 'ecs-canary',
	title: 'An ECS service: 10 % of the traffic first, the rest five (short) minutes later',
	group: payments,
	history: historyOf(taskDefinition(71)),
	rollout: { revision: taskDefinition(72), description: 'Retry declined cards' },
	scale: { minuteMs: 10_000 },
};

export const ecsLinear: Scenario = {
	name: 'ecs-linear',
	title: 'An ECS service: 10 % of the traffic each (short) minute',
	group: { ...payments, configName: 'CodeDeployDefault.ECSLinear10PercentEvery1Minutes' },
	history: historyOf(taskDefinition(71)),
	rollout: { revision: taskDefinition(72), description: 'Retry declined cards' },
	scale: { minuteMs: 6000 },
};

export const lambdaLinear: Scenario = {
	name: 'lambda-linear',
	title: 'A Lambda function: 10 % of the traffic each (short) minute',
	group: {
		application: 'price-rules',
		name: 'live',
		configName: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
		deploysTo: { type: 'lambda', functionName: 'price-rules', alias: 'live' },
		autoRollback: rollsBackAlways,
	},
	history: historyOf(functionVersion(1)),
	rollout: { revision: functionVersion(2), description: 'Round half to even' },
	scale: { minuteMs: 10_000 },
};

function historyOf(revision: Revision): readonly PastRollout[] {
	return quietDays.map(day => ({ ...day, revision }));
}

function taskDefinition(number: number): Revision {
	return appSpec({
		version: 0.0,
		Resources: [
			{
				TargetService: {
					Type: 'AWS::ECS::Service',
					Properties: {
						TaskDefinition: `arn:aws:ecs:eu-west-1:123456789012:task-definition/payments:${number}`,
						LoadBalancerInfo: { ContainerName: 'payments', ContainerPort: 8080 },
					},
				},
			},
		],
		Hooks: [{ AfterAllowTestTraffic: 'CodeDeployHook_payments_smoke' }],
	});
}

function functionVersion(number: number): Revision {
	return appSpec({
		version: 0.0,
		Resources: [
			{
				'price-rules': {
					Type: 'AWS::Lambda::Function',
					Properties: {
						Name: 'price-rules',
						Alias: 'live',
						CurrentVersion: String(39 + number),
						TargetVersion: String(40 + number),
					},
				},
			},
		],
		Hooks: [{ BeforeAllowTraffic: 'CodeDeployHook_price_rules_check' }],
	});
}

function appSpec(document: unknown): Revision {
	const content = JSON.stringify(document);
	const sha256 = createHash('sha256').update(content).digest('hex');
	return { revisionType: 'AppSpecContent', appSpecContent: { content, sha256 } };
}
