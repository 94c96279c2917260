import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { differences, type Facts } from '../../src/diagnosis/differences.ts';
import { asTargetId, type TargetId } from '../../src/domain/ids.ts';
import { thoroughly } from '../support/text-arbitraries.ts';

type Fleet = readonly (readonly [count: number, facts: Facts])[];

/** Hosts by the dozen: `[4, {zone: '1a'}]` are four of them. */
function fleetOf(failed: Fleet, succeeded: Fleet) {
	const facts = new Map<TargetId, Facts>();
	const add = (fleet: Fleet) =>
		fleet.flatMap(([count, known]) =>
			Array.from({ length: count }, () => {
				const id = asTargetId(`i-${facts.size}`);
				facts.set(id, { ...known, ip: `10.0.0.${facts.size}` });
				return id;
			}),
		);
	return [facts, add(failed), add(succeeded)] as const;
}

const texts = (failed: Fleet, succeeded: Fleet): readonly string[] =>
	differences(...fleetOf(failed, succeeded)).map(({ text }) => text);

describe('what sets failed targets apart', () => {
	test('is a value that all of them have, and no other', () => {
		expect(
			texts(
				[[4, { zone: 'eu-west-1a' }]],
				[
					[10, { zone: 'eu-west-1b' }],
					[10, { zone: 'eu-west-1c' }],
				],
			),
		).toEqual(['all 4 failed are in eu-west-1a, none of the 20 that succeeded']);
	});
	test('is a value that nearly all of them have, and hardly any other', () => {
		expect(
			texts(
				[
					[9, { image: 'ami-2' }],
					[1, { image: 'ami-1' }],
				],
				[
					[1, { image: 'ami-2' }],
					[29, { image: 'ami-1' }],
				],
			),
		).toEqual(['9 of the 10 failed run image ami-2, 1 of the 30 that succeeded']);
	});
	test('is a value that all others have and they lack', () => {
		const agents: Fleet = [
			[1, { agent: '1.3.1' }],
			[1, { agent: '1.4.0' }],
			[1, { agent: '1.5.0' }],
		];
		expect(differences(...fleetOf(agents, [[20, { agent: '1.8.1' }]]))).toMatchObject([
			{
				fact: 'agent',
				value: '1.8.1',
				absent: true,
				text: 'none of the 3 failed have agent 1.8.1, all of the 20 that succeeded',
			},
		]);
	});
	test('the clearest first, one value of each fact', () => {
		expect(
			texts(
				[[3, { zone: '1a', type: 't3.micro' }]],
				[
					[6, { zone: '1b', type: 't3.large' }],
					[1, { zone: '1b', type: 't3.micro' }],
				],
			),
		).toEqual(['all 3 failed are in 1a, none of the 7 that succeeded']);
		expect(
			differences(
				...fleetOf(
					[[5, { zone: '1a', type: 'a' }]],
					[
						[20, { zone: '1b', type: 'b' }],
						[1, { zone: '1b', type: 'a' }],
					],
				),
			).map(({ fact }) => fact),
		).toEqual(['zone', 'type']);
	});
	test('counts only those of whom it is known', () => {
		const [facts, failed, succeeded] = fleetOf(
			[
				[4, { zone: '1a' }],
				[2, {}],
			],
			[
				[12, { zone: '1b' }],
				[3, {}],
			],
		);
		expect(differences(facts, failed, succeeded)[0]?.text).toBe(
			'all 4 failed are in 1a, none of the 12 that succeeded',
		);
		expect(differences(facts, [...failed, asTargetId('stranger')], succeeded)).toHaveLength(1);
	});
});

describe('nothing sets them apart', () => {
	test.each<readonly [string, Fleet, Fleet]>([
		['where one failed', [[1, { zone: '1a' }]], [[20, { zone: '1b' }]]],
		['where one succeeded', [[20, { zone: '1a' }]], [[1, { zone: '1b' }]]],
		['where nobody succeeded', [[9, { zone: '1a' }]], []],
		['where chance does as much', [[2, { zone: '1a' }]], [[2, { zone: '1b' }]]],
		['where the value is everywhere', [[5, { zone: '1a' }]], [[50, { zone: '1a' }]]],
		[
			'where it is half and half',
			[
				[5, { zone: '1a' }],
				[5, { zone: '1b' }],
			],
			[
				[20, { zone: '1a' }],
				[20, { zone: '1b' }],
			],
		],
		['where every value is its own', [[5, {}]], [[5, {}]]],
		['where nothing is known', [[3, { zone: '' }]], [[9, { zone: '' }]]],
	])('%s', (_, failed, succeeded) => {
		expect(texts(failed, succeeded)).toEqual([]);
	});

	test('in fleets drawn by lot, but for one in twenty', () => {
		const zones = ['1a', '1b', '1c'];
		let told = 0;
		const drawn = fc.record({
			failed: fc.array(fc.constantFrom(...zones), { minLength: 2, maxLength: 12 }),
			succeeded: fc.array(fc.constantFrom(...zones), { minLength: 2, maxLength: 40 }),
		});
		fc.assert(
			fc.property(drawn, ({ failed, succeeded }) => {
				const asFleet = (values: readonly string[]): Fleet => values.map(zone => [1, { zone }] as const);
				told += texts(asFleet(failed), asFleet(succeeded)).length > 0 ? 1 : 0;
			}),
			thoroughly,
		);
		expect(told / thoroughly.numRuns).toBeLessThan(0.05);
	});
});

test('names of facts that objects have by themselves are no facts', () => {
	const [facts, failed, succeeded] = fleetOf([[4, { constructor: 'x', zone: '1a' }]], [[12, { zone: '1a' }]]);
	expect(differences(facts, failed, succeeded)).toEqual([]);
});

test('a thousand hosts are compared at once', () => {
	const started = performance.now();
	const found = texts([[100, { zone: '1a' }]], [[900, { zone: '1b' }]]);
	expect(found).toEqual(['all 100 failed are in 1a, none of the 900 that succeeded']);
	expect(performance.now() - started).toBeLessThan(2000);
});
