import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import {
	mapCompositeAlarm,
	mapDatapoints,
	mapMetricAlarm,
	mapTransition,
} from '../../src/gateway/aws/map-alarm.ts';
import { mapDeploymentConfig } from '../../src/gateway/aws/map-config.ts';
import { mapDeployment } from '../../src/gateway/aws/map-deployment.ts';
import { mapDeploymentGroup } from '../../src/gateway/aws/map-group.ts';
import { mapTarget } from '../../src/gateway/aws/map-target.ts';
import {
	alarmAnswer,
	deploymentAnswer,
	ecsAnswer,
	groupAnswer,
	historyAnswer,
	instanceAnswer,
	lambdaAnswer,
} from './answers.ts';
import { never, stubAwsForEachTest } from './harness.ts';
import { expectClean, isRecord, mutated } from './mangled.ts';

const id = asDeploymentId('d-75I7MBT7C');

describe('no answer, however mangled, throws or gets unsafe text through', () => {
	test.each<[what: string, answer: object, map: (answer: never) => unknown]>([
		['deployment', deploymentAnswer, answer => mapDeployment(answer, id)],
		['instance target', instanceAnswer, mapTarget],
		['ECS target', ecsAnswer, mapTarget],
		['Lambda target', lambdaAnswer, mapTarget],
		['group', groupAnswer, answer => mapDeploymentGroup(answer, 'a', 'g')],
		[
			'configuration',
			{
				deploymentConfigName: 'c',
				minimumHealthyHosts: { type: 'HOST_COUNT', value: 1 },
				trafficRoutingConfig: {
					type: 'TimeBasedCanary',
					timeBasedCanary: { canaryPercentage: 10, canaryInterval: 5 },
				},
				zonalConfig: { monitorDurationInSeconds: 5 },
			},
			answer => mapDeploymentConfig(answer, 'c'),
		],
		['metric alarm', alarmAnswer, mapMetricAlarm],
		['composite alarm', { AlarmName: 'a', AlarmRule: 'r', StateReason: 's' }, mapCompositeAlarm],
		['state change', historyAnswer, mapTransition],
		['series', { Timestamps: [new Date(0), new Date(1)], Values: [1, 2] }, mapDatapoints],
	])('%s', (_, answer, map) => {
		fc.assert(
			fc.property(mutated(answer).filter(isRecord), fields => {
				expectClean(map(fields as never));
			}),
			{ numRuns: 300 },
		);
	});
});

/** Times are epoch seconds on the wire. */
function onTheWire(answer: unknown): unknown {
	if (answer instanceof Date) return answer.getTime() / 1000;
	if (Array.isArray(answer)) return answer.map(onTheWire);
	if (!isRecord(answer)) return answer;
	return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, onTheWire(value)]));
}

describe('over the wire', () => {
	const stub = stubAwsForEachTest();

	test('what the SDK lets through is mapped, and what it chokes on is a failure', async () => {
		const { codeDeploy } = stub.connect({ maxAttempts: 1 }).gateways;
		let mapped = 0;
		await fc.assert(
			fc.asyncProperty(mutated(onTheWire(deploymentAnswer)), async deploymentInfo => {
				stub.aws.answer('GetDeployment', { raw: JSON.stringify({ deploymentInfo }) ?? '' });
				const outcome = await codeDeploy.getDeployment(id, never).catch((error: unknown) => error);
				if (outcome instanceof Error) expect(outcome).toMatchObject({ details: { kind: 'service' } });
				else {
					expectClean(outcome);
					mapped += 1;
				}
			}),
			{ numRuns: 100 },
		);
		expect(mapped).toBeGreaterThan(10);
	});
});
