import { describe, expect, test } from 'vitest';
import { emptyTally } from '../../src/domain/tally.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import { reduce } from '../../src/monitor/reduce.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { selectAnnouncements } from '../../src/view/announce.ts';
import { selectOutside } from '../../src/view/outside.ts';
import { host, noon } from './support/cast.ts';
import {
	deployment,
	fleet,
	numbered,
	rollbackId,
	rolledBack,
	running,
	type Telling,
	tell,
	watchedId,
} from './support/stories.ts';
import { ecs, ready } from './support/traffic-stories.ts';

const healthy = fleet.filter(({ status }) => status !== 'Failed');

describe('the title and the progress', () => {
	const rollingBack = () =>
		rolledBack({}, { status: 'InProgress', overview: { ...emptyTally, succeeded: 6, pending: 18 } });
	test.each<readonly [string, AppState, string, object]>([
		[
			'nothing is known',
			tell({ deployment: {} }),
			'▸ InProgress checkout-api',
			{ state: 'normal', percent: 0 },
		],
		['it goes well', tell({ targets: healthy }), '▸ 10/19 checkout-api', { state: 'normal', percent: 52 }],
		[
			'targets have failed',
			tell({ targets: fleet }),
			'✗5 10/24 checkout-api',
			{ state: 'error', percent: 62 },
		],
		['an alarm fires as well', running(), '✗5 ▲1 10/24 checkout-api', { state: 'error', percent: 62 }],
		['traffic moves', ecs(), '▸ 10 % payments', { state: 'normal', percent: 10 }],
		['it waits', ready(), '◆ Ready storefront', { state: 'paused' }],
		[
			'it is over',
			tell({ deployment: { status: 'Succeeded' }, targets: healthy }),
			'✓ checkout-api',
			{ state: 'none' },
		],
		['it is taken back', rollingBack(), '✗ ↩ 6/24 checkout-api', { state: 'error', percent: 25 }],
		['it has been taken back', rolledBack(), '✗ ↩✓ checkout-api', { state: 'none' }],
		[
			'AWS does not answer',
			later(tell({ targets: healthy }), 60),
			'? 10/19 checkout-api',
			{ state: 'normal' },
		],
	])('when %s', (_name, state, title, progress) => {
		expect(selectOutside(state).title).toBe(title);
		expect(selectOutside(state).progress).toMatchObject(progress);
	});

	test('are cut where a name is longer than any tab', () => {
		const application = 'checkout-api-'.repeat(7);
		const { title } = selectOutside(tell({ targets: healthy, deployment: { application } }));
		expect(title).toHaveLength(60);
		expect(title).toMatch(/^▸ 10\/19 checkout-api-.*…$/);
	});
});

describe('a bell', () => {
	const watched = tell({ targets: healthy });
	const answer = (more: Telling['deployment']): AppEvent => ({
		type: 'deployment.received',
		id: watchedId,
		at: noon + 91_000,
		deployment: deployment({ overview: { ...emptyTally, succeeded: 19 }, ...more }),
	});
	const newsOf = (before: AppState | undefined, after: AppState) =>
		selectAnnouncements(before, after).map(({ kind, text }) => `${kind}: ${text}`);
	const newsAfter = (...events: readonly AppEvent[]) => newsOf(watched, events.reduce(reduce, watched));

	test.each<readonly [string, Telling['deployment'], readonly string[]]>([
		['nothing, nothing', {}, []],
		[
			'the first failure',
			{ overview: { ...emptyTally, failed: 2 } },
			['failure: ✗ checkout-api / prod-blue: 2 failed'],
		],
		[
			'Ready',
			{ status: 'Ready' },
			['ready: ◆ checkout-api / prod-blue is Ready: waiting for you to reroute traffic'],
		],
		[
			'the end',
			{ status: 'Succeeded', completedAt: noon + 91_000 },
			['end: ✓ checkout-api / prod-blue Succeeded after 1m31s: 19/19 succeeded'],
		],
		[
			'a stop, but not what it cuts short',
			{ status: 'Stopped', completedAt: noon + 91_000, overview: { ...emptyTally, failed: 3 } },
			['end: ■ checkout-api / prod-blue Stopped after 1m31s: 0/3 succeeded · 3 failed'],
		],
	])('rings for %s', (_name, more, news) => {
		expect(newsAfter(answer(more))).toEqual(news);
	});

	test('names the largest group of equal failures', () => {
		expect(newsOf(watched, running())).toEqual([
			'failure: ✗ checkout-api / prod-blue: 5 failed: AfterInstall scripts/after_install.sh exit 127',
		]);
	});

	test('does not ring for more of the same, or for what was so when it was first seen', () => {
		expect(newsOf(running(), tell({ targets: [...fleet, host(25, 'Failed')] }))).toEqual([]);
		expect(newsOf(undefined, running())).toEqual([]);
		expect(newsOf(undefined, tell({ deployment: { status: 'Failed' }, targets: fleet }))).toEqual([]);
	});

	test('rings for all of a rollback, which begins while somebody watches, and for nothing of an older one', () => {
		const first = (createdAt: number): AppEvent => ({
			type: 'deployment.received',
			id: rollbackId,
			at: noon + 95_000,
			deployment: deployment({
				id: rollbackId,
				createdAt,
				status: 'Succeeded',
				completedAt: createdAt + 5_000,
				rollback: { triggeringDeploymentId: watchedId },
			}),
		});
		expect(newsAfter(first(noon + 93_000))).toEqual([
			'end: ✓ checkout-api / prod-blue (rollback) Succeeded after 1m38s',
		]);
		expect(newsAfter(first(noon - 60_000))).toEqual([]);
	});

	test('has one key for each kind and deployment', () => {
		const ended = [answer({ status: 'Failed', overview: { ...emptyTally, failed: 9 } })].reduce(
			reduce,
			watched,
		);
		expect(selectAnnouncements(watched, ended).map(({ key }) => key)).toEqual([
			`${watchedId} failure`,
			`${watchedId} end`,
		]);
	});
});

describe('a stall', () => {
	const stuck = numbered(1, 3, number => host(number, 'InProgress', { at: 'ApplicationStart' }));
	const stalled = (seconds: number, more: Telling = {}) => tell({ targets: stuck, now: seconds, ...more });
	const newsAt = (before: number, after: number, more: Telling = {}) =>
		selectAnnouncements(stalled(before, more), stalled(after, more)).map(({ text }) => text);

	test('rings when nothing has begun or ended for ten minutes', () => {
		expect(newsAt(600, 622)).toEqual(['▲ checkout-api / prod-blue: nothing has moved for 10m00s']);
		expect(newsAt(500, 621)).toEqual([]);
		expect(newsAt(622, 1200)).toEqual([]);
	});

	test('is none for who comes to one that stands still already', () => {
		expect(newsAt(100, 700, { session: { startedAt: noon + 650_000 } })).toEqual([]);
	});

	test('is judged on what has been read lately: time that passes without an answer is none', () => {
		expect(selectAnnouncements(stalled(100), later(stalled(100), 3_600))).toEqual([]);
	});
});

/** Time passes, and nobody answers. */
function later(state: AppState, seconds: number): AppState {
	return reduce(state, { type: 'clock.ticked', now: state.now + seconds * 1000 });
}
