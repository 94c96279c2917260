import { describe, expect, test } from 'vitest';
import type { PreflightCheck } from '../../../src/diagnosis/preflight/check.ts';
import { protectCommand } from '../../../src/diagnosis/preflight/protect-command.ts';
import type { ProtectionWish } from '../../../src/domain/protection.ts';
import { preflightDigest } from '../../../src/view/preflight/preflight-text.ts';
import { conclusionWords, countsText } from '../../../src/view/preflight/shown.ts';
import { unitedWish, wishWords } from '../../../src/view/preflight/wish.ts';

const check = (told: Partial<PreflightCheck> = {}): PreflightCheck => ({
	id: 'alarms',
	title: 'Alarms',
	verdict: 'problem',
	severity: 'warning',
	summary: 'something',
	evidence: [],
	...told,
});
const wishing = (...wishes: readonly ProtectionWish[]) => wishes.map(wish => check({ wish }));

describe('the wishes of all checks', () => {
	test.each<[readonly ProtectionWish[], ProtectionWish | undefined]>([
		[[], undefined],
		[[{}], undefined],
		[
			[
				{ autoRollback: ['DEPLOYMENT_STOP_ON_ALARM'] },
				{ autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
			],
			{ autoRollback: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'] },
		],
		[[{ detach: ['gone'] }, { detach: ['gone', 'lost'] }], { detach: ['gone', 'lost'] }],
		[[{ detach: ['a'] }, { attach: ['a', 'b'] }], { attach: ['a', 'b'] }],
		[
			[{ ignorePollAlarmFailure: true }, { ignorePollAlarmFailure: false }],
			{ ignorePollAlarmFailure: false },
		],
		[[{ autoRollback: 'off' }], undefined],
	])('%j are %j', (wishes, united) => {
		expect(unitedWish(wishing(...wishes))).toEqual(united);
	});

	test('are those of what is wrong', () => {
		const wish: ProtectionWish = { detach: ['gone'] };
		expect(unitedWish([check({ verdict: 'ok', wish }), check({ verdict: 'pending', wish })])).toBeUndefined();
	});

	test('are one complete command, whatever the names are', () => {
		const place = { application: 'check out', name: "prod'; rm", region: 'eu-west-1', profile: 'live' };
		expect(
			protectCommand(place, {
				autoRollback: ['DEPLOYMENT_FAILURE'],
				attach: ['p99 high', 'x'],
				detach: ['old'],
				ignorePollAlarmFailure: false,
			}),
		).toBe(
			"rollcall protect --application 'check out' --group 'prod'\\''; rm' --auto-rollback failure --alarm 'p99 high' --alarm x --detach old --no-ignore-poll-alarm-failure --region eu-west-1 --profile live",
		);
	});

	test('are told in words', () => {
		expect(wishWords({ detach: ['a'], ignorePollAlarmFailure: false })).toBe(
			'drops 1 alarm that is gone; stops when its alarms cannot be read',
		);
		expect(wishWords({ attach: ['a', 'b'], detach: ['c', 'd'] })).toBe(
			'watches 2 more alarms; drops 2 alarms that are gone',
		);
	});
});

describe('what a preflight comes to', () => {
	const [problem, warning, note, unknown] = [
		check({ severity: 'error', title: 'Bundle', summary: 'it is gone' }),
		check(),
		check({ severity: 'info' }),
		check({ verdict: 'unknown' }),
	];
	const ok = check({ verdict: 'ok' });

	test.each([
		[[ok, problem, warning], '1 problem, 1 warning, 1 ok', /would fail/],
		[[warning, warning, note], 'no problems, 2 warnings, 1 note', /may fail/],
		[[ok, note], 'no problems, 1 note, 1 ok', /^nothing stands in the way/],
		[[ok, unknown], 'no problems, 1 unknown, 1 ok', /nothing that could be seen/],
	])('%#', (checks, counts, words) => {
		expect(countsText(checks)).toBe(counts);
		expect(conclusionWords(checks)).toMatch(words);
	});

	test('is a line for each problem and warning to who is about to deploy, the problems first', () => {
		expect(preflightDigest([ok, warning, note, unknown, problem])).toEqual([
			'✗ Bundle: it is gone',
			'▲ Alarms: warning: something',
			'1 problem, 1 warning, 1 note, 1 unknown, 1 ok',
		]);
		expect(preflightDigest([ok, note])).toEqual(['no problems, 1 note, 1 ok']);
		expect(preflightDigest([])).toEqual([]);
	});
});
