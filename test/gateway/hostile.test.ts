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
import { sanitizeLine, sanitizeText } from '../../src/lib/sanitize.ts';
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

const id = asDeploymentId('d-75I7MBT7C');

/** Text that would do harm on a terminal, or that no parser expects. */
const hostileText = fc.oneof(
	fc.constantFrom(
		'\u001b]52;c;ZXZpbA==\u0007',
		'\u001b[2J\u001b[H',
		'\u009b31m',
		'a\nb\r\nc',
		'\u202egnp.exe',
		'zero\u200bwidth',
		'\ud800',
		'',
	),
	fc.string({ unit: 'binary', maxLength: 20 }),
);

const junk = fc.oneof(
	hostileText,
	fc.constantFrom(null, undefined, Number.NaN, Infinity, -1, 1e21, true, new Date(Number.NaN), [], {}, [
		null,
	]),
	fc.integer(),
	fc.array(fc.anything({ maxDepth: 1 }), { maxLength: 3 }),
);

/** The same answer with a part here and there replaced by junk. */
function mutated(answer: unknown): fc.Arbitrary<unknown> {
	const kept =
		Array.isArray(answer) && answer.length > 0
			? fc.tuple(...answer.map(mutated))
			: isRecord(answer)
				? fc.record(Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, mutated(value)])))
				: fc.constant(answer);
	return fc.oneof({ arbitrary: kept, weight: 8 }, { arbitrary: junk, weight: 1 });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** Fields whose text may have several lines. */
const multiLine = new Set(['logTail', 'description', 'statusMessages', 'content']);
/** Sent back to AWS as it came, never shown. */
const opaque = new Set(['query']);

/** Every text safe, every number a number, nothing undefined. */
function expectClean(value: unknown, field = ''): void {
	if (opaque.has(field)) return;
	if (typeof value === 'string') {
		expect(value).toBe((multiLine.has(field) ? sanitizeText : sanitizeLine)(value));
	} else if (typeof value === 'number') {
		expect(value).toSatisfy(Number.isFinite);
	} else if (Array.isArray(value)) {
		for (const item of value) expectClean(item, field);
	} else if (isRecord(value)) {
		for (const [name, item] of Object.entries(value)) expectClean(item, name);
	} else if (value !== undefined || field !== '') {
		expect(value).toBeTypeOf('boolean');
	}
}

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
