import { describe, expect, test } from 'vitest';
import { connectAws } from '../../src/gateway/aws/connect.ts';
import { openGate } from '../../src/gateway/call-gate.ts';
import { type App, launch } from '../support/app.ts';

const created = (app: App) => app.simulator.callsTo('CreateDeployment');

/** A group that nobody has protected; its release has just failed, and nothing rolls it back. */
const unprotected = { common: { protect: [] } };

/** Somebody else, at another terminal. */
const elsewhere = ({ simulator: { region, url }, clock }: App) =>
	connectAws({ region, endpointUrl: url, clock, gate: openGate }).gateways.codeDeploy;

const { signal } = new AbortController();
const checkout = { application: 'checkout-api', group: 'prod-blue' };

describe('rolling back by hand', () => {
	test('says what is in the way, takes an override, asks, and is followed to its end', async () => {
		await using app = await launch('by-hand', unprotected);
		await app.advance(3);
		// What is typed behind the key is meant for nobody: the question is still being read.
		await app.burst('by');
		expect(app.row('now ')).toContain('build-4711  ✗ Failed');
		expect(app.row('then ')).toContain('build-4699  ✓ Succeeded');
		expect(app.row('✗ alarm')).toContain('checkout-5xx is in ALARM and would stop the deployment');
		expect(app.row('S3 key')).toContain('build-4711.zip → releases/checkout-api/build-4699.zip');
		await app.press('y');
		expect(app.shows('cannot be done: alarm checkout-5xx')).toBe(true);
		await app.press('ctrl-o');
		expect(app.row('ctrl-o  alarms')).toContain('overridden');
		expect(app.row(' Cancel ')).toContain('y Roll back by hand');
		expect(created(app)).toHaveLength(0);
		await app.burst('yy');
		await app.advance(2);
		expect(created(app).map(call => call.input)).toMatchObject([
			{
				applicationName: 'checkout-api',
				deploymentGroupName: 'prod-blue',
				revision: { s3Location: { key: 'releases/checkout-api/build-4699.zip' } },
				overrideAlarmConfiguration: { enabled: false },
			},
		]);
		expect(app.row('rollback d-')).toMatch(/rollback d-\w+ started/);
		const id = /d-\w+/.exec(app.row('rollback d-'))?.[0] ?? '';
		expect(app.row('checkout-api')).toContain(id);
		expect(app.audited.map(({ outcome, action }) => [outcome, action])).toEqual([
			['sending', 'Roll back by hand'],
			['accepted', 'Roll back by hand'],
		]);
		// The two hosts that run the bad build cannot stop it.
		await app.advanceUntil(/[✗✓] (Failed|Succeeded)/, 600);
		await app.advanceUntil('revision now', 30);
		expect(app.row('revision now')).toContain('new build-4699, old build-4711');
		await app.press('Esc');
		await app.advance(1);
		expect(app.row('checkout-api')).toContain(app.simulator.deploymentId);
	});

	test('goes further back with Tab, with what the hosts may do, as a command to copy', async () => {
		await using app = await launch('by-hand', unprotected);
		await app.advance(3);
		await app.press('b', 'Tab', 'ctrl-o', 'ctrl-t', 'ctrl-e');
		expect(app.row('then ')).toContain('build-4690');
		expect(app.row('→ build-4690  ')).toContain('build-4690');
		expect(app.row('ctrl-t')).toContain('its failures do not count');
		expect(app.row('ctrl-e')).toContain('OVERWRITE');
		await app.press('ctrl-y');
		expect(app.copied).toContain('create-deployment --application-name checkout-api');
		expect(app.copied).toContain('build-4690.zip');
		expect(app.copied).toContain('--ignore-application-stop-failures --file-exists-behavior OVERWRITE');
		// The oldest bundle has been deleted from its bucket.
		await app.press('Tab', 'Tab');
		expect(app.row('✗ the bundle')).toContain('is not in the bucket');
		await app.press('Tab');
		expect(app.row('this is the oldest')).toBeDefined();
		await app.press('shift-tab', 'Esc');
		expect(app.state.ui.confirmation).toBeUndefined();
		expect(created(app)).toHaveLength(0);
		expect(app.audited).toEqual([]);
	});

	test('of a protected group takes its name in full', async () => {
		await using app = await launch('by-hand', { rows: 24, columns: 80 });
		await app.advance(3);
		await app.press('b', 'ctrl-o');
		await app.type('prod-blu');
		await app.press('Enter');
		expect(app.shows('cancelled: the name was not complete')).toBe(true);
		await app.press('b', 'ctrl-o');
		expect(app.row('↓')).toContain('more lines');
		await app.press('PgDn', 'PgDn');
		expect(app.row('↑')).toBeDefined();
		await app.type('prod-blue');
		await app.press('Enter');
		await app.advance(1);
		expect(created(app)).toHaveLength(1);
	});

	test('of a group that has changed since is refused, and says what has changed', async () => {
		await using app = await launch('by-hand', unprotected);
		await app.advance(3);
		await app.press('b', 'ctrl-o');
		const autoRollback = { enabled: true, events: ['DEPLOYMENT_FAILURE'] };
		await elsewhere(app).updateDeploymentGroup(
			checkout.application,
			checkout.group,
			{ autoRollback },
			signal,
		);
		await app.press('y');
		await app.advance(1);
		expect(app.row('refused')).toContain(
			'the group has changed since you were asked: its automatic rollback was off, and is on',
		);
		expect(created(app)).toHaveLength(0);
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['refused']);
	});

	test('of a group that somebody deploys to is not possible until that has ended', async () => {
		await using app = await launch('by-hand', unprotected);
		await app.advance(3);
		const { revision } = app.state.rollouts.get(app.state.scope.deploymentId)?.deployment.data ?? {};
		if (!revision) throw new Error('the deployment has not been read');
		const options = { overrideAlarms: true, ignoreApplicationStopFailures: false };
		const id = await elsewhere(app).createDeployment({ ...checkout, revision, options }, signal);
		await app.press('b', 'ctrl-o');
		expect(app.row('✗ group')).toContain(`group prod-blue is busy with ${id}`);
		await app.press('y', 'Enter');
		expect(created(app)).toHaveLength(1);
	});

	test('whose answer is lost is not sent again, but found and followed', async () => {
		await using app = await launch('by-hand', unprotected);
		app.simulator.inject({ type: 'drop', operations: ['CreateDeployment'], handled: true });
		await app.advance(3);
		await app.press('b', 'ctrl-o', 'y');
		await app.advance(5);
		expect(created(app)).toHaveLength(1);
		expect(app.row('unknown: no answer')).toContain('read back');
		expect(app.row('checkout-api')).not.toContain(app.simulator.deploymentId);
		expect(app.audited.at(-1)).toMatchObject({ outcome: 'unknown', created: expect.stringMatching(/^d-/) });
	});

	test('of an ECS service shows how its AppSpec would change', async () => {
		await using app = await launch('by-hand-ecs', { common: { protect: [] }, rows: 60 });
		await app.advance(3);
		await app.press('b');
		await app.advance(1);
		expect(app.row('- ')).toContain(':72');
		expect(app.row('+ ')).toContain(':71');
		expect(app.shows('ctrl-e')).toBe(false);
		await app.press('y');
		await app.advance(2);
		expect(created(app)).toHaveLength(1);
		expect(JSON.stringify(created(app)[0]?.input)).toContain(':71');
	});
});

