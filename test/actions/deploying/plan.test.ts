import { describe, expect, test } from 'vitest';
import { planDifference } from '../../../src/actions/deploying/difference.ts';
import { planImpact } from '../../../src/actions/deploying/impact.ts';
import { obstacleLine, planObstacles } from '../../../src/actions/deploying/obstacles.ts';
import { createDeploymentArguments, orderOf, usualOptions } from '../../../src/actions/deploying/order.ts';
import { planWarnings } from '../../../src/actions/deploying/warnings.ts';
import type { BundleHead } from '../../../src/domain/bundle.ts';
import { plainOptions } from '../../../src/domain/deploy-order.ts';
import type { DeployPlan } from '../../../src/domain/deploy-plan.ts';
import type { Revision } from '../../../src/domain/revision.ts';
import { group, revision } from '../../view/support/stories.ts';
import { bad, badId, good, goodId, otherId, plan } from './plans.ts';

const without = (of: DeployPlan, ...names: readonly (keyof DeployPlan)[]): DeployPlan =>
	Object.fromEntries(Object.entries(of).filter(([name]) => !names.some(each => each === name))) as DeployPlan;

const firing = plan({
	alarms: { value: [{ name: 'checkout-5xx', kind: 'metric', state: 'ALARM', reason: '' }] },
});
const bundle = (value: BundleHead, changes: Partial<DeployPlan> = {}) =>
	plan({ bundle: { value }, ...changes });
const tagged: Revision = { ...(revision(4699) as Extract<Revision, { type: 's3' }>), eTag: '"abc"' };

