import { describe, expect, test } from 'vitest';
import type { DeploymentSnapshot } from '../../src/domain/deployment.ts';
import { isTelling, learnHistory, type RunEvidence, runsKept } from '../../src/domain/history.ts';
import { asDeploymentId, asTargetId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { deployment, event, target } from './builders.ts';

const at = Date.UTC(2026, 10, 20, 9);
const day = 86_400_000;

/** A host that took so many seconds for each of its events, with half a second between them. */
function host(id: string, ...seconds: readonly number[]): TargetSnapshot {
	let startedAt = at;
	const events = seconds.map((took, index) => {
		const done = event(`Event${index}`, 'Succeeded', { startedAt, endedAt: startedAt + took * 1000 });
		startedAt += took * 1000 + 500;
		return done;
	});
	return target(id, 'Succeeded', events);
}

const run = (
	name: string,
	daysAgo: number,
	seconds: number,
	targets: readonly TargetSnapshot[] = [],
	more: Partial<DeploymentSnapshot> = {},
): RunEvidence => {
	const startedAt = at - daysAgo * day;
	return {
		deployment: deployment({
			id: asDeploymentId(name),
			status: 'Succeeded',
			startedAt,
			completedAt: startedAt + seconds * 1000,
			overview: { ...emptyTally, succeeded: 10 },
			...more,
		}),
		targets,
	};
};

test('is what the last runs took, the newest first', () => {
	const history = learnHistory([
		run('d-OLDER0000', 3, 100),
		run('d-NEWER0000', 1, 90),
		run('d-OLDEST000', 9, 400),
	]);
	expect(
		history.runs.map(({ deploymentId, durationMs, targets }) => [deploymentId, durationMs, targets]),
	).toEqual([
		['d-NEWER0000', 90_000, 10],
		['d-OLDER0000', 100_000, 10],
		['d-OLDEST000', 400_000, 10],
	]);
	expect(history.durationMs).toBe(100_000);
});

test('of more runs than are needed the newest count', () => {
	const many = Array.from({ length: 9 }, (_, index) => run(`d-RUN00000${index}`, index, 60 + index));
	expect(learnHistory(many).runs.map(each => each.deploymentId)).toEqual(
		many.slice(0, runsKept).map(each => each.deployment.id),
	);
});

test('has the median of each event over targets and runs, which one host that hung does not change', () => {
	const history = learnHistory([
		run('d-RUN000001', 1, 90, [host('a', 2, 5), host('b', 3, 6), host('c', 2, 3600)]),
		run('d-RUN000002', 2, 90, [host('a', 4, 7)]),
	]);
	expect([...history.events]).toEqual([
		['Event0', { medianMs: 2500, count: 4 }],
		['Event1', { medianMs: 6500, count: 4 }],
	]);
	expect(history.pauseMs).toBe(500);
	expect(history.runs[1]?.eventsMs).toEqual(
		new Map([
			['Event0', 4000],
			['Event1', 7000],
		]),
	);
});

test('knows of each host what it took itself', () => {
	const history = learnHistory([
		run('d-RUN000001', 1, 90, [host('a', 2), host('b', 3)]),
		run('d-RUN000002', 2, 90, [host('a', 4)]),
	]);
	expect(history.perTarget.get(asTargetId('a'))).toEqual(new Map([['Event0', 3000]]));
	expect(history.perTarget.get(asTargetId('b'))).toEqual(new Map([['Event0', 3000]]));
});

describe('leaves out', () => {
	test.each([
		['what failed', { status: 'Failed' }],
		['what was stopped', { status: 'Stopped' }],
		['rollbacks, by who made them', { creator: 'codeDeployRollback' }],
		['rollbacks, by what they undo', { rollback: { triggeringDeploymentId: asDeploymentId('d-FAILED000') } }],
		['launches by Auto Scaling', { creator: 'autoscaling' }],
		['their terminations', { creator: 'autoscalingTermination' }],
		['updates of hosts launched meanwhile', { creator: 'CodeDeployAutoUpdate' }],
	] satisfies readonly (readonly [string, Partial<DeploymentSnapshot>])[])('%s', (_, more) => {
		const { deployment: left } = run('d-LEFT00000', 1, 1, [], more);
		expect(isTelling(left)).toBe(false);
		expect(learnHistory([{ deployment: left, targets: [host('a', 1)] }])).toEqual({
			runs: [],
			events: new Map(),
			perTarget: new Map(),
		});
	});

	test('what did not succeed on single hosts, and skipped events', () => {
		const failed = target('a', 'Failed', [
			event('Event0', 'Failed', { startedAt: at, endedAt: at + 100 }),
			event('Event1', 'Skipped', { endedAt: at + 100 }),
		]);
		expect(learnHistory([run('d-RUN000001', 1, 90, [failed])]).events.size).toBe(0);
	});
});

test('clocks of AWS that disagree make no run shorter than nothing', () => {
	const { runs } = learnHistory([run('d-RUN000001', 1, -5)]);
	expect(runs[0]).toMatchObject({ durationMs: 0, startedAt: at - day, endedAt: at - day });
});

test('a run whose end is not known is none', () => {
	const { deployment: open, targets } = run('d-RUN000001', 1, 9);
	const { completedAt: _, ...rest } = open;
	expect(learnHistory([{ deployment: rest, targets }]).runs).toEqual([]);
});