describe('what stands in the way before anything is asked', () => {
	test('a read-only session, and a deployment that runs', async () => {
		await using app = await launch('by-hand', { common: { protect: [], readOnly: true } });
		await app.advance(3);
		for (const key of ['b', 'r']) {
			await app.press(key);
			expect(app.shows('read-only session: nothing is changed from here')).toBe(true);
		}
		expect(app.state.ui.confirmation).toBeUndefined();
	});

	test('the rollback that AWS begins by itself, and the news that there has been one', async () => {
		await using app = await launch('hook-failures', unprotected);
		await app.advanceUntil('✗ Failed', 400);
		await app.press('r');
		expect(app.row('✗ group')).toMatch(/busy with d-\w+/);
		await app.press('Esc');
		await app.advanceUntil(/rolled back by d-\w+ +✓ Succeeded/, 400);
		await app.press('b');
		expect(app.row('back already')).toMatch(/d-\w+ has rolled d-\w+ back already: this goes back further/);
	});
});

describe('deploying the same again', () => {
	test('runs the preflight first, and deploys what the deployment on the screen brought', async () => {
		await using app = await launch('healthy', unprotected);
		await app.advanceUntil('running');
		await app.press('r');
		expect(app.row('deploy again')).toContain('the group is busy with this deployment');
		await app.advanceUntil('✓ Succeeded', 400);
		await app.press('r');
		await app.advance(3);
		expect(app.row('Deploy again')).toContain('checkout-api / prod-blue');
		expect(app.shows('preflight')).toBe(true);
		await app.press('y');
		await app.advance(2);
		expect(app.row('started')).toMatch(/^ *d-\w+ started/);
		expect(created(app)).toHaveLength(1);
	});
});