describe('in the way is', () => {
	test.each<[string, DeployPlan, RegExp | undefined]>([
		['nothing', plan(), undefined],
		[
			'a deployment that has the group',
			plan({ active: bad({ id: otherId, status: 'InProgress' }) }),
			/^group prod-blue is busy with d-3KDQ7MN2X \(InProgress\): rollcall watch d-3KDQ7MN2X/,
		],
		['that nothing ever succeeded', without(plan(), 'revision', 'from'), /^there is nothing to return to/],
		[
			'that there is nothing before',
			without(plan({ latest: good({ id: badId }) }), 'revision', 'from'),
			/no deployment of group prod-blue before d-9FG52BI40, with another revision, succeeded/,
		],
		[
			'that nothing was ever deployed',
			without(plan({ purpose: 'redeploy' }), 'revision', 'from'),
			/name a revision$/,
		],
		[
			'a revision of an unknown kind',
			plan({ revision: { type: 'other', name: 'Tape' } }),
			/not known here \(Tape\)/,
		],
		[
			'a bundle that is gone',
			bundle({ type: 'missing', what: 'object', deleted: false }),
			/^the bundle is not in the bucket \(s3:/,
		],
		['one that was deleted', bundle({ type: 'missing', what: 'object', deleted: true }), /was deleted/],
		[
			'a bucket that is gone',
			bundle({ type: 'missing', what: 'bucket', deleted: false }),
			/^the bucket does not/,
		],
		['a bucket elsewhere', bundle({ type: 'elsewhere', region: 'us-east-1' }), /^the bucket is in us-east-1/],
		['an empty bundle', bundle({ type: 'found', size: 0 }), /is empty/],
		[
			'a bundle that was replaced',
			bundle({ type: 'found', eTag: 'xyz' }, { revision: tagged }),
			/^another bundle lies/,
		],
		['not the same one in quotes', bundle({ type: 'found', eTag: 'abc' }, { revision: tagged }), undefined],
		['not a bundle nobody shows', bundle({ type: 'denied', action: 's3:GetObject' }), undefined],
		[
			'an AppSpec that cannot be read',
			plan({ appSpecs: { wanted: { unread: 'not allowed: x:Y' }, isAltered: false } }),
			/^the text of the AppSpec cannot be read \(not allowed: x:Y\)/,
		],
		['an alarm', firing, /^alarm checkout-5xx is in ALARM/],
	])('%s', (_, of, line) => {
		const lines = planObstacles(of, plainOptions).map(obstacleLine);
		expect(lines).toEqual(line === undefined ? [] : [expect.stringMatching(line)]);
	});

	test('no alarm that is overridden', () => {
		expect(planObstacles(firing, { ...plainOptions, overrideAlarms: true })).toEqual([]);
	});
});

describe('to be known before is', () => {
	const off = group({ autoRollback: { enabled: false, events: [] } });
	test.each<[string, DeployPlan, Partial<typeof plainOptions>, readonly RegExp[]]>([
		['nothing', plan(), {}, []],
		[
			'that the source failed',
			plan({ from: good({ status: 'Failed' }) }),
			{},
			[/^d-VJ4GEQJRT did not succeed \(Failed\)/],
		],
		[
			'that it was rolled back already',
			plan({
				latest: good({ id: badId, revision: revision(4600), rollback: { triggeringDeploymentId: otherId } }),
			}),
			{},
			[/^d-9FG52BI40 has rolled d-3KDQ7MN2X back already/],
		],
		[
			'that what is there works',
			plan({ latest: bad({ status: 'Succeeded' }) }),
			{},
			[/takes away what it brought/],
		],
		[
			'that it was that which failed',
			plan({ latest: bad({ revision: revision(4699) }) }),
			{},
			[/brought the same revision/],
		],
		['that the bundle was not looked at', plan({ bundle: { unread: 'no' } }), {}, [/is not known: no\./]],
		['that nobody shows it', bundle({ type: 'denied', action: 's3:GetObject' }), {}, [/\(s3:GetObject\)/]],
		[
			'that alarms are overridden',
			firing,
			{ overrideAlarms: true },
			[/overridden \(in ALARM now: checkout-5xx\)/],
		],
		[
			'that alarms were not read',
			plan({ alarms: { unread: 'no' } }),
			{},
			[/alarms of the group could not be read/],
		],
		[
			'that an alarm is gone',
			plan({ alarms: { value: [] } }),
			{},
			[/^Alarm checkout-5xx of the group does not exist/],
		],
		['that nothing rolls back', without(plan({ group: off }), 'alarms'), {}, [/^Automatic rollback is off/]],
		[
			'what is ignored',
			plan(),
			{ ignoreApplicationStopFailures: true },
			[/^If ApplicationStop of build-4711 fails/],
		],
		[
			'that the text is another',
			plan({ appSpecs: { wanted: { value: 'x' }, isAltered: true } }),
			{},
			[/does not have the hash/],
		],
	])('%s', (_, of, chosen, lines) => {
		expect(planWarnings(of, { ...plainOptions, ...chosen })).toEqual(
			lines.map(line => expect.stringMatching(line)),
		);
	});
});

describe('the difference', () => {
	test('names what changes of a bundle, and what the hosts are to do', () => {
		const { rows, appSpec } = planDifference(plan(), { ...plainOptions, fileExistsBehavior: 'OVERWRITE' });
		expect(rows.map(({ label, isSame }) => `${label} ${isSame}`)).toEqual([
			'S3 bucket true',
			'S3 key false',
			'configuration true',
			'files that exist false',
		]);
		expect(appSpec).toBeUndefined();
	});

	test('of AppSpecs is told line by line, JSON too', () => {
		const appSpecs = {
			wanted: { value: '{"a":1,"b":2}' },
			current: { value: '{"a":1,"b":3}' },
			isAltered: false,
		};
		const of = plan({
			group: group({ platform: 'ECS' }),
			revision: { type: 'appSpec', sha256: 'f00' },
			appSpecs,
		});
		const { rows, appSpec } = planDifference(of, plainOptions);
		expect(rows.map(({ label }) => label)).not.toContain('files that exist');
		expect(appSpec?.filter(({ op }) => op !== 'same')).toEqual([
			{ op: 'removed', text: '  "b": 3' },
			{ op: 'added', text: '  "b": 2' },
		]);
	});
});

test('the impact counts hosts as the newest deployment has left them', () => {
	expect(planImpact(plan(), plainOptions).rows).toEqual([
		{ what: '2 hosts with build-4711', outcome: 'they get build-4699 again' },
		{ what: '6 hosts where build-4711 failed or was cut short', outcome: 'they get build-4699 again' },
		{ what: '4 hosts that build-4711 did not reach', outcome: 'they get build-4699 again' },
	]);
});

describe('the order', () => {
	test('says what it is, and keeps what the deployment it returns to said of files', () => {
		const of = plan({ from: good({ fileExistsBehavior: 'RETAIN' }) });
		expect(orderOf(of, usualOptions(of))).toEqual({
			application: 'checkout-api',
			group: 'prod-blue',
			revision: revision(4699),
			description: `Rollback by hand from ${badId} to ${goodId}`,
			options: { ...plainOptions, fileExistsBehavior: 'RETAIN' },
		});
		// AWS tells of it where it means nothing, too.
		const ecs = { ...of, group: group({ platform: 'ECS' }) };
		expect(usualOptions(ecs)).toEqual(plainOptions);
		expect(orderOf(of, plainOptions, 'x'.repeat(300))?.description).toHaveLength(256);
		expect(orderOf(without(of, 'revision'), plainOptions)).toBeUndefined();
	});

	test('does not call another text by the hash of the one that was deployed', () => {
		const text = { type: 'appSpec', sha256: 'f00', content: 'x' } as const;
		const altered = { wanted: { value: 'x' }, isAltered: true };
		const of = plan({ revision: text, appSpecs: altered });
		expect(orderOf(of, plainOptions)?.revision).toEqual({ type: 'appSpec', content: 'x' });
		const same = plan({ revision: text, appSpecs: { ...altered, isAltered: false } });
		expect(orderOf(same, plainOptions)?.revision).toEqual(text);
	});

	test('is complete as a command', () => {
		const options = {
			overrideAlarms: true,
			ignoreApplicationStopFailures: true,
			fileExistsBehavior: 'OVERWRITE',
		};
		const order = orderOf(plan({ configName: 'Careful' }), options, 'Back');
		expect(order && createDeploymentArguments(order)).toEqual([
			'create-deployment',
			...['--application-name', 'checkout-api', '--deployment-group-name', 'prod-blue', '--revision'],
			'{"revisionType":"S3","s3Location":{"bucket":"acme-artifacts","key":"releases/checkout-api/build-4699.zip","bundleType":"zip"}}',
			...['--deployment-config-name', 'Careful', '--description', 'Back'],
			'--ignore-application-stop-failures',
			...['--file-exists-behavior', 'OVERWRITE', '--override-alarm-configuration', 'enabled=false'],
		]);
	});
});
