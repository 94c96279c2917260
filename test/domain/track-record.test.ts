import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { percentile } from '../../src/domain/record/run-times.ts';
import { learnTrackRecord, type RecordEvidence } from '../../src/domain/track-record.ts';
import { deployment, event, target } from './builders.ts';

const minute = 60_000;
const idOf = (index: number) => asDeploymentId(`d-PAST${String(index).padStart(5, '0')}`);

/** The deployment that was made in minute `index`, and took `took` minutes. */
const past = (
	index: number,
	status: string,
	took = 1,
	more: Partial<DeploymentSnapshot> = {},
): RecordEvidence => ({
	deployment: deployment({
		id: idOf(index),
		status,
		platform: 'Server',
		creator: 'user',
		createdAt: index * 10 * minute,
		startedAt: index * 10 * minute,
		...(status !== 'InProgress' && { completedAt: (index * 10 + took) * minute }),
		...more,
	}),
	targets: [],
	failedIds: [],
});

const failing = (
	base: RecordEvidence,
	hosts: Readonly<Record<string, string>>,
	succeeded: number,
	message = 'exit code 1',
): RecordEvidence => {
	const targets = Object.entries(hosts).map(([id, name]) =>
		target(id, 'Failed', [
			event(name, 'Failed', { diagnostics: { scriptName: 'start.sh', message, logTail: '' } }),
		]),
	);
	const overview = { pending: 0, inProgress: 0, failed: targets.length, skipped: 0, ready: 0, succeeded };
	return {
		deployment: { ...base.deployment, overview },
		targets,
		failedIds: targets.map(({ id }) => id),
	};
};

describe('the record', () => {
	test('is told newest first, in whatever order it was read', () => {
		const { deployments } = learnTrackRecord([past(1, 'Succeeded'), past(3, 'Failed'), past(2, 'Stopped')]);
		expect(deployments.map(({ deployment: { id } }) => id)).toEqual([idOf(3), idOf(2), idOf(1)]);
		expect(deployments[0]).toMatchObject({ purpose: 'release', durationMs: minute });
	});

	test('of nothing says nothing', () => {
		expect(learnTrackRecord([])).toEqual({
			deployments: [],
			rate: { releases: 0, failed: 0, stopped: 0, rollbacks: 0, scaling: 0, running: 0 },
			recovery: { outages: [] },
			hookTimes: [],
			hookFailures: [],
			flaky: { hosts: [], outOf: 0 },
		});
	});
});

describe('the failure rate', () => {
	test.each([
		['user', {}, { releases: 1, failed: 1 }],
		['CloudFormation', {}, { releases: 1, failed: 1 }],
		['codeDeployRollback', {}, { releases: 0, rollbacks: 1 }],
		['CloudFormationRollback', {}, { releases: 0, rollbacks: 1 }],
		['user', { rollback: { triggeringDeploymentId: idOf(9) } }, { releases: 0, rollbacks: 1 }],
		['autoscaling', {}, { releases: 0, scaling: 1 }],
		['autoscalingTermination', {}, { releases: 0, scaling: 1 }],
		['CodeDeployAutoUpdate', {}, { releases: 0, scaling: 1 }],
	])('of what %s started %j: %j', (creator, more, expected) => {
		const { rate } = learnTrackRecord([past(1, 'Failed', 1, { creator, ...more })]);
		expect(rate).toEqual({
			...{ releases: 0, failed: 0, stopped: 0, rollbacks: 0, scaling: 0, running: 0 },
			...expected,
		});
	});

	test('leaves out what still runs', () => {
		const { rate } = learnTrackRecord([past(2, 'InProgress'), past(1, 'Stopped')]);
		expect(rate).toMatchObject({ releases: 1, failed: 0, stopped: 1, running: 1 });
	});
});

describe('durations', () => {
	const runs = (...took: readonly number[]) =>
		learnTrackRecord(took.map((each, index) => past(index, 'Succeeded', each))).times;

	test.each([
		[[4], { count: 1, medianMs: 4 * minute, slowestMs: 4 * minute }],
		[[1, 2, 3], { count: 3, medianMs: 2 * minute, slowestMs: 3 * minute }],
		[[1, 2, 3, 4, 5, 6, 7, 8, 9, 9.5], { count: 10, medianMs: 5.5 * minute, p90Ms: 9 * minute }],
	])('of %j', (took, expected) => {
		const times = runs(...took);
		expect(times).toMatchObject(expected);
		if (!('p90Ms' in expected)) expect(times).not.toHaveProperty('p90Ms');
	});

	test.each([
		[[1, 1, 1, 2, 2, 2], 'slower'],
		[[2, 2, 2, 1, 1, 1], 'faster'],
		[[2, 2, 2, 2, 2.1, 2], 'steady'],
		[[1, 1, 2, 2, 2], undefined],
	])('%j, oldest first: %s', (took, direction) => {
		expect(runs(...took)?.trend?.direction).toBe(direction);
	});

	test('tell of releases that succeeded only', () => {
		const { times } = learnTrackRecord([
			past(1, 'Failed', 9),
			past(2, 'Succeeded', 9, { creator: 'codeDeployRollback' }),
			past(3, 'Succeeded', 2),
		]);
		expect(times).toMatchObject({ count: 1, medianMs: 2 * minute });
	});

	test.each([
		[[5], 95, 5],
		[[1, 2], 50, 1],
		[[4, 1, 3, 2], 75, 3],
		[[4, 1, 3, 2], 76, 4],
	])('of %j, the percentile %d is %d', (values, percent, expected) => {
		expect(percentile(values, percent)).toBe(expected);
	});
});

