import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import type { DeploymentConfig } from '../../src/domain/deployment-config.ts';
import { type Eta, estimateEta } from '../../src/domain/eta.ts';
import { gatherEvidence } from '../../src/domain/evidence.ts';
import { type GroupHistory, learnHistory } from '../../src/domain/history.ts';
import type { LifecycleEvent } from '../../src/domain/lifecycle-event.ts';
import { emptyTally, type Tally } from '../../src/domain/tally.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { deployment, event, target } from './builders.ts';

const now = Date.UTC(2026, 10, 23, 12);
const second = 1000;
const minute = 60 * second;
const names = ['Install', 'ApplicationStart', 'ValidateService'];

const done = (name: string, from: number, to: number): LifecycleEvent =>
	event(name, 'Succeeded', { startedAt: from, endedAt: to });

const pending = (id: string, events: readonly string[] = names): TargetSnapshot =>
	target(
		id,
		'Pending',
		events.map(name => event(name, 'Pending')),
	);

/** Done a while ago; each of its events took so many seconds. */
const finished = (id: string, seconds: number): TargetSnapshot =>
	target(
		id,
		'Succeeded',
		names.map((name, index) => {
			const from = now - 10 * minute + index * seconds * second;
			return done(name, from, from + seconds * second);
		}),
	);

/** In its first event for so many seconds. */
const begun = (id: string, seconds: number): TargetSnapshot =>
	target(id, 'InProgress', [
		event('Install', 'InProgress', { startedAt: now - seconds * second }),
		event('ApplicationStart', 'Pending'),
		event('ValidateService', 'Pending'),
	]);

const half: DeploymentConfig = { name: 'half', minimumHealthyHosts: { type: 'FLEET_PERCENT', value: 50 } };

/** Earlier runs in which each event took so many seconds. */
const history = (seconds: number, more: Partial<DeploymentSnapshot> = {}): GroupHistory =>
	learnHistory([
		{
			deployment: deployment({ status: 'Succeeded', startedAt: now - 99 * minute, ...more }),
			targets: Array.from({ length: 10 }, (_, index) => finished(`h${index}`, seconds)),
		},
	]);

/** An earlier run of ten hosts that took four minutes, of which no target could be read. */
const wholeRun = learnHistory([
	{
		deployment: deployment({
			status: 'Succeeded',
			configName: 'half',
			startedAt: now - 99 * minute,
			completedAt: now - 95 * minute,
			overview: { ...emptyTally, succeeded: 10 },
		}),
		targets: [],
	},
]);

type Situation = {
	readonly deployment?: Partial<DeploymentSnapshot>;
	readonly overview?: Partial<Tally>;
	readonly targets?: readonly TargetSnapshot[];
	readonly config?: DeploymentConfig | undefined;
	readonly history?: GroupHistory;
	readonly at?: number;
};

function eta(of: Situation): Eta | undefined {
	const targets = new Map((of.targets ?? []).map(each => [each.id, each]));
	return estimateEta(
		{
			deployment: deployment({
				platform: 'Server',
				type: 'IN_PLACE',
				startedAt: now - minute,
				...(of.overview && { overview: { ...emptyTally, ...of.overview } }),
				...of.deployment,
			}),
			targets,
			config: 'config' in of ? of.config : half,
			history: of.history,
			evidence: gatherEvidence(targets, of.history),
		},
		of.at ?? now,
	);
}

describe('without evidence there is no estimate', () => {
	test.each<[string, Situation]>([
		['nothing is known yet', {}],
		['nothing was measured', { overview: { pending: 9, inProgress: 1 }, targets: [begun('a', 5)] }],
		[
			'it has ended',
			{ deployment: { status: 'Succeeded' }, history: history(10), overview: { succeeded: 10 } },
		],
		['it waits for somebody', { deployment: { status: 'Ready', type: 'BLUE_GREEN' }, history: history(10) }],
		['it has not begun', { deployment: { status: 'Created' }, history: history(10) }],
		[
			'zone follows zone',
			{ overview: { pending: 9, inProgress: 1 }, history: history(10), config: { ...half, zonal: {} } },
		],
		[
			'a hook is new',
			{
				overview: { pending: 9, inProgress: 1 },
				targets: [pending('a', [...names, 'AfterAllowTraffic'])],
				history: history(10),
			},
		],
	])('%s', (_, situation) => {
		expect(eta(situation)).toBeUndefined();
	});
});

