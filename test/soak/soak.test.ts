import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { findGrowth, type Sample } from './sample.ts';

const root = path.join(import.meta.dirname, '../..');

/** As `npm run soak` runs it. */
function soak(...args: readonly string[]) {
	const node = ['--expose-gc', '--experimental-transform-types', '--disable-warning=ExperimentalWarning'];
	const { status, stdout } = spawnSync(process.execPath, [...node, 'test/soak/soak.ts', ...args], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return { status, lines: stdout.trimEnd().split('\n') };
}

describe('an hour of a followed group leaves nothing behind', () => {
	test.each(['releases', 'launches'])('%s', name => {
		const { status, lines } = soak('--hours', '1', '--only', name);
		expect(lines.slice(2).filter(line => !/^ *\d/.test(line))).toEqual(['✓ flat']);
		expect(lines[0]).toBe(name);
		expect(status).toBe(0);
	});
});

describe('growth', () => {
	const flat: Sample = {
		hour: 0,
		heapBytes: 20_000_000,
		sleeping: 2,
		storeListeners: 1,
		abortListeners: 32,
		sockets: 1,
		handles: 0,
		rollouts: 16,
	};
	const hours = Array.from({ length: 24 }, (_, hour) => ({ ...flat, hour }));

	test('is none where numbers go up and down, and while what is bounded fills up', () => {
		expect(findGrowth(hours.map(each => ({ ...each, sleeping: 2 + (each.hour % 3) })))).toEqual([]);
		expect(findGrowth(hours.map(each => ({ ...each, rollouts: Math.min(each.hour, 6) })))).toEqual([]);
	});

	test.each(['sleeping', 'storeListeners', 'abortListeners', 'sockets', 'handles', 'rollouts'] as const)(
		'is told of one more an hour: %s',
		name => {
			const growing = hours.map(each => ({ ...each, [name]: each[name] + each.hour }));
			expect(findGrowth(growing)).toEqual([expect.stringContaining(`${name} has grown`)]);
		},
	);

	test('of the heap counts from three parts in a hundred on', () => {
		const growing = (bytes: number) =>
			findGrowth(hours.map(each => ({ ...each, heapBytes: each.heapBytes + each.hour * bytes })));
		expect(growing(10_000)).toEqual([]);
		expect(growing(1_000_000)).toHaveLength(1);
	});

	test('cannot be told from nothing', () => {
		expect(() => findGrowth([])).toThrow('expected more samples');
	});
});

test('what cannot be meant is refused in a line', () => {
	expect(soak('--hours', 'many').status).toBe(2);
	expect(soak('--only', 'nothing').status).toBe(2);
});
