import { describe, expect, test } from 'vitest';
import { rollbackId, rolledBack, running, type Telling, watchedId } from './support/stories.ts';
import { lambda, ready } from './support/traffic-stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

const open: Telling = { session: { protectedPatterns: [] } };
const asked = (...keys: readonly string[]) => sitDown(inSize(pressed(running(open), ...keys), 120, 36));

describe('a plain question', () => {
	test('has the focus on Cancel: Enter, Esc, n and q all cancel', () => {
		for (const key of ['enter', 'esc', 'n', 'q']) {
			const user = asked('s');
			expect(user.row(' Cancel ')).toContain('y Stop, without rolling back');
			user.press(key);
			expect(user.state.ui.confirmation).toBeUndefined();
			expect(user.effects).toEqual([]);
		}
	});

	test('is answered by y, once', () => {
		const user = asked('b');
		user.press('y', 'y', 'enter', 'esc', 'tab');
		expect(user.row('sending')).toContain('the deployment is read again first');
		expect(user.effects).toEqual([
			{
				type: 'perform',
				request: { action: 'stop', deploymentId: watchedId, rollBack: true },
				seenStatus: 'InProgress',
			},
		]);
	});

	test('turns to the other way on tab and back, and the footer says which that is', () => {
		const user = asked('s');
		expect(user.rows.at(-1)).toContain('tab stop and roll back');
		user.press('tab');
		expect(user.row('Stop and roll back  d-')).toBeDefined();
		expect(user.row('--auto-rollback-enabled')).toBeDefined();
		expect(user.rows.at(-1)).toContain('tab stop, without rolling back');
		user.press('tab', 'y');
		expect(user.effects).toMatchObject([{ request: { rollBack: false } }]);
	});

	test('copies the same as a command, with the session’s profile, region and endpoint', () => {
		const session = { protectedPatterns: [], profile: "o'brien", endpointUrl: 'http://127.0.0.1:4566' };
		const user = sitDown(pressed(running({ session }), 's', 'ctrl-y'));
		expect(user.state.ui.confirmation).toBeDefined();
		user.press('ctrl-y');
		expect(user.effects).toEqual([
			{
				type: 'copy',
				text: `aws deploy stop-deployment --deployment-id d-9FG52BI40 --no-auto-rollback-enabled --profile 'o'\\''brien' --region eu-west-1 --endpoint-url http://127.0.0.1:4566`,
				what: 'the command',
			},
		]);
	});

	test('leaves everything else alone: movement, refresh and paste do nothing', () => {
		const user = asked('s');
		const before = user.state;
		user.press('j', 'R', 'x', 'space', 's', 'b', 'c', '/');
		user.paste('y');
		expect(user.state).toBe(before);
		expect(user.effects).toEqual([]);
	});

	test('stays about the deployment that it was asked for', () => {
		const user = sitDown(inSize(pressed(rolledBack(open, { status: 'InProgress' }), 'tab', 's'), 120, 36));
		expect(user.row('Stop, without')).toContain(rollbackId);
		user.hear({ type: 'scope.moved', deploymentId: watchedId, way: 'goto' });
		user.press('y');
		expect(user.effects.at(-1)).toMatchObject({ request: { deploymentId: rollbackId } });
	});
});