describe('an in-place deployment', () => {
	test('takes as many waves as its configuration makes, of what a host takes', () => {
		const overview = { pending: 10 };
		const ten = Array.from({ length: 10 }, (_, index) => pending(`p${index}`));
		const three = history(10, { configName: 'other' });
		expect(eta({ overview, targets: ten, history: three })?.leftMs).toBe(60 * second);
		const config: DeploymentConfig = { name: 'all', minimumHealthyHosts: { type: 'HOST_COUNT', value: 0 } };
		expect(eta({ overview, targets: ten, history: three, config })?.leftMs).toBe(30 * second);
		const single: DeploymentConfig = {
			name: 'one',
			minimumHealthyHosts: { type: 'MOST_CONCURRENCY', value: 1 },
		};
		expect(eta({ overview, targets: ten, history: three, config: single })?.leftMs).toBe(300 * second);
	});

	test('whose configuration may not be read goes on with as many as run now', () => {
		const targets = [begun('a', 10), begun('b', 10), pending('c'), pending('d')];
		const situation = { overview: { inProgress: 2, pending: 2 }, targets, history: history(10) };
		expect(eta({ ...situation, config: undefined })?.leftMs).toBe(50 * second);
	});

	test('counts down by the clock while nothing is heard', () => {
		const situation = { overview: { inProgress: 1 }, targets: [begun('a', 2)], history: history(10) };
		expect(eta(situation)?.leftMs).toBe(28 * second);
		expect(eta({ ...situation, at: now + 5 * second })?.leftMs).toBe(23 * second);
	});

	test('that takes longer than was expected is over, by how much', () => {
		const running = target('a', 'InProgress', [
			done('Install', now - 90 * second, now - 80 * second),
			done('ApplicationStart', now - 80 * second, now - 70 * second),
			event('ValidateService', 'InProgress', { startedAt: now - 70 * second }),
		]);
		const found = eta({ overview: { inProgress: 1 }, targets: [running], history: history(10) });
		expect(found).toMatchObject({ leftMs: 0, overMs: 45 * second });
	});

	test('learns from its own hosts, the more the more have ended', () => {
		const left = (ended: number) => {
			const all = Array.from({ length: 20 }, (_, index) =>
				index < ended ? finished(`t${index}`, 20) : pending(`t${index}`),
			);
			const overview = { succeeded: ended, pending: 20 - ended };
			const config: DeploymentConfig = {
				name: 'one',
				minimumHealthyHosts: { type: 'MOST_CONCURRENCY', value: 1 },
			};
			const found = eta({ overview, targets: all, history: history(10, { configName: 'other' }), config });
			return (found?.leftMs ?? 0) / (20 - ended) / second;
		};
		expect(left(0)).toBe(30);
		expect(left(5)).toBeCloseTo(45);
		expect(left(15)).toBeCloseTo(52.5);
	});

	test('needs no earlier ones once a host has gone all the way', () => {
		const targets = [finished('a', 10), begun('b', 10), pending('c')];
		const found = eta({ overview: { succeeded: 1, inProgress: 1, pending: 1 }, targets });
		expect(found?.leftMs).toBe(50 * second);
	});

	test('of which only the counts are known is judged by its pace', () => {
		const counts = { succeeded: 10, inProgress: 10, pending: 20 };
		expect(eta({ overview: counts })?.leftMs).toBeGreaterThan(60 * second);
		expect(eta({ overview: { ...counts, succeeded: 1, inProgress: 20, pending: 19 } })).toBeUndefined();
	});

	test('that is lost only waits for what runs', () => {
		const targets = [begun('a', 0), pending('b')];
		const overview = { failed: 5, inProgress: 1, pending: 4 };
		expect(eta({ overview, targets, history: history(10, { configName: 'x' }) })?.leftMs).toBe(30 * second);
	});

	test('waits for an agent that does not answer as long as CodeDeploy does', () => {
		const silent = target(
			'a',
			'InProgress',
			names.map(name => event(name, 'Pending')),
			{ updatedAt: now - minute },
		);
		const found = eta({ overview: { inProgress: 1 }, targets: [silent], history: history(10) });
		expect(found?.leftMs).toBe(4 * minute);
	});

	test('expects a host that was slow so far to stay so', () => {
		const slow = target('a', 'InProgress', [
			done('Install', now - 60 * second, now),
			event('ApplicationStart', 'Pending'),
			event('ValidateService', 'Pending'),
		]);
		const found = eta({ overview: { inProgress: 1 }, targets: [slow], history: history(10) });
		expect(found?.leftMs).toBeGreaterThan(40 * second);
	});

	test('ends as late after its median as runs of its kind did before', () => {
		const overview = { pending: 10 };
		const ten = Array.from({ length: 10 }, (_, index) => pending(`p${index}`));
		const before = history(10, {
			configName: 'half',
			completedAt: now - 99 * minute + 75 * second,
			overview: { ...emptyTally, succeeded: 10 },
		});
		const found = eta({ overview, targets: ten, history: before, deployment: { configName: 'half' } });
		expect(found?.leftMs).toBe(75 * second);
	});

	test('whose hosts may not be read takes as long as the whole did before, or as those that wait will take', () => {
		const found = (overview: Partial<Tally>, ageMs = minute) => {
			const begun = { configName: 'half', startedAt: now - ageMs };
			return eta({ overview, history: wholeRun, deployment: begun })?.leftMs;
		};
		expect(found({ inProgress: 5, pending: 5 })).toBe(3 * minute);
		expect(found({ succeeded: 1, inProgress: 4, pending: 5 }, 3.9 * minute)).toBe(2 * minute);
		expect(found({ pending: 40 })).toBeUndefined();
	});
});

