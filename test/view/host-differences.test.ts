import { describe, expect, test } from 'vitest';
import type { HostKnowledge } from '../../src/diagnosis/knowledge.ts';
import type { HostFacts, InstanceFacts } from '../../src/domain/host.ts';
import { asTargetId, isInstanceId, type TargetId } from '../../src/domain/ids.ts';
import type { TargetSnapshot, TargetStatus } from '../../src/domain/target.ts';
import { formatMinute } from '../../src/lib/duration.ts';
import { emptyRollout, type Rollout } from '../../src/monitor/state.ts';
import { selectDifferences } from '../../src/view/host-differences.ts';
import { host, hostId, noon } from './support/cast.ts';
import { running } from './support/stories.ts';

const hour = 3_600_000;
const day = 24 * hour;

type Kin = Partial<InstanceFacts> & { readonly label?: TargetSnapshot['label'] };

/** Hosts by the dozen: `['Failed', 3, {imageId: 'ami-2'}]` are three of them. */
type Troop = readonly [status: TargetStatus, count: number, facts: Kin | HostFacts];

function rolloutOf(troops: readonly Troop[], examined: readonly (readonly [number, HostKnowledge])[] = []) {
	const targets = new Map<TargetId, TargetSnapshot>();
	const hosts = new Map<TargetId, HostFacts>();
	for (const [status, count, facts] of troops) {
		for (let each = 0; each < count; each += 1) {
			const { label, ...kin } = 'kind' in facts ? { label: undefined } : facts;
			const target = host(targets.size, status, label === undefined ? {} : { label });
			targets.set(target.id, target);
			if ('kind' in facts) hosts.set(target.id, facts);
			else if (isInstanceId(target.id))
				hosts.set(target.id, {
					kind: 'ec2',
					instance: { id: target.id, platform: 'linux', tags: [], ...kin },
				});
		}
	}
	const known = new Map(examined.map(([number, knowledge]) => [hostId(number), knowledge]));
	const rollout: Rollout = {
		...emptyRollout(running().scope.deploymentId),
		deployment: running().rollouts.get(running().scope.deploymentId)?.deployment ?? { failures: 0 },
		targets,
		hosts: { data: hosts, failures: 0 },
		knowledge: { hosts: known },
	};
	const failed = [...targets.values()].filter(({ status }) => status === 'Failed').map(({ id }) => id);
	return { rollout, failed };
}

function texts(...args: Parameters<typeof rolloutOf>): readonly string[] {
	const { rollout, failed } = rolloutOf(...args);
	return selectDifferences(rollout, failed).map(({ text }) => text);
}

describe('failed hosts are set apart from those that succeeded', () => {
	test.each([
		['zone', { zone: 'eu-west-1a' }, { zone: 'eu-west-1b' }, 'are in eu-west-1a'],
		['image', { imageId: 'ami-2' }, { imageId: 'ami-1' }, 'run image ami-2'],
		['type', { type: 't3.nano' }, { type: 'm5.large' }, 'are of type t3.nano'],
		['group', { autoScalingGroup: 'new' }, { autoScalingGroup: 'old' }, 'belong to new'],
		['state', { state: 'stopped' }, { state: 'running' }, 'are stopped'],
	])('by their %s', (_fact, bad, good, words) => {
		expect(
			texts([
				['Failed', 3, bad],
				['Succeeded', 4, good],
				['Pending', 9, bad],
			]),
		).toEqual([`all 3 failed ${words}, none of the 4 that succeeded`]);
	});

	test('by what kind they are, and by being gone', () => {
		const name = 'rack-1';
		expect(
			texts([
				['Failed', 3, { kind: 'on-premises', instance: { name, tags: [] } }],
				['Succeeded', 4, {}],
			]),
		).toEqual(['all 3 failed are on-premises instances, none of the 4 that succeeded']);
		expect(
			texts([
				['Failed', 3, { kind: 'unknown' }],
				['Succeeded', 4, { state: 'running' }],
			]),
		).toEqual(['all 3 failed are unknown to AWS, none of the 4 that succeeded']);
	});

	test('by the version of the agent, where the checklist has found it out', () => {
		const runs = (number: number, version: string) =>
			[number, { version: { answer: { version, generation: 1 } } }] as const;
		const examined = [0, 1, 2, 3, 4, 5, 6].map(number => runs(number, number < 3 ? '1.0.1' : '1.8.1'));
		expect(
			texts(
				[
					['Failed', 3, {}],
					['Succeeded', 4, {}],
				],
				examined,
			),
		).toEqual(['all 3 failed have agent version 1.0.1, none of the 4 that succeeded']);
	});

	test('by nothing while nothing is known, or when there is only one', () => {
		const { rollout, failed } = rolloutOf([
			['Failed', 3, { zone: 'a' }],
			['Succeeded', 4, { zone: 'b' }],
		]);
		expect(selectDifferences({ ...rollout, hosts: { failures: 0 } }, failed)).toEqual([]);
		expect(selectDifferences(rollout, failed.slice(0, 1))).toEqual([]);
	});

	test('by nothing that the original fleet has and the replacement fleet has not', () => {
		expect(
			texts([
				['Failed', 3, { label: 'Green', imageId: 'ami-2' }],
				['Succeeded', 4, { label: 'Green', imageId: 'ami-2' }],
				['Succeeded', 9, { label: 'Blue', imageId: 'ami-1' }],
			]),
		).toEqual([]);
	});
});

describe('hosts that were replaced recently', () => {
	test('are told by when the newer ones began to be launched', () => {
		const launched = (agoMs: number) => ({ launchedAt: noon - agoMs });
		expect(
			texts([
				['Failed', 1, launched(90 * 60_000)],
				['Failed', 2, launched(70 * 60_000)],
				['Succeeded', 2, launched(40 * day)],
				['Succeeded', 2, launched(33 * day)],
			]),
		).toEqual([
			`all 3 failed were launched since ${formatMinute(noon - 90 * 60_000)}, none of the 4 that succeeded`,
		]);
	});

	test('are not told apart where the fleet is of one age, or the newer ones did well, too', () => {
		const ages = (from: number) => [0, 1, 2, 3].map(step => ({ launchedAt: noon - (from + step) * day }));
		const troops = (status: TargetStatus, from: number) =>
			ages(from).map((facts): Troop => [status, 1, facts]);
		expect(texts([...troops('Failed', 30), ...troops('Succeeded', 34)])).toEqual([]);
		expect(
			texts([
				...troops('Failed', 30),
				...troops('Succeeded', 34),
				['Succeeded', 4, { launchedAt: noon - hour }],
			]),
		).toEqual([]);
	});
});

test('the same question is answered once, until something is learned', () => {
	const { rollout, failed } = rolloutOf([
		['Failed', 3, { zone: 'a' }],
		['Succeeded', 4, { zone: 'b' }],
	]);
	const others = failed.slice(1);
	const first = selectDifferences(rollout, failed);
	selectDifferences(rollout, others);
	expect(selectDifferences(rollout, failed)).toBe(first);
	const learned = new Map(rollout.hosts.data);
	learned.delete(asTargetId('nobody'));
	expect(selectDifferences({ ...rollout, hosts: { data: learned, failures: 0 } }, failed)).not.toBe(first);
});