describe('a question about a protected group', () => {
	const typed = (...keys: readonly string[]) => sitDown(inSize(pressed(running(), 's', ...keys), 120, 36));

	test('wants the name in full, and then Enter', () => {
		const user = typed();
		expect(user.row('prod-blue is protected. Type its name to confirm:')).toBeDefined();
		user.type('prod-blue');
		expect(user.row('prod-blue│')).toContain('↵ Stop, without rolling back');
		user.press('enter');
		expect(user.effects).toHaveLength(1);
		expect(user.row('sending')).toBeDefined();
	});

	test.each([[[]], [['p', 'r', 'o', 'd']], [[...'prod-blue2']], [[...'PROD-BLUE']]])(
		'is cancelled by Enter after %j, and says so',
		keys => {
			const user = typed(...keys, 'enter');
			expect(user.state.ui.confirmation).toBeUndefined();
			expect(user.row('cancelled: the name was not complete')).toBeDefined();
			user.press('s', 'enter');
			expect(user.effects).toEqual([]);
		},
	);

	test('takes y, q and n as text, mistakes back, and a paste', () => {
		const user = typed('y', 'q', 'n');
		expect(user.row('yqn│')).toContain('↵ cancels until it is complete');
		user.press('ctrl-u');
		user.paste('erase.all');
		expect(user.row('erase.all│')).toBeDefined();
		user.press('ctrl-w');
		user.paste('prod-blue\r\n');
		user.press('enter');
		expect(user.effects).toHaveLength(1);
	});

	test('keeps what was typed when it turns to the other way', () => {
		const user = typed(...'prod-b', 'tab');
		expect(user.row('prod-b│')).toBeDefined();
		expect(user.row('Stop and roll back  d-')).toBeDefined();
	});

	test('is asked for a protected profile, too; and by id where the group has no name', () => {
		const session = { protectedPatterns: ['*prod*'], profile: 'prod-admin' };
		const user = sitDown(inSize(pressed(running({ session, deployment: { group: 'blue' } }), 's'), 120, 36));
		expect(user.row('blue is protected')).toBeDefined();
	});
});

describe('an action that cannot be done says why, and its key is dim', () => {
	test.each<[string, string, Telling, string]>([
		[
			's',
			'a read-only session',
			{ session: { readOnly: true } },
			'stop, without rolling back: read-only session: nothing is changed from here',
		],
		[
			's',
			'an end',
			{ deployment: { status: 'Succeeded' } },
			'stop, without rolling back: the deployment has already ended: Succeeded',
		],
		[
			'b',
			'a rollback that AWS is about to begin',
			{ deployment: { status: 'Failed' } },
			'roll back by hand: the automatic rollback is about to begin: it will be shown here',
		],
		[
			's',
			'CloudFormation',
			{ deployment: { creator: 'CloudFormation', externalId: 'arn:stack' } },
			'CloudFormation drives this deployment: cancel the stack update instead',
		],
		['c', 'an in-place deployment', {}, 'reroute traffic now: only a blue/green deployment can be continued'],
		[
			'c',
			'nothing to wait for',
			{ deployment: { type: 'BLUE_GREEN' } },
			'reroute traffic now: the deployment is not waiting: InProgress',
		],
	])('%s with %s', (key, _why, telling, words) => {
		const user = sitDown(inSize(pressed(running(telling), key), 120, 36));
		expect(user.state.ui.confirmation).toBeUndefined();
		expect(user.row(words)).toBeDefined();
		expect(user.effects).toEqual([]);
	});
});

describe('continuing', () => {
	test('reroutes the traffic of a deployment that waits for it', () => {
		const user = sitDown(inSize(pressed(ready(open), 'c'), 120, 36));
		expect(user.row('Reroute traffic now  d-')).toBeDefined();
		expect(user.row('6 replacement targets')).toContain('they get the traffic now');
		expect(user.row('5 original targets')).toContain('they are taken out of the load balancer');
		expect(user.rows.at(-1)).not.toContain('tab');
		user.press('tab', 'y');
		expect(user.effects).toMatchObject([
			{ request: { action: 'continue', wait: 'READY_WAIT' }, seenStatus: 'Ready' },
		]);
	});

	test.each([
		['TERMINATE', 'they are terminated now', 'cannot move the traffic back'],
		['KEEP_ALIVE', 'they are kept, and the deployment ends', 'aws deploy'],
	])('ends the termination wait of a deployment with %s', (onSuccess, outcome, note) => {
		const waiting = {
			...open,
			deployment: { status: 'InProgress', terminationWaitStarted: true, blueGreen: { onSuccess } },
		};
		const user = sitDown(inSize(pressed(ready(waiting), 'c'), 120, 36));
		expect(user.row('End the termination wait  d-')).toBeDefined();
		expect(user.row('5 original targets')).toContain(outcome);
		expect(user.row(note)).toBeDefined();
		user.press('y');
		expect(user.effects).toMatchObject([{ request: { wait: 'TERMINATION_WAIT' } }]);
	});

	test('is not offered where nothing can be continued', () => {
		expect(sitDown(inSize(running(), 120, 36)).rows.at(-1)).not.toContain('continue');
		expect(sitDown(inSize(lambda(), 120, 36)).rows.at(-1)).not.toContain('continue');
	});
});