describe('whatever the rollout', () => {
	const counts = fc.record({
		running: fc.integer({ min: 0, max: 8 }),
		waiting: fc.integer({ min: 0, max: 40 }),
		ended: fc.integer({ min: 0, max: 40 }),
		failed: fc.integer({ min: 0, max: 4 }),
		seconds: fc.integer({ min: 0, max: 400 }),
		percent: fc.integer({ min: 0, max: 99 }),
	});
	type Counts = typeof counts extends fc.Arbitrary<infer C> ? C : never;

	/** The fleet is `total` strong: those that neither run nor wait nor have failed have ended. */
	const situation = (
		{ running, waiting, ended, failed, seconds }: Counts,
		config: DeploymentConfig,
	): Situation => ({
		overview: { inProgress: running, pending: waiting, succeeded: ended, failed },
		targets: [
			...Array.from({ length: running }, (_, index) => begun(`r${index}`, (seconds * index) % 97)),
			...Array.from({ length: waiting }, (_, index) => pending(`w${index}`)),
		],
		history: history(10),
		config,
	});

	test('what is left is finite and not negative', () => {
		fc.assert(
			fc.property(counts, chosen => {
				const minimumHealthyHosts = { type: 'FLEET_PERCENT', value: chosen.percent };
				const found = eta(situation(chosen, { name: 'some', minimumHealthyHosts }));
				if (!found) return;
				expect(Number.isFinite(found.endsAt)).toBe(true);
				expect(found.leftMs).toBeGreaterThanOrEqual(0);
				expect(found.overMs).toBeGreaterThanOrEqual(0);
				expect(Math.min(found.leftMs, found.overMs)).toBe(0);
			}),
		);
	});

	test('it is not less with one more host that waits', () => {
		fc.assert(
			fc.property(counts, chosen => {
				const total = chosen.running + chosen.waiting + chosen.ended + chosen.failed;
				// The same number of hosts at a time: the fleet is one host larger.
				const keep = (more: number): DeploymentConfig => ({
					name: 'some',
					minimumHealthyHosts: { type: 'HOST_COUNT', value: Math.max(0, total - 6) + more },
				});
				const fewer = eta(situation(chosen, keep(0)));
				const more = eta(situation({ ...chosen, waiting: chosen.waiting + 1 }, keep(1)));
				if (fewer && more) expect(more.endsAt).toBeGreaterThanOrEqual(fewer.endsAt);
			}),
		);
	});
});
