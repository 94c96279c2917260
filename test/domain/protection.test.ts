import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isNothing, isSameProtection, planProtection } from '../../src/domain/plan-protection.ts';
import { type Protection, type ProtectionWish, rollbackEvents } from '../../src/domain/protection.ts';
import { describeProtection, protectionDifference } from '../../src/domain/protection-difference.ts';
import { partWords, unitedWish, wishParts } from '../../src/domain/wish-parts.ts';

const alarms = (names: readonly string[], more: Partial<NonNullable<Protection['alarms']>> = {}) => ({
	alarms: { enabled: names.length > 0, ignorePollAlarmFailure: false, alarms: names, ...more },
});
const rollback = (enabled: boolean, ...events: readonly string[]) => ({ autoRollback: { enabled, events } });
const [failure, onAlarm, request] = rollbackEvents;

describe('what is sent', () => {
	test.each<readonly [string, Protection, ProtectionWish, Protection]>([
		['rollback where there is none', {}, { autoRollback: [failure] }, rollback(true, failure)],
		[
			'another event beside those it has, one that is not known too',
			rollback(true, request, 'DEPLOYMENT_STOP_ON_METEOR'),
			{ autoRollback: [failure] },
			rollback(true, request, 'DEPLOYMENT_STOP_ON_METEOR', failure),
		],
		['nothing, where it has the event', rollback(true, failure), { autoRollback: [failure] }, {}],
		[
			'rollback off; its events stay',
			rollback(true, failure),
			{ autoRollback: 'off' },
			rollback(false, failure),
		],
		['nothing, where it is off', rollback(false), { autoRollback: 'off' }, {}],
		['nothing, where there is no block', {}, { autoRollback: 'off' }, {}],
		['rollback on again', rollback(false, failure), { autoRollback: [failure] }, rollback(true, failure)],
		['the first alarm, which switches them on', {}, { attach: ['a'] }, alarms(['a'])],
		[
			'one more, with all the others',
			alarms(['a', 'b'], { ignorePollAlarmFailure: true }),
			{ attach: ['c'] },
			alarms(['a', 'b', 'c'], { ignorePollAlarmFailure: true }),
		],
		['nothing, where it is attached', alarms(['a']), { attach: ['a'] }, {}],
		[
			'an alarm that is attached, where they are off',
			alarms(['a'], { enabled: false }),
			{ attach: ['a'] },
			alarms(['a']),
		],
		['one less', alarms(['a', 'b']), { detach: ['a'] }, alarms(['b'])],
		['the last one, which switches them off', alarms(['a']), { detach: ['a'] }, alarms([])],
		[
			'one less, and still off',
			alarms(['a', 'b'], { enabled: false }),
			{ detach: ['a'] },
			alarms(['b'], { enabled: false }),
		],
		['nothing, where it is not attached', alarms(['a']), { detach: ['z'] }, {}],
		[
			'only what is to happen when they cannot be read',
			alarms(['a'], { enabled: false }),
			{ ignorePollAlarmFailure: true },
			alarms(['a'], { enabled: false, ignorePollAlarmFailure: true }),
		],
		['nothing, where it stops then', {}, { ignorePollAlarmFailure: false }, {}],
		['nothing, where nothing is wished for', rollback(true, failure), { autoRollback: [] }, {}],
	])('%s', (_, group, wish, expected) => {
		expect(planProtection(group, wish)).toEqual(expected);
	});
});

const names = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 4 });
const anyGroup: fc.Arbitrary<Protection> = fc.record(
	{
		alarms: fc
			.record({ enabled: fc.boolean(), ignorePollAlarmFailure: fc.boolean(), alarms: names })
			// AWS: no other kind can exist.
			.map(each => ({ ...each, enabled: each.enabled && each.alarms.length > 0 })),
		autoRollback: fc
			.record({ enabled: fc.boolean(), events: fc.uniqueArray(fc.constantFrom(...rollbackEvents, 'OTHER')) })
			.map(each => ({ ...each, enabled: each.enabled && each.events.length > 0 })),
	},
	{ requiredKeys: [] },
);
const anyWish: fc.Arbitrary<ProtectionWish> = fc.record(
	{
		autoRollback: fc.oneof(fc.uniqueArray(fc.constantFrom(...rollbackEvents)), fc.constant('off' as const)),
		attach: names,
		detach: names,
		ignorePollAlarmFailure: fc.boolean(),
	},
	{ requiredKeys: [] },
);

