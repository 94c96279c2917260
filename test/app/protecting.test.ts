import { expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

const updates = (app: App) => app.simulator.callsTo('UpdateDeploymentGroup').map(({ input }) => input);

/** A group that nothing protects, looked at, in a session that nobody has protected. */
async function lookedAt(common: { readonly protect?: readonly string[]; readonly readOnly?: true } = {}) {
	const app = await launch('unprotected', { common: { protect: [], ...common } });
	await app.advance(5);
	await app.press('p');
	await app.advance(30);
	return app;
}

test('what a preflight finds is applied, and it finds it no more', async () => {
	await using app = await lookedAt();
	expect(app.row('Automatic rollback')).toContain('warning');
	await app.press('A');
	expect(app.row('automatic rollback  ')).toContain('off → on: failure, alarm');
	expect(app.row('alarms  ')).toContain('- checkout-queue-depth');
	expect(updates(app)).toEqual([]);
	await app.burst('yy');
	await app.advance(1);
	expect(
		app.shows('group protected: it is now automatic rollback on: failure, alarm; alarms checkout-p99'),
	).toBe(true);
	await app.advance(30);
	expect(app.row('Automatic rollback')).toMatch(/✓ ok .*on: failure/);
	expect(app.shows('Nothing of it can be mended from here')).toBe(true);
	expect(updates(app)).toEqual([
		{
			applicationName: 'checkout-api',
			currentDeploymentGroupName: 'prod-blue',
			alarmConfiguration: {
				enabled: true,
				ignorePollAlarmFailure: false,
				alarms: [{ name: 'checkout-p99' }],
			},
			autoRollbackConfiguration: {
				enabled: true,
				events: ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM'],
			},
		},
	]);
	expect(app.audited.map(({ outcome, action }) => [outcome, action])).toEqual([
		['sending', 'Protect the group'],
		['accepted', 'Protect the group'],
	]);
});

test('each change can be left out, and with none left there is nothing to confirm', async () => {
	await using app = await lookedAt();
	await app.press('A', 'ctrl-x');
	expect(app.row('[ ]')).toContain('roll back by itself on failure');
	expect(app.row('automatic rollback  ')).toContain('off → on: alarm');
	await app.press('Tab', 'ctrl-x');
	expect(app.shows('automatic rollback  ')).toBe(false);
	await app.press('Tab', 'ctrl-x', 'Tab', 'ctrl-x');
	expect(app.shows('Nothing would change.')).toBe(true);
	await app.press('y');
	expect(app.shows('cannot be done: nothing is to be changed')).toBe(true);
	await app.press('shift-tab', 'ctrl-x', 'y');
	await app.advance(1);
	expect(updates(app)).toMatchObject([
		{ alarmConfiguration: { ignorePollAlarmFailure: true, alarms: [{ name: 'checkout-p99' }] } },
	]);
});

test('Enter cancels; a protected group takes its whole name; small screens scroll to the rest', async () => {
	await using app = await lookedAt({ protect: ['*prod*'] });
	await app.press('A', 'Enter');
	expect(app.shows('cancelled')).toBe(true);
	await app.resize(40, 10);
	await app.press('A');
	expect(app.shows('more lines')).toBe(true);
	await app.press(...Array.from({ length: 9 }, () => 'ctrl-f'));
	expect(app.shows('more lines')).toBe(false);
	expect(app.row('eu-west-1')).toContain('--region');
	await app.type('prod-blue');
	await app.press('Enter');
	await app.advance(1);
	expect(updates(app)).toHaveLength(1);
});

test('what somebody has changed meanwhile is not written over, and is looked at anew', async () => {
	await using app = await lookedAt();
	await app.press('A');
	await changeByAnother(app);
	await app.press('y');
	await app.advance(1);
	expect(app.shows('the group has changed since you were asked')).toBe(true);
	expect(updates(app)).toHaveLength(1);
	expect(app.audited.map(({ outcome }) => outcome)).toEqual(['refused']);
	await app.advance(30);
	await app.press('A');
	expect(app.row('automatic rollback  ')).toContain('on: request → on: failure, alarm, request');
});

test('what is not allowed is named, and a read-only session asks nothing', async () => {
	await using app = await lookedAt();
	app.simulator.inject({ type: 'deny', operations: ['UpdateDeploymentGroup'] });
	await app.press('A', 'y');
	await app.advance(1);
	expect(app.shows('protect the group failed: not allowed: codedeploy:UpdateDeploymentGroup')).toBe(true);
	await using other = await lookedAt({ readOnly: true });
	await other.press('A');
	expect(other.shows('protect the group: read-only session')).toBe(true);
	expect(updates(other)).toEqual([]);
});

/** Somebody with another program. */
async function changeByAnother({ simulator }: App): Promise<void> {
	const answer = await fetch(simulator.url, {
		method: 'POST',
		headers: {
			'content-type': 'application/x-amz-json-1.1',
			'x-amz-target': 'CodeDeploy_20141006.UpdateDeploymentGroup',
		},
		body: JSON.stringify({
			applicationName: 'checkout-api',
			currentDeploymentGroupName: 'prod-blue',
			autoRollbackConfiguration: { enabled: true, events: ['DEPLOYMENT_STOP_ON_REQUEST'] },
		}),
	});
	expect(answer.status).toBe(200);
}
