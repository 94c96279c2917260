import { describe, expect, test } from 'vitest';
import { launch } from '../support/app.ts';
import { launchFleet } from '../support/fleet-app.ts';

describe('the history of a group', () => {
	test('tells how often it fails, leads to a deployment that failed, and Esc leads back', async () => {
		await using app = await launch('eventful-history', { columns: 120, rows: 60 });
		await app.advance(5);
		await app.press('h');
		await app.advance(10);
		expect(app.row(/^ History/)).toMatch(/last 20 deployments of the group +● \d+ s$/);
		expect(app.row('releases')).toMatch(
			/6 of 13 releases failed or were stopped \(46 %\) · not counted: 6 rollbacks/,
		);
		expect(app.row('recovered in')).toContain('the mean of 6 times');
		expect(app.row(/^ ApplicationStart .*18×/)).toContain('scripts/application_start.sh');
		expect(app.row('checkout-api-07')).toContain('3 of 3');

		await app.press('j', 'j', 'j');
		expect(app.selectedRow).toMatch(/✗ Failed .*The database at/);
		const id = /d-\w{9}/.exec(app.selectedRow ?? '')?.[0] ?? '?';
		await app.press('Enter');
		await app.advance(5);
		expect(app.row('rollcall')).toContain(id);
		expect(app.row(/^ ✗ Failed/)).toBeDefined();

		// The record is that of the same group: it is not read once more, which takes more than ten lists.
		const asked = app.simulator.callsTo('ListDeploymentTargets').length;
		await app.press('h');
		await app.advance(20);
		expect(app.row('releases')).toContain('6 of 13');
		expect(app.simulator.callsTo('ListDeploymentTargets').length - asked).toBeLessThan(5);
		await app.press('Esc', 'Esc');
		expect(app.row('rollcall')).not.toContain(id);
		expect(app.row(/^ History/)).toBeDefined();
		expect(app.selectedRow).toContain(id);
		await app.press('Esc');
		expect(app.row('▸ InProgress')).toBeDefined();
	});

	test('is read again when that is asked for, and what was read stays when it cannot be', async () => {
		await using app = await launch('eventful-history', { columns: 120, rows: 60 });
		await app.advance(5);
		await app.press('h');
		await app.advance(60);
		expect(app.row(/^ History/)).toContain('● 5');
		// What has long ended is not looked into once more.
		const asked = app.simulator.callsTo('ListDeploymentTargets').length;
		await app.press('R');
		await app.advance(10);
		expect(app.row(/^ History/)).toMatch(/● \d s$/);
		expect(app.simulator.callsTo('ListDeploymentTargets').length - asked).toBeLessThan(3);
		app.simulator.inject({ type: 'deny', operations: ['ListDeployments'] });
		await app.advance(10);
		await app.press('R');
		await app.advance(5);
		expect(app.row('not allowed: codedeploy:ListDeployments')).toBeDefined();
		expect(app.row('releases')).toContain('6 of 13');
	});

	test('says what it is not allowed to read', async () => {
		await using app = await launch('eventful-history');
		await app.advance(5);
		app.simulator.inject({ type: 'deny', operations: ['ListDeployments'] });
		await app.press('h');
		await app.advance(5);
		expect(app.row('▲ not allowed: codedeploy:ListDeployments')).toBeDefined();
	});

	test('is opened from the fleet', async () => {
		await using app = await launchFleet('fleet', { columns: 120, rows: 40 });
		await app.advance(20);
		await app.press('h');
		await app.advance(20);
		expect(app.row(/^ History/)).toMatch(/deployments? of the group/);
		await app.press('Esc', 'Esc');
		expect(app.row('rolling')).toBeDefined();
	});
});
