import { describe, expect, test } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { launch } from '../support/app.ts';

const called = (simulator: Simulator, operation: string) =>
	simulator.calls.filter(call => call.operation === operation);

describe('the hosts of a release', () => {
	test('are shown by name and zone as soon as they are known, and asked about once', async () => {
		await using app = await launch('healthy');
		await app.advanceUntil('checkout-api-');
		expect(app.row('LIFECYCLE')).toMatch(/TARGET +NAME +ZONE +LIFECYCLE/);
		expect(app.row('checkout-api-07')).toMatch(/i-[0-9a-f]{17} +checkout-api-07 +1b /);
		await app.advance(20);
		expect(called(app.simulator, 'DescribeInstances')).toHaveLength(1);
	});

	test('are found by name, zone, type and image', async () => {
		await using app = await launch('healthy');
		await app.advanceUntil('checkout-api-');
		await app.press('/');
		await app.type('zone:1a type:m6a');
		expect(app.row('of 60')).toContain('4 of 60');
		expect(app.rows.filter(row => /checkout-api-\d\d +1a /.test(row))).toHaveLength(4);
		await app.press('ctrl-u');
		await app.type('api-41');
		expect(app.row('of 60')).toContain('1 of 60');
		expect(app.row(/checkout-api-41 /)).toMatch(/i-[0-9a-f]{17}/);
	});

	test('are told all about on the screen of their target, in a pane of any size', async () => {
		await using app = await launch('release');
		await app.advanceUntil('✗ ');
		await app.press('n', 'Enter');
		expect(app.row('checkout-api-')).toMatch(
			/checkout-api-\d\d +running +eu-west-1[abc] +m6\w+\.large +ami-\w+ +launched \d+ d ago/,
		);
		await app.resize(80, 24);
		expect(app.row('checkout-api-')).toMatch(/checkout-api-\d\d .*eu-west-1[abc] .*launched \d+ d ago/);
		await app.resize(40, 10);
		expect(app.row(/Failed {2}check/)).toBeDefined();
	});
});

describe('hosts that were replaced by some of another image', () => {
	test('have that in common when they fail, on the screen and after the end', async () => {
		await using app = await launch('agent-not-installed');
		await app.advanceUntil('✗ 3×', 300);
		await app.advance(3);
		const words = /all 3 failed run image ami-0f3b61c9a4d27e805, none of the 3 not reached/;
		expect(app.row(words)).toBeDefined();
		await app.advanceUntil('● final');
		await app.quit();
		expect(app.printed).toMatch(words);
	});
});

describe('hosts that are terminated while they are deployed to', () => {
	test('are seen to be gone', async () => {
		await using app = await launch('instance-terminated');
		await app.advance(2);
		await app.advanceUntil('● final');
		await app.advance(3);
		await app.press('n', 'Enter');
		expect(app.row('checkout-api-')).toContain('instance terminated');
		expect(app.look('instance terminated').foreground).toBeDefined();
	});
});

describe('without the permission to describe instances', () => {
	test('the panel says which one it is, and all else works', async () => {
		await using app = await launch('agent-not-installed', {
			prepare: simulator => simulator.inject({ type: 'deny', operations: ['DescribeInstances'] }),
		});
		await app.advanceUntil('✗ 3×', 300);
		expect(app.row('LIFECYCLE')).not.toContain('NAME');
		expect(app.row(/● \d+ s|● final/)).toBeDefined();
		await app.press('n', 'Enter');
		expect(app.row('facts need ec2:DescribeInstances')).toBeDefined();
		expect(app.row('agent was not able to receive')).toBeDefined();
	});

	test('facts come when it is granted', async () => {
		let allow: (() => void) | undefined;
		await using app = await launch('healthy', {
			prepare: simulator => {
				allow = simulator.inject({ type: 'deny', operations: ['DescribeInstances'] });
			},
		});
		await app.advanceUntil('LIFECYCLE');
		await app.advance(5);
		allow?.();
		expect(app.row('LIFECYCLE')).not.toContain('NAME');
		await app.advance(70);
		expect(app.row('LIFECYCLE')).toContain('NAME');
	});
});

describe('machines of one’s own', () => {
	test('are shown by their names, and with their tags', async () => {
		await using app = await launch('on-premises');
		await app.advance(20);
		expect(app.row('LIFECYCLE')).not.toContain('NAME');
		await app.press('/');
		await app.type('tag:environment=prod-rack rack-03');
		await app.press('Enter', 'Enter');
		expect(app.row('on-premises  ')).toMatch(
			/on-premises +Group=checkout-api-prod-rack +Environment=prod-rack +registered \d+ d ago/,
		);
		expect(called(app.simulator, 'DescribeInstances')).toHaveLength(0);
		expect(called(app.simulator, 'BatchGetOnPremisesInstances')).toHaveLength(1);
	});
});

test('O opens the console page of the instance whose screen it is', async () => {
	await using app = await launch('healthy');
	await app.advanceUntil('checkout-api-');
	await app.press('Enter');
	const id = /i-[0-9a-f]{17}/.exec(app.row('of 60'))?.[0];
	await app.press('O');
	expect(app.row(`#InstanceDetails:instanceId=${id}`)).toBeDefined();
});
