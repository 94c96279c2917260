import { describe, expect, test } from 'vitest';
import type { Eta } from '../../src/domain/eta.ts';
import { learnHistory } from '../../src/domain/history.ts';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { emptyTally } from '../../src/domain/tally.ts';
import type { AppEvent } from '../../src/monitor/events.ts';
import { reduce } from '../../src/monitor/reduce.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { etaCell, etaWords } from '../../src/view/eta.ts';
import { host, hostId, noon } from './support/cast.ts';
import { deployment, fleet, numbered, revision, running, tell, watchedId } from './support/stories.ts';
import { inSize, sitDown } from './support/user.ts';

const second = 1000;
const minute = 60 * second;

const eta = (leftMs: number, until: Eta['until'] = 'end'): Eta => ({
	endsAt: noon + leftMs,
	leftMs: Math.max(0, leftMs),
	overMs: Math.max(0, -leftMs),
	until,
});

describe('what is left', () => {
	test.each([
		[63 * minute, '≈ 1h05m left', '≈ 1h05m'],
		[11.2 * minute, '≈ 12m left', '≈ 12m'],
		[130 * second, '≈ 2m30s left', '≈ 2m30s'],
		[2 * minute, '≈ 2m left', '≈ 2m'],
		[61 * second, '≈ 1m10s left', '≈ 1m10s'],
		[12 * second, '≈ 15s left', '≈ 15s'],
		[2 * second, 'any moment', '≈ 0s'],
		[-15 * second, 'any moment', '≈ 0s'],
		[-25 * second, '≈ 25s over', '+25s'],
		[-75 * second, '≈ 1m10s over', '+1m10s'],
	])('of %d ms is said as “%s”', (ms, words, cell) => {
		expect(etaWords(eta(ms))).toBe(words);
		expect(etaCell(eta(ms))).toBe(cell);
	});

	test('up to where somebody is waited for says so', () => {
		expect(etaWords(eta(2 * minute, 'ready'))).toBe('≈ 2m to Ready');
	});

	test('gets less in steps while time passes, and never more', () => {
		let before = Infinity;
		const said = new Set<string>();
		for (let ms = 3 * 60 * minute; ms >= 0; ms -= second) {
			const words = etaWords(eta(ms));
			const [, hours = 0, minutes = 0, seconds = 0] = /(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?= left)/
				.exec(words)
				?.map(Number)
				.map(part => part || 0) ?? [0];
			const shown = (hours * 60 + minutes) * 60 + seconds;
			expect(shown).toBeLessThanOrEqual(before);
			before = shown;
			said.add(words);
		}
		expect(said.size).toBeLessThan(80);
	});
});

/** A fleet of which one hangs in a hook, and of one an agent does not answer. */
const hanging = (): AppState =>
	tell({
		targets: [
			...numbered(20, 24, number => host(number, 'Succeeded')),
			host(1, 'InProgress', { at: 'AllowTraffic', from: 50 }),
			host(2, 'InProgress', { at: 'ApplicationStart', from: 30 }),
			{ ...host(3, 'InProgress', { at: 'BeforeBlockTraffic', status: 'Pending' }), updatedAt: noon },
			host(4, 'Pending'),
		].map(each =>
			each.id === hostId(3)
				? { ...each, events: each.events.map(({ name }) => ({ name, status: 'Pending' as const })) }
				: each,
		),
	});

