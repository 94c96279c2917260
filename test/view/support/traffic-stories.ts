import { asTargetId } from '../../../src/domain/ids.ts';
import type { TargetSnapshot, TaskSet } from '../../../src/domain/target.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { ecsEvents, host, noon, walk } from './cast.ts';
import { numbered, type Telling, tell } from './stories.ts';

/** Rollouts that move traffic, at telling moments. */

const taskSet = (label: 'Blue' | 'Green', weight: number): TaskSet => ({
	id: `ecs-svc/${label === 'Blue' ? '0123456789' : '9876543210'}`,
	status: label === 'Blue' ? 'PRIMARY' : 'ACTIVE',
	label,
	desired: 8,
	pending: label === 'Blue' ? 0 : 1,
	running: label === 'Blue' ? 8 : 7,
	weight,
	targetGroup: `payments-tg-${label === 'Blue' ? 1 : 2}`,
});

export const ecsTarget: TargetSnapshot = {
	id: asTargetId('prod:payments'),
	kind: 'ecs',
	arn: 'arn:aws:ecs:eu-west-1:123456789012:service/prod/payments',
	status: 'InProgress',
	events: walk({ names: ecsEvents, at: 'AllowTraffic' }),
	taskSets: [taskSet('Blue', 90), taskSet('Green', 10)],
};

const appSpecRevision = { type: 'appSpec', sha256: '5f2b8c1de0a94477b1d20c4f' } as const;

/** A canary of an ECS service: a tenth of the traffic has moved. */
export const ecs = (more: Telling = {}): AppState =>
	tell({
		targets: [ecsTarget],
		config: {
			name: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
			trafficRouting: { type: 'TimeBasedCanary', percentage: 10, intervalMinutes: 5 },
		},
		...more,
		deployment: {
			application: 'payments',
			group: 'prod',
			configName: 'CodeDeployDefault.ECSCanary10Percent5Minutes',
			platform: 'ECS',
			type: 'BLUE_GREEN',
			revision: appSpecRevision,
			blueGreen: { onSuccess: 'TERMINATE', terminationWaitMinutes: 60 },
			...more.deployment,
		},
	});

const lambdaTarget: TargetSnapshot = {
	id: asTargetId('price-rules:live'),
	kind: 'lambda',
	arn: 'arn:aws:lambda:eu-west-1:123456789012:function:price-rules:live',
	status: 'InProgress',
	events: walk({ names: ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'], at: 'AllowTraffic' }),
	taskSets: [],
	lambda: { functionName: 'price-rules', alias: 'live', current: '40', target: '42', weight: 30 },
};

/** A Lambda alias that moves a tenth of its traffic each minute. */
export const lambda = (more: Telling = {}): AppState =>
	tell({
		now: 130,
		targets: [lambdaTarget],
		config: {
			name: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
			trafficRouting: { type: 'TimeBasedLinear', percentage: 10, intervalMinutes: 1 },
		},
		...more,
		deployment: {
			application: 'price-rules',
			group: 'live',
			configName: 'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
			platform: 'Lambda',
			type: 'BLUE_GREEN',
			revision: appSpecRevision,
			...more.deployment,
		},
	});

const greenEvents = ['BeforeInstall', 'Install', 'AfterInstall', 'ApplicationStart', 'ValidateService'];
const trafficEvents = ['BeforeAllowTraffic', 'AllowTraffic', 'AfterAllowTraffic'];
const blueEvents = ['BeforeBlockTraffic', 'BlockTraffic', 'AfterBlockTraffic'];

const green = (number: number): TargetSnapshot => ({
	...host(number, 'Ready', {
		names: [...greenEvents, ...trafficEvents],
		at: trafficEvents[0] ?? '',
		label: 'Green',
	}),
	events: [
		...walk({ names: greenEvents, from: number }),
		...trafficEvents.map(name => ({ name, status: 'Pending' as const })),
	],
});

const blue = (number: number): TargetSnapshot =>
	host(number, 'Pending', { names: blueEvents, label: 'Blue' });

/** A blue/green deployment whose replacement fleet is up and waits for somebody to send the traffic there. */
export const ready = (more: Telling = {}): AppState =>
	tell({
		targets: [...numbered(1, 6, green), ...numbered(21, 25, blue)],
		...more,
		deployment: {
			application: 'storefront',
			group: 'prod',
			status: 'Ready',
			type: 'BLUE_GREEN',
			blueGreen: {
				greenFleet: 'COPY_AUTO_SCALING_GROUP',
				onReadyTimeout: 'STOP_DEPLOYMENT',
				readyWaitMinutes: 60,
				onSuccess: 'TERMINATE',
				terminationWaitMinutes: 5,
			},
			startedAt: noon,
			...more.deployment,
		},
	});
