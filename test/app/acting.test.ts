import { describe, expect, test } from 'vitest';
import { type App, launch } from '../support/app.ts';

const stops = (app: App) => app.simulator.callsTo('StopDeployment');

/** A rollout that runs, in a group that nobody has protected. */
const unprotected = { common: { protect: [] } };

describe('stopping', () => {
	test('asks first, and Enter takes Cancel', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('running');
		await app.press('s');
		expect(app.row('Stop, without rolling back')).toContain(app.simulator.deploymentId);
		expect(app.row('are in the middle')).toContain('their running hook ends');
		expect(app.row('aws deploy')).toContain(`stop-deployment --deployment-id ${app.simulator.deploymentId}`);
		await app.press('Enter');
		expect(app.shows('Stop, without rolling back')).toBe(false);
		expect(stops(app)).toHaveLength(0);
		expect(app.audited).toEqual([]);
	});

	test('y confirms; two of them in one burst make one call; the audit tells before and after', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('running');
		await app.press('s');
		await app.burst('yy');
		await app.advance(2);
		expect(stops(app).map(call => call.input)).toEqual([
			{ deploymentId: app.simulator.deploymentId, autoRollbackEnabled: false },
		]);
		expect(app.audited.map(({ outcome, action }) => [outcome, action])).toEqual([
			['sending', 'Stop, without rolling back'],
			['accepted', 'Stop, without rolling back'],
		]);
		expect(app.audited[0]).toMatchObject({
			deploymentId: app.simulator.deploymentId,
			application: 'checkout-api',
			identity: expect.stringContaining('arn:aws:sts::123456789012:'),
		});
		expect(app.shows(/stop, without rolling back accepted/)).toBe(true);
		await app.advanceUntil('■ Stopped');
		await app.press('!');
		expect(app.shows(/stop, without rolling back accepted/)).toBe(true);
	});

	test('of a protected group takes its whole name, and anything less cancels', async () => {
		await using app = await launch('healthy');
		await app.advanceUntil('running');
		await app.press('s');
		expect(app.shows('prod-blue is protected')).toBe(true);
		await app.press('y', 'Enter');
		expect(app.shows('cancelled: the name was not complete')).toBe(true);
		await app.press('s');
		await app.type('prod-blu');
		await app.press('Enter');
		expect(stops(app)).toHaveLength(0);
		await app.press('s');
		await app.type('prod-blue');
		await app.press('Enter');
		await app.advance(1);
		expect(stops(app)).toHaveLength(1);
	});

	test('Tab turns it into a rollback and ctrl-y copies the command', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('running');
		await app.press('s', 'Tab');
		expect(app.row('Stop and roll back')).toContain(app.simulator.deploymentId);
		expect(app.row('were not reached')).toContain('they stay on build-4699');
		await app.press('ctrl-y');
		expect(app.copied).toContain(
			`aws deploy stop-deployment --deployment-id ${app.simulator.deploymentId} --auto-rollback-enabled --region eu-west-1`,
		);
		await app.press('y');
		await app.advance(1);
		expect(stops(app).map(call => call.input)).toEqual([
			{ deploymentId: app.simulator.deploymentId, autoRollbackEnabled: true },
		]);
	});

	test('that is not allowed names the missing action, and nothing has happened', async () => {
		await using app = await launch('healthy', unprotected);
		app.simulator.inject({ type: 'deny', operations: ['StopDeployment'] });
		await app.advanceUntil('running');
		await app.press('s', 'y');
		await app.advance(1);
		expect(app.row(/failed/)).toContain('failed: not allowed: codedeploy:StopDeployment');
		expect(app.audited.at(-1)).toMatchObject({ outcome: 'failed' });
	});

	test('whose answer is lost is not sent again; the state is read back', async () => {
		await using app = await launch('healthy', unprotected);
		app.simulator.inject({ type: 'drop', operations: ['StopDeployment'], handled: true });
		await app.advanceUntil('running');
		await app.press('s', 'y');
		await app.advance(5);
		expect(stops(app)).toHaveLength(1);
		expect(app.audited.at(-1)).toMatchObject({ outcome: 'unknown' });
		expect(app.audited.at(-1)?.detail).toMatch(/read back, the deployment is \w+\. It was not sent again/);
		await app.advanceUntil('■ Stopped');
	});
});