describe('hosts that hang', () => {
	test('come first of what runs, and say how they hang and what will become of them', () => {
		const user = sitDown(inSize(hanging(), 160, 36));
		expect(user.row(hostId(2))).toMatch(/ApplicationStart +InProgress +0:38 +4\.1× slower than its peers$/);
		expect(user.row(hostId(3))).toMatch(/InProgress +fails in ≈ 3m30s if nobody picks it up$/);
		const order = user.rows.flatMap(row => /^ ▸ (i-\w+)/.exec(row)?.[1] ?? []);
		expect(order).toEqual([hostId(2), hostId(3), hostId(1)]);
	});

	test.each([
		[100, /4\.1× slower$/, /fails in ≈ 3m30s$/],
		[80, /4\.1× slow(er)?$/, /fails( in ≈)? 3m?:?30s?$/],
	])('in %d columns say so in few words', (columns, slow, silent) => {
		const user = sitDown(inSize(hanging(), columns, 30));
		expect(user.row(/ApplicationStart +/)).toMatch(slow);
		expect(user.row(/^ ▸.*fails/)).toMatch(silent);
	});

	test('that wait for their first event say so even where there is no room for a note', () => {
		const user = sitDown(inSize(hanging(), 60, 20));
		expect(user.row(/fails 3:30/)).toMatch(/^ ▸ /);
	});

	test.each([
		['is:slow', [2, 3]],
		['slow', [2, 3]],
		['is:unclaimed', [3]],
		['!slow status:inprogress', [1]],
	])('are found with “%s”', (filter, numbers) => {
		const user = sitDown(inSize(hanging(), 120, 36));
		user.press('/');
		user.type(filter);
		user.press('enter');
		const listed = user.rows.flatMap(row => /^ ▸ (i-\w+)/.exec(row)?.[1] ?? []);
		expect(listed).toEqual(numbers.map(hostId));
	});

	test('are told no deadline once the deployment is over', () => {
		const over = reduce(hanging(), {
			type: 'deployment.received',
			id: watchedId,
			deployment: deployment({ status: 'Stopped' }),
			at: noon,
		});
		const user = sitDown(inSize(over, 160, 36));
		expect(user.rows.join('')).not.toMatch(/fails in|picks it up/);
		user.press('enter');
		expect(user.rows.join('')).not.toContain('fails in');
	});

	test('say on their own screen what is usual, and what comes', () => {
		const user = sitDown(inSize(hanging(), 120, 36));
		user.press('enter');
		expect(user.row('▲ 4.1×')).toContain('4.1× slower than its peers  ApplicationStart takes 0:09 there');
		expect(user.row('fails in')).toContain('fails in 59m if it has not ended  ApplicationStart');
		user.press('esc', 'j', 'enter');
		expect(user.row('▲ fails in')).toContain('fails in ≈ 3m30s if nobody picks it up  BeforeBlockTraffic');
	});
});

const past = (id: string, seconds: number) => ({
	deployment: deployment({
		id: asDeploymentId(id),
		status: 'Succeeded',
		startedAt: noon - 26 * 60 * minute,
		completedAt: noon - 26 * 60 * minute + seconds * second,
		revision: revision(4699),
		overview: { ...emptyTally, succeeded: 24 },
	}),
	targets: numbered(1, 20, number => host(number, 'Succeeded')),
});

const learned: AppEvent = {
	type: 'history.received',
	id: watchedId,
	history: learnHistory([past('d-PAST00001', 100), past('d-PAST00002', 120)]),
	at: noon + 90 * second,
};

describe('earlier deployments', () => {
	test('give an estimate before anything of this one has ended', () => {
		const young = fleet.filter(({ status }) => status === 'Pending');
		const waiting = tell({ targets: young, now: 3 });
		expect(sitDown(inSize(waiting, 120, 36)).row('▸ InProgress')).not.toContain('≈');
		const told = tell({ targets: young, now: 3, also: [learned] });
		expect(sitDown(inSize(told, 120, 36)).row('▸ InProgress')).toMatch(/3s {2}≈ 1m50s left$/);
	});

	test('stand beside the events of a target', () => {
		const user = sitDown(inSize(running({ also: [learned] }), 120, 36));
		user.press('n', 'enter');
		expect(user.row('EVENT')).toMatch(/STATUS +STARTED +TOOK +PEERS +LAST$/);
		expect(user.row('AfterInstall')).toMatch(/Failed +\S+ +0:01 +0:02 +0:02$/);
		user.resize(60, 20);
		expect(user.row('EVENT')).toMatch(/PEERS$/);
	});

	test('stand in the details, with what they took', () => {
		const user = sitDown(inSize(running({ also: [learned] }), 120, 60));
		user.press('i');
		expect(user.row('last that succeeded')).toMatch(
			/1m40s +2026-11-22 \d\d:\d\d {2}d-PAST00001 {2}build-4699$/,
		);
		expect(user.row('median')).toContain('1m50s');
	});

	test('that may not be listed are told of there, and nowhere else', () => {
		const denied: AppEvent = {
			type: 'part.failed',
			id: watchedId,
			part: 'history',
			failure: {
				kind: 'denied',
				operation: 'ListDeployments',
				code: 'AccessDeniedException',
				detail: '',
				action: 'codedeploy:ListDeployments',
			},
			at: noon + 90 * second,
		};
		const user = sitDown(inSize(running({ also: [denied] }), 120, 60));
		expect(user.screen).not.toContain('ListDeployments');
		user.press('i');
		expect(user.row('earlier deployments')).toContain('not allowed: codedeploy:ListDeployments');
	});

	test('that do not exist are none', () => {
		const none: AppEvent = { ...learned, history: learnHistory([]) };
		const user = sitDown(inSize(running({ also: [none] }), 120, 60));
		user.press('i');
		expect(user.row('last that succeeded')).toMatch(/none$/);
	});
});
