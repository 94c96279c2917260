import { createHash } from 'node:crypto';
import type { DeploymentConfig } from '../world/deployment-config.ts';
import type { Revision } from '../world/revision.ts';
import { quietDays, rollsBackAlways } from './cast.ts';
import type { PastRollout, Scenario } from './scenario.ts';

/** Deployments that move traffic in steps of whole minutes, few enough to end in two or three. */

export const canary: DeploymentConfig = {
	id: '6f1d0c51-5f0e-4d3a-9d2b-2f3c1e7a9b10',
	name: 'payments-10-percent-for-1-minute',
	platform: 'ECS',
	traffic: { type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 1 },
};

const linear: DeploymentConfig = {
	id: '0b7c2a94-1d5e-4c8f-8a36-5e9d4f2b6c11',
	name: 'payments-a-third-each-minute',
	platform: 'ECS',
	traffic: { type: 'TimeBasedLinear', percentage: 34, intervalMinutes: 1 },
};

const lambdaSteps: DeploymentConfig = {
	id: '3e8a6d27-9c4b-4f1e-b7d5-8c2a1f6e3d12',
	name: 'price-rules-a-third-each-minute',
	platform: 'Lambda',
	traffic: { type: 'TimeBasedLinear', percentage: 34, intervalMinutes: 1 },
};

export const payments = {
	application: 'payments',
	name: 'prod',
	autoRollback: rollsBackAlways,
} as const;

export const service = { type: 'ecs', cluster: 'prod', service: 'payments', tasks: 8 } as const;

export const ecsCanary: Scenario = {
	name: 'ecs-canary',
	title: 'An ECS service: 10 % of the traffic first, the rest a minute later',
	group: {
		...payments,
		configName: canary.name,
		deploysTo: { ...service, blueGreen: { readyWaitMinutes: undefined, terminationWaitMinutes: 1 } },
	},
	configs: [canary],
	history: historyOf(taskDefinition(71)),
	rollout: { revision: taskDefinition(72), description: 'Retry declined cards' },
};

export const ecsLinear: Scenario = {
	name: 'ecs-linear',
	title: 'An ECS service: a third of the traffic each minute',
	group: {
		...payments,
		configName: linear.name,
		deploysTo: { ...service, blueGreen: { readyWaitMinutes: undefined, terminationWaitMinutes: undefined } },
	},
	configs: [linear],
	history: historyOf(taskDefinition(71)),
	rollout: { revision: taskDefinition(72), description: 'Retry declined cards' },
};

export const lambdaLinear: Scenario = {
	name: 'lambda-linear',
	title: 'A Lambda function: a third of the traffic each minute',
	group: {
		application: 'price-rules',
		name: 'live',
		configName: lambdaSteps.name,
		deploysTo: { type: 'lambda', functionName: 'price-rules', alias: 'live' },
		autoRollback: rollsBackAlways,
	},
	configs: [lambdaSteps],
	history: historyOf(functionVersion(1)),
	rollout: { revision: functionVersion(2), description: 'Round half to even' },
};

function historyOf(revision: Revision): readonly PastRollout[] {
	return quietDays.map(day => ({ ...day, revision }));
}

/** An AppSpec for ECS that names this revision of the task definition. */
export function taskDefinition(number: number): Revision {
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

/** An AppSpec for Lambda that leads from this version, counted from the fortieth, to the next. */
export function functionVersion(number: number): Revision {
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
