import { describe, expect, test } from 'vitest';
import type { AlarmSnapshot } from '../../src/domain/alarm.ts';
import { alarm, noon } from './support/cast.ts';
import { calm, firing, plots, running, type Telling, watchedId } from './support/stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

const strip = (telling: Telling = {}, columns = 200) =>
	sitDown(inSize(running(telling), columns, 40)).rows.find(
		row => row.includes('a alarms') && !row.includes('↵'),
	);

const denied = {
	kind: 'denied',
	operation: 'DescribeAlarms',
	action: 'cloudwatch:DescribeAlarms',
	code: 'AccessDeniedException',
	detail: '',
} as const;
const refused = { type: 'part.failed', id: watchedId, part: 'alarms', failure: denied, at: 0 } as const;

describe('the alarms in one line', () => {
	test('those that fire first, with value, threshold and how long; then what is fine; then what is gone', () => {
		expect(strip()).toMatch(
			/^ ▲ ALARM {2}checkout-5xx ▁▁▁▁▁▇█ 7\.2 > 5 for 30s {5}✓ OK {2}checkout-p99 ▄▄▄▄▄▄ 176 ≤ 400 {5}\? checkout-queue-depth deleted +a alarms$/,
		);
	});

	test('counts those that there is no room for', () => {
		expect(strip({}, 100)).toMatch(/for 30s {2}\+2, 1 deleted +a alarms$/);
	});

	test('does not tell how long an alarm has been firing since the end, where nobody asked', () => {
		expect(
			strip({
				deployment: { status: 'Stopped' },
				now: 90,
				also: [...plots, { type: 'clock.ticked', now: noon + 3_600_000 }],
			}),
		).toContain('for 29s');
	});

	test('names the permission that is missing, and the rest of the screen stays', () => {
		const user = sitDown(inSize(running({ alarms: undefined as never, also: [refused] }), 120, 36));
		expect(user.row('? alarms')).toContain('not allowed: cloudwatch:DescribeAlarms');
		expect(user.row('▸ InProgress')).toContain('10/24');
	});

	test('is not there for a rollout without alarms, or with alarms switched off', () => {
		expect(
			strip({ group: { alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: [] } } }),
		).toBeUndefined();
		expect(
			strip({ group: { alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: ['x'] } } }),
		).toBeUndefined();
	});

	test('an alarm that waits for data, a composite one, and one of a band', () => {
		const composite: AlarmSnapshot = {
			name: 'all',
			kind: 'composite',
			state: 'OK',
			reason: '',
			rule: 'ALARM("a")',
		};
		const band = alarm('band', {
			state: 'INSUFFICIENT_DATA',
			condition: {
				...(calm.condition ?? fail()),
				comparison: 'LessThanLowerThreshold',
				threshold: undefined as never,
			},
		});
		const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['all', 'band', 'x'] };
		const words = strip({ alarms: [composite, band], group: { alarms }, also: [] });
		expect(words).toContain('? INSUFFICIENT_DATA  band LessThanLowerThreshold');
		expect(words).toContain('✓ OK  all composite');
		expect(words).toContain('? x deleted');
	});
});

function fail(): never {
	throw new Error('this alarm has a condition');
}

