import { describe, expect, test } from 'vitest';
import { rolledBack, running, watchedId } from './support/stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

describe('go to', () => {
	const going = (text: string) => {
		const user = sitDown(inSize(pressed(running(), ':'), 120, 36));
		user.type(text);
		user.press('enter');
		return user;
	};

	test.each([
		'd-ABCDEF123',
		'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-ABCDEF123?region=eu-west-1',
		'{ "deploymentId": "d-ABCDEF123" }',
	])('%s', text => {
		const user = going(text);
		expect(user.state.scope).toEqual({ epoch: 1, deploymentId: 'd-ABCDEF123' });
		expect(user.effects).toEqual([{ type: 'refresh' }]);
		expect(user.row('asking CodeDeploy for d-ABCDEF123')).toBeDefined();
	});

	test.each([
		['checkout', 'no deployment id in it (d-XXXXXXXXX), nor an application/group'],
		['d-ABCDEF123 d-ABCDEF124', 'more than one deployment id in it'],
	])('%s stays in the prompt with the problem until it is mended', (text, problem) => {
		const user = going(text);
		expect(user.row(problem)).toContain(`${text}│`);
		user.press('backspace');
		expect(user.screen).not.toContain(problem);
		user.press('esc');
		expect(user.state.scope.deploymentId).toBe(watchedId);
	});

	test('nowhere, or where one is already, changes nothing', () => {
		for (const text of ['', '   ', watchedId]) {
			const user = going(text);
			expect(user.state.scope.epoch).toBe(0);
			expect(user.state.ui.prompt).toBeUndefined();
		}
	});
});

describe('leaving', () => {
	test('Esc goes back screen by screen, and on the first one leads to the fleet, if there is one', () => {
		const user = sitDown(pressed(running(), 'enter', 'l', 'i', '?', 'esc', 'esc', 'esc', 'esc'));
		expect(user.state.ui.screens).toHaveLength(1);
		const before = user.state;
		user.press('esc');
		expect(user.state.ui).toEqual(before.ui);
		expect(user.effects).toEqual([{ type: 'leave' }]);
		expect(user.row('? help')).not.toContain('fleet');
		const opened = sitDown(running({ session: { openedFrom: 'fleet' } }));
		expect(opened.row('? help')).toContain('esc fleet');
	});

	test.each([[[]], [['enter']], [['l']], [['i']], [['a']], [['?']], [['!']]])('q quits after %j', keys => {
		const user = sitDown(pressed(running(), ...keys));
		user.press('q');
		expect(user.effects).toEqual([{ type: 'quit' }]);
	});

	test.each([['/'], ['s'], [':']])('ctrl-c quits even from %s', key => {
		const user = sitDown(pressed(running(), key));
		user.press('ctrl-c');
		expect(user.effects).toEqual([{ type: 'quit' }]);
	});
});

describe('elsewhere', () => {
	test('O opens the console, R asks now', () => {
		const user = sitDown(running());
		user.press('O', 'R');
		expect(user.effects).toEqual([
			{
				type: 'browse',
				url: 'https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-9FG52BI40?region=eu-west-1',
			},
			{ type: 'refresh' },
		]);
		expect(user.row('asking AWS now')).toBeDefined();
	});

	test('notices leave the screen after a while, and stay in the messages', () => {
		const user = sitDown(pressed(running(), 'R'));
		user.hear({ type: 'clock.ticked', now: user.state.now + 8_000 });
		expect(user.screen).not.toContain('asking AWS now');
		user.press('!');
		expect(user.row('asking AWS now')).toMatch(/^ 12:01:30/);
	});

	test('messages without any say so', () => {
		expect(sitDown(pressed(running(), '!')).row('nothing has happened that needed to be said')).toBeDefined();
	});

	test('details tell all about the deployment, and copy its id', () => {
		const user = sitDown(inSize(pressed(rolledBack(), 'i'), 120, 60));
		for (const row of [
			/^ configuration +CodeDeployDefault\.HalfAtATime$/,
			/^ minimum healthy hosts +50 % of the fleet$/,
			/^ revision +s3:\/\/acme-artifacts\/releases\/checkout-api\/build-4711\.zip$/,
			/^ you are +arn:aws:sts::123456789012:assumed-role\/Engineer\/kim$/,
			/^ automatic rollback +on DEPLOYMENT_FAILURE, DEPLOYMENT_STOP_ON_ALARM$/,
			/^ rolled back by +d-VJ4GEQJRT$/,
			/^ completed +2026-11-23 12:01:33 \+00:00$/,
			/^ elapsed +1m33s$/,
		]) {
			expect(user.row(row)).toBeDefined();
		}
		user.press('y');
		expect(user.effects).toMatchObject([{ text: watchedId }]);
	});
});
