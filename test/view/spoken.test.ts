import { describe, expect, test } from 'vitest';
import type { AppEvent } from '../../src/monitor/events.ts';
import { reduce } from '../../src/monitor/reduce.ts';
import type { AppState } from '../../src/monitor/state.ts';
import { newLines } from '../../src/view/linear/plain-lines.ts';
import { selectSpoken } from '../../src/view/linear/spoken.ts';
import { host } from './support/cast.ts';
import { deployment, fleet, numbered, running, tell, watchedId } from './support/stories.ts';
import { ready } from './support/traffic-stories.ts';
import { inSize, sitDown } from './support/user.ts';

const unprotected = { session: { protectedPatterns: [] } };

/** Somebody who listens: what they are told for each key. */
function listen(initial: AppState) {
	const user = sitDown(inSize(initial, 120, 44));
	const hear = (act: () => void) => {
		const before = user.state;
		act();
		return selectSpoken(before, user.state);
	};
	return {
		press: (...keys: readonly string[]) => hear(() => user.press(...keys)),
		type: (text: string) => hear(() => user.type(text)),
		hear: (...events: readonly AppEvent[]) => hear(() => user.hear(...events)),
		effects: user.effects,
	};
}

test('at first all that is known is said, and the keys', () => {
	const { lines } = selectSpoken(undefined, running());
	expect(lines[0]).toMatch(/^▸ d-9FG52BI40 {2}checkout-api \/ prod-blue {2}InProgress for 1m30s$/);
	expect(lines).toContain('  10/24 succeeded · 5 failed · 3 running · 6 pending');
	expect(lines.at(-1)).toMatch(/^Keys: \? reads all of them/);
});

test('then what changes, and nothing while nothing does', () => {
	const before = tell({ targets: numbered(1, 3, number => host(number, 'InProgress', { at: 'Install' })) });
	expect(selectSpoken(before, reduce(before, { type: 'clock.ticked', now: before.now + 1000 }))).toEqual({
		lines: [],
	});
	const failed: AppEvent = {
		type: 'targets.received',
		id: watchedId,
		targets: [host(1, 'Failed', { at: 'Install', status: 'Failed' })],
		at: before.now,
	};
	// A failure without a word may be the doing of a stop: the deployment is read first.
	const unsure = reduce(before, failed);
	expect(selectSpoken(before, unsure).lines).toEqual([]);
	const read: AppEvent = {
		type: 'deployment.received',
		id: watchedId,
		deployment: deployment({ overview: { ...tellTally } }),
		at: before.now,
	};
	expect(selectSpoken(unsure, reduce(unsure, read)).lines).toContainEqual(
		expect.stringMatching(/^[\d:]{8} {2}✗ i-\w+ Install$/),
	);
	const over = deployment({ status: 'Succeeded', overview: { ...tellTally, succeeded: 3 } });
	const ended = reduce(before, {
		type: 'deployment.received',
		id: watchedId,
		deployment: over,
		at: before.now,
	});
	expect(selectSpoken(before, ended).lines).toEqual([
		expect.stringMatching(/✓ d-9FG52BI40 Succeeded {2}3\/3 succeeded$/),
	]);
});

const tellTally = { pending: 0, inProgress: 0, succeeded: 0, failed: 0, skipped: 0, ready: 0 };

describe('keys', () => {
	test('read out the screen that they open, without its drawings, and say the way back', () => {
		const user = listen(running());
		const { lines } = user.press('d');
		expect(lines[0]).toMatch(/^Diagnosis {2}d-9FG52BI40/);
		expect(lines.join('\n')).toContain('Windows line endings in the script');
		expect(lines.join('\n')).not.toMatch(/[█▓░━─╌▁]/);
		expect(user.press('esc').lines).toEqual(['back to the deployment d-9FG52BI40']);
		expect(user.press('a').lines[1]).toMatch(/^▲ ALARM checkout-5xx: Threshold Crossed/);
	});

	test('page on: what comes into sight is read', () => {
		const user = listen(running());
		const first = user.press('?').lines;
		const next = user.press('space').lines;
		expect(first.length).toBeGreaterThan(20);
		expect(next.length).toBeGreaterThan(20);
		expect(next[0]).not.toBe(first[1]);
		expect(user.press('j').lines).toHaveLength(1);
	});

	test('say which target they are on, and how many are left', () => {
		const user = listen(running());
		expect(user.press('j').lines).toEqual([expect.stringMatching(/^✗ i-\w+ +ValidateService +Failed/)]);
		expect(user.press('f').lines[0]).toBe('5 of 24 targets, failed, by state');
		expect(user.press('/')).toEqual({ lines: [], typing: { label: 'filter: ', text: '' } });
		expect(user.type('install')).toEqual({ lines: [], typing: { label: 'filter: ', text: 'install' } });
		expect(user.press('enter').lines[0]).toMatch(/^\d of 24 targets, failed, by state$/);
	});

	test('that go elsewhere say where', () => {
		const user = listen(tell({ targets: fleet }));
		user.press(':');
		expect(user.press('x', 'enter')).toEqual({
			lines: [expect.stringContaining('no deployment id in it')],
			typing: { label: 'go to: ', text: 'x' },
		});
		user.press('ctrl-u');
		user.type('d-VJ4GEQJRT');
		expect(user.press('enter').lines).toEqual(['watching d-VJ4GEQJRT']);
	});
});

describe('a question', () => {
	test('names its impact and the keys that answer it', () => {
		const user = listen(running(unprotected));
		const { lines } = user.press('b');
		expect(lines[1]).toMatch(/^Stop and roll back {2}d-9FG52BI40$/);
		expect(lines.join('\n')).toContain('checkout-5xx is in ALARM now.');
		expect(lines.at(-1)).toBe('y: Stop and roll back. Enter: cancel. Tab: Stop, without rolling back.');
		expect(user.press('tab').lines.at(-1)).toMatch(/^y: Stop, without rolling back\./);
		expect(user.press('enter').lines).toEqual(['cancelled']);
		user.press('s');
		expect(user.press('y').lines).toEqual(['sending; the deployment is read again first']);
		expect(user.effects).toMatchObject([{ type: 'perform' }]);
	});

	test('wants the name of what is protected typed', () => {
		const user = listen(running());
		const asked = user.press('s');
		expect(asked.lines.at(-1)).toBe(
			'Type prod-blue and press Enter: Stop, without rolling back. Esc: cancel. Tab: Stop and roll back.',
		);
		expect(asked.typing).toEqual({ label: 'prod-blue? ', text: '' });
		expect(user.type('prod').typing).toEqual({ label: 'prod-blue? ', text: 'prod' });
	});

	test('of a blue/green deployment too', () => {
		expect(listen(ready()).press('c').lines.at(-1)).toMatch(/press Enter: |^y: /);
	});
});

test('what only counts on is no news', () => {
	const before = ['stop accepted 3 s ago', 'took 1m30s', '0:59  Install', 'attempt 1'];
	const after = ['stop accepted 2 min ago', 'took 1h02m', '1:00  Install', 'attempt 1', 'attempt 2'];
	expect(newLines(before, after)).toEqual(['attempt 2']);
	expect(newLines(['a', 'a'], ['a', 'a', 'a'])).toEqual(['a']);
});