describe('the alarms screen', () => {
	const open = (telling: Telling = {}) => sitDown(inSize(pressed(running(telling), 'a'), 120, 36));

	test('plots the alarm under the cursor over the rollout’s own time, with what happened when', () => {
		const user = open();
		expect(user.row('▲ ALARM')).toMatch(
			/checkout-5xx {2}ServerErrorRate · Average 60 s +7\.2 > 5 for 3 of 3 periods$/,
		);
		expect(user.row('5 │')).toContain('╌╌╌╌');
		expect(user.row('└')).toMatch(/┴─*┴─*┴/);
		expect(user.row('▲ ALARM')).toBeDefined();
		expect(user.row(/11:55 +12:00 start 12:01 ▲ ALARM/)).toBeDefined();
		expect(user.row('Threshold Crossed: 3 datapoints')).toBeDefined();
	});

	test('moves from alarm to alarm, and copies the name', () => {
		const user = open();
		user.press('j', 'y');
		expect(user.row('400 │')).toContain('╌╌╌╌');
		user.press('j', 'j', 'y', 'g', 'y');
		expect(user.effects.map(effect => (effect.type === 'copy' ? effect.text : ''))).toEqual([
			'checkout-p99',
			'checkout-queue-depth',
			'checkout-5xx',
		]);
	});

	test('zooms towards the end, and out again no further than the whole', () => {
		const user = open();
		user.press('+');
		expect(user.row('│')).toBeDefined();
		expect(user.row(/^ +11:58/)).toBeDefined();
		user.press('=');
		expect(user.row(/^ +11:59/)).toBeDefined();
		user.press('-', '-', '-', '-');
		expect(user.row(/^ +11:55/)).toBeDefined();
	});

	test('says what CodeDeploy makes of an alarm that is gone', () => {
		expect(open().row('? deleted')).toContain('checkout-queue-depth  CodeDeploy treats it as unreadable');
		const ignored = { enabled: true, ignorePollAlarmFailure: true, alarms: ['checkout-5xx', 'gone'] };
		const user = open({ group: { alarms: ignored } });
		expect(user.row('? deleted')).toContain('gone  CodeDeploy is told to ignore that');
		expect(user.row('Alarms of this rollout')).toContain('unreadable alarms are ignored');
	});

	test('says who has set the alarms, and what they do', () => {
		expect(open().row('Alarms of')).toContain('stops and rolls back on ALARM · set on the deployment group');
		const user = open({
			deployment: {
				alarmOverride: { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx'] },
				autoRollback: { enabled: false, events: [] },
			},
		});
		expect(user.row('Alarms of')).toContain('stops on ALARM · set on this deployment');
		expect(user.screen).not.toContain('checkout-p99');
	});

	test('says that alarms do not roll back where only failures do', () => {
		const user = open({ deployment: { autoRollback: { enabled: true, events: ['DEPLOYMENT_FAILURE'] } } });
		expect(user.row('Alarms of')).toContain('stops on ALARM · ');
	});

	test('keeps the last states when they cannot be read any more, and says why', () => {
		const user = open({ also: [...plots, refused] });
		expect(user.row('alarm states: not allowed: cloudwatch:DescribeAlarms')).toBeDefined();
		expect(user.row('▲ ALARM')).toContain('checkout-5xx');
	});

	test('says why there is no plot', () => {
		const failure = { ...denied, operation: 'GetMetricData', action: 'cloudwatch:GetMetricData' };
		const user = open({
			also: [{ type: 'plot.failed', id: watchedId, alarm: 'checkout-5xx', failure, at: 0 }],
		});
		expect(user.row('not allowed: cloudwatch:GetMetricData')).toBeDefined();
		expect(open({ also: [] }).row('asking for the metric')).toBeDefined();
	});

	test.each([
		[
			{ group: { alarms: { enabled: false, ignorePollAlarmFailure: false, alarms: ['x'] } } },
			'alarms are switched off for this rollout: none of them can stop it',
		],
		[
			{ group: { alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: [] } } },
			'no alarm is attached to this rollout: none can stop it',
		],
	])('says why there is no alarm: %j', (telling, words) => {
		expect(open(telling).row(words)).toBeDefined();
	});

	test('a composite alarm has its rule, and no plot', () => {
		const composite: AlarmSnapshot = {
			name: 'all',
			kind: 'composite',
			state: 'ALARM',
			reason: 'checkout-5xx is in ALARM',
			rule: 'ALARM("checkout-5xx")',
		};
		const alarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['all', 'checkout-5xx'] };
		const user = open({ alarms: [composite, { ...firing, state: 'OK' }], group: { alarms } });
		expect(user.row('▲ ALARM  all')).toContain('ALARM("checkout-5xx")');
		expect(user.row('checkout-5xx is in ALARM')).toBeDefined();
		expect(user.screen).not.toContain('└');
	});
});