describe('what cannot be done', () => {
	test('says why: a deployment that has ended, one that does not wait', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('running');
		await app.press('c');
		expect(app.shows('only a blue/green deployment can be continued')).toBe(true);
		await app.advanceUntil('✓ Succeeded', 400);
		await app.press('s');
		expect(app.shows('the deployment has already ended: Succeeded')).toBe(true);
		expect(stops(app)).toHaveLength(0);
	});

	test('a read-only session refuses every action, in the runner too', async () => {
		await using app = await launch('healthy', { common: { protect: [], readOnly: true } });
		await app.advanceUntil('running');
		expect(app.row('checkout-api')).toContain('read-only');
		for (const key of ['s', 'b', 'c']) {
			await app.press(key);
			expect(app.shows('read-only session')).toBe(true);
		}
		expect(app.state.ui.confirmation).toBeUndefined();
	});

	test('a deployment that ended between question and answer is left alone, with the news', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('running');
		await app.press('s');
		// Nobody polls while the network is down, so the question still speaks of a rollout that runs.
		const heal = app.simulator.inject({ type: 'drop' });
		await app.advance(300);
		heal();
		await app.press('y');
		await app.advance(2);
		expect(stops(app)).toHaveLength(0);
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['refused']);
		expect(app.audited[0]?.detail).toContain('already ended: Succeeded');
	});
});

describe('a rollback', () => {
	test('is followed: its id appears, Tab goes there and back, and the summary tells the story', async () => {
		await using app = await launch('hook-failures', unprotected);
		await app.advanceUntil('running');
		await app.press('f', 'b');
		await app.press('y');
		await app.advanceUntil(/rolled back by d-/);
		const original = app.simulator.deploymentId;
		const rollback = /rolled back by (d-\w+)/.exec(app.row(/rolled back by/))?.[1] ?? '';
		await app.press('Tab');
		await app.advance(1);
		expect(app.row('checkout-api')).toContain(rollback);
		expect(app.row('rolls back d-')).toContain(original);
		await app.press('Tab');
		await app.advance(1);
		expect(app.row('checkout-api')).toContain(original);
		expect(app.shows('failed only')).toBe(true);
		await app.advanceUntil(/rolled back by d-\w+ +✓ Succeeded/, 300);
		expect(await app.quit()).toBe(6);
		expect(app.printed).toContain(`${original}  checkout-api / prod-blue  Stopped`);
		expect(app.printed).toMatch(new RegExp(`rolled back by ${rollback} +Succeeded`));
	});
});

describe('a blue/green deployment', () => {
	test('waits for somebody, is rerouted, and its last wait is ended', async () => {
		await using app = await launch('blue-green', unprotected);
		await app.advanceUntil('◆ Ready', 300);
		expect(app.shows('waiting for you to reroute traffic')).toBe(true);
		await app.press('c');
		expect(app.row('replacement targets')).toContain('they get the traffic now');
		await app.press('y');
		await app.advanceUntil('waiting to terminate the original', 200);
		await app.press('c');
		expect(app.row('original targets')).toContain('terminated now');
		await app.press('y');
		await app.advanceUntil('✓ Succeeded', 60);
		expect(app.simulator.callsTo('ContinueDeployment').map(call => call.input)).toEqual([
			{ deploymentId: app.simulator.deploymentId, deploymentWaitType: 'READY_WAIT' },
			{ deploymentId: app.simulator.deploymentId, deploymentWaitType: 'TERMINATION_WAIT' },
		]);
	});
});

describe('while a stop is under way', () => {
	test('the screen says so, keeps quiet about the budget, and does not call what is cut short a failure', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('AfterInstall', 60);
		await app.press('s', 'y');
		await app.advanceUntil('■ Stopping', 10);
		expect(app.row('stop accepted')).toContain('hooks that run end first');
		expect(app.shows('fails after')).toBe(false);
		await app.advanceUntil('■ Stopped', 60);
		expect(app.shows('Stopping')).toBe(false);
		expect(app.shows('no diagnostics')).toBe(false);
	});
});

describe('the question about a blue/green deployment', () => {
	test('tells what becomes of the traffic of either fleet', async () => {
		await using app = await launch('blue-green', unprotected);
		await app.advanceUntil('◆ Ready', 300);
		await app.press('b');
		expect(app.row('12 original targets')).toContain('they keep the traffic');
		await app.press('Esc', 'c', 'y');
		await app.advanceUntil('waiting to terminate the original', 200);
		await app.press('b');
		expect(app.row('12 replacement targets')).toContain('they leave the load balancer');
		expect(app.row('12 original targets')).toContain('they get the traffic back');
	});
});