describe('for any group and any wish', () => {
	test('the rollback events that were not named stay, and AWS would take them', () => {
		fc.assert(
			fc.property(anyGroup, anyWish, (group, wish) => {
				const { autoRollback } = planProtection(group, wish);
				if (wish.autoRollback === undefined) expect(autoRollback).toBeUndefined();
				if (!autoRollback) return;
				const before = group.autoRollback?.events ?? [];
				expect(autoRollback.events).toEqual(expect.arrayContaining([...before]));
				expect(autoRollback.enabled && autoRollback.events.length === 0).toBe(false);
			}),
		);
	});

	test('the alarms that were not named stay, and AWS would take them', () => {
		fc.assert(
			fc.property(anyGroup, anyWish, (group, wish) => {
				const { alarms: sent } = planProtection(group, wish);
				const isAbout = wish.attach ?? wish.detach ?? wish.ignorePollAlarmFailure;
				if (isAbout === undefined) expect(sent).toBeUndefined();
				if (!sent) return;
				const { alarms: had = [], ignorePollAlarmFailure = false } = group.alarms ?? {};
				expect(sent.alarms).toEqual(expect.arrayContaining(had.filter(name => !wish.detach?.includes(name))));
				expect(new Set(sent.alarms).size).toBe(sent.alarms.length);
				expect(sent.ignorePollAlarmFailure).toBe(wish.ignorePollAlarmFailure ?? ignorePollAlarmFailure);
				expect(sent.enabled && sent.alarms.length === 0).toBe(false);
			}),
		);
	});

	test('the second time it changes nothing', () => {
		fc.assert(
			fc.property(anyGroup, anyWish, (group, wish) => {
				const after = { ...group, ...planProtection(group, wish) };
				expect(planProtection(after, wish)).toEqual({});
			}),
		);
	});

	test('a difference is told exactly where there is one', () => {
		fc.assert(
			fc.property(anyGroup, anyGroup, (before, after) => {
				const told = protectionDifference(before, after);
				expect(told.length === 0).toBe(isSameProtection(before, after));
			}),
		);
	});

	test('its parts together are the wish', () => {
		fc.assert(
			fc.property(anyGroup, anyWish, (group, wish) => {
				const united = unitedWish(wishParts(wish));
				expect(
					isSameProtection(
						{ ...group, ...planProtection(group, united) },
						{
							...group,
							...planProtection(group, wish),
						},
					),
				).toBe(true);
			}),
		);
	});
});

test('the difference, for people', () => {
	const before = { ...rollback(false), ...alarms(['deleted-one'], { ignorePollAlarmFailure: true }) };
	const after = { ...rollback(true, onAlarm, 'OTHER', failure), ...alarms(['checkout-5xx']) };
	expect(protectionDifference(before, after).map(({ what, change }) => `${what}: ${change}`)).toEqual([
		'automatic rollback: off → on: failure, alarm, OTHER',
		'alarms: + checkout-5xx',
		'alarms: - deleted-one',
		'when alarms cannot be read: deployments go on → deployments stop',
	]);
	expect(describeProtection(after)).toBe('automatic rollback on: failure, alarm, OTHER; alarms checkout-5xx');
	expect(describeProtection(before)).toBe(
		'automatic rollback off; alarms deleted-one, deployments go on when they cannot be read',
	);
	expect(isNothing({})).toBe(true);
});

test('parts, as what can be chosen', () => {
	const wish: ProtectionWish = {
		autoRollback: [failure, onAlarm],
		attach: ['a'],
		detach: ['b'],
		ignorePollAlarmFailure: false,
	};
	expect(wishParts(wish).map(partWords)).toEqual([
		'roll back by itself on failure',
		'roll back by itself on alarm',
		'watch alarm a',
		'drop alarm b',
		'stop when the alarms cannot be read',
	]);
	expect(wishParts({ autoRollback: 'off', ignorePollAlarmFailure: true }).map(partWords)).toEqual([
		'roll back by itself on nothing',
		'go on when the alarms cannot be read',
	]);
});