describe('recovery', () => {
	const rollback = { creator: 'codeDeployRollback' };

	test.each<[string, readonly RecordEvidence[], readonly (readonly [number, number?])[]]>([
		['a rollback mends it', [past(1, 'Failed'), past(2, 'Succeeded', 3, rollback)], [[1, 12]]],
		['so does the next release', [past(1, 'Stopped'), past(2, 'Succeeded', 5)], [[1, 14]]],
		[
			'failures in a row are one outage, from the first of them',
			[past(1, 'Failed'), past(2, 'Failed', 1, rollback), past(3, 'Failed'), past(4, 'Succeeded')],
			[[1, 30]],
		],
		[
			'Auto Scaling mends nothing',
			[past(1, 'Failed'), past(2, 'Succeeded', 1, { creator: 'autoscaling' })],
			[[1]],
		],
		['nor breaks it', [past(1, 'Failed', 1, { creator: 'autoscaling' }), past(2, 'Succeeded')], []],
		[
			'the newest is told first',
			[past(1, 'Failed'), past(2, 'Succeeded'), past(3, 'Failed')],
			[[3], [1, 10]],
		],
	])('%s', (_name, evidence, expected) => {
		const { outages } = learnTrackRecord(evidence).recovery;
		expect(outages.map(({ brokenBy, tookMs }) => [brokenBy, tookMs])).toEqual(
			expected.map(([index, took]) => [idOf(index), took === undefined ? undefined : took * minute]),
		);
	});

	test('the mean is that of what is over', () => {
		const { recovery } = learnTrackRecord([
			...[past(1, 'Failed'), past(2, 'Succeeded'), past(3, 'Failed')],
			...[past(4, 'Succeeded', 5), past(5, 'Failed')],
		]);
		expect(recovery.meanMs).toBe(12 * minute);
	});
});

describe('hooks', () => {
	const timed = (index: number, seconds: readonly number[]): RecordEvidence => ({
		...past(index, 'Succeeded'),
		targets: seconds.map((each, host) =>
			target(`i-${host}`, 'Succeeded', [
				event('ApplicationStart', 'Succeeded', { startedAt: 0, endedAt: each * 1000 }),
				event('ValidateService', 'Succeeded', { startedAt: 0, endedAt: 0 }),
			]),
		),
	});

	test('are timed against the releases before, and those that took no time are left out', () => {
		expect(learnTrackRecord([timed(1, [2, 4]), timed(2, [8, 8])]).hookTimes).toEqual([
			{
				event: 'ApplicationStart',
				count: 4,
				deployments: 2,
				medianMs: 6000,
				slowestMs: 8000,
				change: { latestMs: 8000, earlierMs: 3000 },
				latestIn: idOf(2),
			},
		]);
		const twenty = Array.from({ length: 20 }, (_, index) => index + 1);
		expect(learnTrackRecord([timed(1, twenty)]).hookTimes[0]).toMatchObject({ p95Ms: 19_000 });
	});

	test('that fail in more deployments come first', () => {
		const { hookFailures } = learnTrackRecord([
			failing(past(1, 'Failed'), { a: 'Install', b: 'Install', c: 'Install' }, 0),
			failing(past(2, 'Failed'), { a: 'ApplicationStart' }, 0),
			failing(past(3, 'Succeeded'), { a: 'ApplicationStart' }, 9),
		]);
		expect(hookFailures).toEqual([
			{ event: 'ApplicationStart', script: 'start.sh', count: 2, deployments: [idOf(3), idOf(2)] },
			{ event: 'Install', script: 'start.sh', count: 3, deployments: [idOf(1)] },
		]);
	});

	test('are not to blame for what a stop cut short', () => {
		const cut = failing(past(1, 'Stopped'), { a: 'Install' }, 5, '');
		const own = failing(past(2, 'Stopped'), { a: 'Install' }, 5);
		const record = learnTrackRecord([cut, own]);
		expect(record.hookFailures).toMatchObject([{ count: 1, deployments: [idOf(2)] }]);
		expect(record.flaky.outOf).toBe(1);
	});
});

describe('flaky hosts', () => {
	test('failed twice where few others did', () => {
		const { flaky } = learnTrackRecord([
			failing(past(1, 'Succeeded'), { a: 'Install' }, 9),
			failing(past(2, 'Failed'), { a: 'Install', b: 'Install' }, 9),
			failing(past(3, 'Failed'), { a: 'Install', b: 'Install', c: 'Install' }, 2),
		]);
		expect(flaky).toEqual({
			outOf: 2,
			hosts: [
				{
					id: 'a',
					failures: [
						{ deploymentId: idOf(2), event: 'Install' },
						{ deploymentId: idOf(1), event: 'Install' },
					],
				},
			],
		});
	});

	test('are no matter of ECS and Lambda', () => {
		const one = (index: number) =>
			failing(past(index, 'Failed', 1, { platform: 'ECS' }), { a: 'Install' }, 9);
		expect(learnTrackRecord([one(1), one(2)]).flaky).toEqual({ hosts: [], outOf: 0 });
	});
});
