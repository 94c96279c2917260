import { describe, expect, test } from 'vitest';
import { selectSpoken } from '../../src/view/linear/spoken.ts';
import { answered, deployScreens, failedRelease, openRequest } from './support/deploy-stories.ts';
import { firing, rolledBack, type Telling } from './support/stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

const open: Telling = { session: { protectedPatterns: [] } };
const reading = (telling: Telling = open) => inSize(pressed(failedRelease(telling), 'b'), 120, 36);
const asked = (...keys: readonly string[]) => sitDown(pressed(answered(reading()), ...keys));

describe('a question that is still being read', () => {
	test('opens at once, asks for the plan, and takes no answer but Cancel', () => {
		const user = sitDown(inSize(failedRelease(open), 120, 36));
		user.press('b');
		const request = openRequest(user.state);
		expect(user.effects).toEqual([{ type: 'plan', request }]);
		expect(user.row('Reading what would be deployed')).toBeDefined();
		user.press('y', 'ctrl-o', 'tab', 'down');
		expect(openRequest(user.state)).toBe(request);
		expect(user.effects).toHaveLength(1);
		user.press('esc');
		expect(user.state.ui.confirmation).toBeUndefined();
	});

	test('takes no letter of the name either', () => {
		const user = sitDown(reading({}));
		user.type('prod-blue');
		user.press('enter');
		expect(user.state.ui.confirmation?.typed).toBe('');
		expect(user.effects).toEqual([]);
	});

	test('drops what comes for a question that is closed, or asks for another deployment by now', () => {
		const state = reading();
		const answer = answered(state);
		const plan = openRequest(answer).plan;
		if (!plan) throw new Error('there is no plan');
		const late = { type: 'plan.received', request: openRequest(state), plan } as const;
		const closed = sitDown(pressed(state, 'esc'));
		closed.hear(late);
		expect(closed.state.ui.confirmation).toBeUndefined();
		const older = sitDown(pressed(answer, 'tab'));
		older.hear(late);
		expect(openRequest(older.state).plan).toBeUndefined();
	});

	test('says why nothing could be read', () => {
		const user = sitDown(reading());
		const request = openRequest(user.state);
		user.hear({ type: 'plan.failed', request, problem: 'not allowed: codedeploy:GetDeploymentGroup' });
		expect(user.row('✗ not allowed: codedeploy:GetDeploymentGroup')).toBeDefined();
		user.press('y');
		expect(user.effects).toEqual([]);
	});
});

describe('a question that has been read', () => {
	test('is confirmed by y with what was chosen', () => {
		const user = asked('ctrl-t', 'ctrl-e', 'ctrl-e');
		user.press('y', 'y', 'ctrl-t', 'tab', 'esc');
		expect(user.row('the group is read again first')).toBeDefined();
		expect(user.effects).toMatchObject([
			{
				type: 'perform',
				request: { chosen: { ignoreApplicationStopFailures: true, fileExistsBehavior: 'RETAIN' } },
			},
		]);
	});

	test('goes through what can be returned to, keeps what was chosen, and stops at both ends', () => {
		const user = asked('shift-tab');
		expect(user.row('this is the newest deployment')).toBeDefined();
		user.press('ctrl-t', 'tab', 'tab', 'tab');
		expect(user.row('this is the oldest deployment')).toBeDefined();
		expect(openRequest(user.state)).toMatchObject({
			from: 'd-Z6ZHG59MC',
			chosen: { ignoreApplicationStopFailures: true },
		});
		expect(user.effects.map(({ type }) => type)).toEqual(['plan', 'plan']);
	});

	test('that something is in the way of says so to y, until it is out of the way', () => {
		const user = sitDown(inSize(answered(reading(), { alarms: { value: [firing] } }), 120, 36));
		user.press('y');
		expect(user.effects).toEqual([]);
		expect(user.row('cannot be done: alarm checkout-5xx')).toBeDefined();
		user.press('ctrl-o', 'y');
		expect(user.effects).toMatchObject([{ type: 'perform', request: { chosen: { overrideAlarms: true } } }]);
	});

	test('is scrolled where it is cut, and counts what is out of sight', () => {
		const user = sitDown(inSize(answered(reading()), 60, 15));
		expect(user.row('more lines')).not.toContain('↑');
		const cancel = user.row(' Cancel ');
		user.press('pgdn', 'down');
		expect(user.row('more lines')).toContain('↑');
		expect(user.row(' Cancel ')).toBe(cancel);
		user.press(...Array.from({ length: 20 }, () => 'pgdn'));
		expect(user.screen).not.toContain('more lines');
		user.press(...Array.from({ length: 20 }, () => 'pgup'));
		expect(user.row('more lines')).not.toContain('↑');
	});

	test('is read out when it opens, and then what an option changes', () => {
		const before = reading();
		const after = answered(before);
		const told = selectSpoken(before, after).lines;
		expect(told.join('\n')).toContain('then  build-4699');
		expect(told.at(-1)).toMatch(/^y: Roll back by hand\. Enter: cancel\. Tab: an older deployment\./);
		const turned = selectSpoken(after, pressed(after, 'ctrl-t')).lines;
		expect(turned.join('\n')).toContain('its failures do not count');
		expect(turned.length).toBeLessThan(6);
	});
});

describe('the keys on the screen', () => {
	test('b stops what runs and rolls back what has ended; r is there once it has', () => {
		const ended = sitDown(inSize(failedRelease(open), 200, 36));
		expect(ended.rows.at(-1)).toContain('r redeploy');
		const runs = sitDown(inSize(failedRelease({ ...open, deployment: { status: 'InProgress' } }), 200, 36));
		expect(runs.rows.at(-1)).not.toContain('redeploy');
		runs.press('b');
		expect(runs.row('Stop and roll back')).toBeDefined();
		runs.press('esc', 'r');
		expect(runs.row('the group is busy with this deployment (InProgress)')).toBeDefined();
	});

	test('after an automatic rollback b goes further back, with a warning', () => {
		const { latest } = openRequest(answered(reading())).plan ?? {};
		if (!latest) throw new Error('there is no newest deployment');
		const state = inSize(pressed(rolledBack(open), 'b'), 120, 36);
		const rollback = { triggeringDeploymentId: latest.id };
		const user = sitDown(
			answered(state, {
				latest: { ...latest, id: openRequest(state).deploymentId, status: 'Succeeded', rollback },
			}),
		);
		expect(user.row('back already: this goes back further')).toBeDefined();
	});

	test('what the preflight has found stands in the question', () => {
		const { redeploy = failedRelease } = deployScreens;
		const user = sitDown(inSize(redeploy(), 120, 36));
		expect(user.row('✗ Targets: 2 of 24 instances are stopped')).toBeDefined();
		expect(user.row('▲ Validation by a hook')).toBeDefined();
	});
});
