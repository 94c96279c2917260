import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../src/domain/ids.ts';
import { hostLogRows } from '../../src/view/host-log-rows.ts';
import { logScreens } from './support/log-stories.ts';
import { running } from './support/stories.ts';
import { ecs, lambda } from './support/traffic-stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

const id = asDeploymentId('d-9FG52BI40');
const at = (name: keyof typeof logScreens, columns = 120, rows = 36) =>
	sitDown(inSize(logScreens[name](), columns, rows));
const textOf = (rows: ReturnType<typeof hostLogRows>['rows']) =>
	rows.map(row => row.text.map(({ text }) => text).join(''));

describe('keys on the log screen', () => {
	test('what is looked at is wanted, and left with the screen, its source or another screen above it', () => {
		const user = sitDown(inSize(pressed(running(), 'n', 'l'), 120, 36));
		const wanted = () =>
			[...(user.state.rollouts.get(user.state.scope.deploymentId)?.logs.values() ?? [])]
				.filter(({ isWanted }) => isWanted)
				.map(({ source }) => source);
		expect(wanted()).toEqual([]);
		user.press('tab');
		expect(wanted()).toEqual(['scripts']);
		user.press('tab');
		expect(wanted()).toEqual(['agent']);
		user.press('?');
		expect(wanted()).toEqual([]);
		user.press('esc');
		expect(wanted()).toEqual(['agent']);
		user.press('shift-tab', 'shift-tab');
		expect(wanted()).toEqual([]);
		user.press('shift-tab', 'esc');
		expect(wanted()).toEqual([]);
	});

	test('↵ lets commands be run only where one is shown', () => {
		const user = at('log-not-allowed');
		user.press('enter');
		expect(user.state.hostCommandsAllowed).toBe(true);
		for (const name of ['log-shipped', 'log-by-hand', 'log-looking', 'log-gone'] as const) {
			const other = at(name);
			other.press('enter');
			expect(other.state.hostCommandsAllowed).toBe(false);
		}
		const byHand = at('log-by-hand');
		byHand.press('enter');
		expect(byHand.row('not run from here')).toContain('Systems Manager does not manage the host');
	});

	test('y copies the command while there is no log, and a line of it when there is', () => {
		const copied = (name: keyof typeof logScreens) => {
			const user = at(name);
			user.press('y');
			return user.effects.map(effect => (effect.type === 'copy' ? effect.text : ''));
		};
		expect(copied('log-by-hand')).toEqual(['sudo less /var/log/aws/codedeploy-agent/codedeploy-agent.log']);
		expect(copied('log-not-allowed')[0]).toMatch(/^tail -c 20000 /);
		expect(copied('log-shipped')[0]).toContain('required file not found');
	});

	test('F follows a log that is shipped, until the user goes elsewhere in it', () => {
		const user = at('log-shipped', 80, 10);
		user.press('F');
		expect(user.row('scripts.log')).toMatch(/following · end$/);
		user.press('j');
		expect(user.row('scripts.log')).toContain('following');
		user.press('k');
		expect(user.row('scripts.log')).not.toContain('following');
		user.press('F', 'F');
		expect(user.row('scripts.log')).not.toContain('following');
		user.press('F', '/');
		user.type('keeping');
		user.press('enter');
		expect(user.row('scripts.log')).not.toContain('following');
	});

	test('F says why what does not grow cannot be followed', () => {
		const user = at('log-of-agent');
		user.press('F');
		expect(user.row('the host was asked once: R reads it again')).toBeDefined();
		const tail = sitDown(inSize(pressed(running(), 'n', 'l'), 120, 36));
		tail.press('F');
		expect(tail.row('the tail came with the failure')).toBeDefined();
	});
});

describe('a log of a host', () => {
	test('is parsed once for a text', () => {
		const text = '2026-11-23 12:00:00 [stdout]one';
		expect(hostLogRows('scripts', text, id)).toBe(hostLogRows('scripts', text, id));
	});

	test('of all deployments shows only this one, and says how much it leaves out', () => {
		const text = [
			'# Logfile created on 2026-11-23 12:00:00 +0000 by logger.rb/v1.5.0',
			'[2026-11-23 12:00:00.000] [d-OTHER0000][stdout]not mine',
			`[2026-11-23 12:00:01.000] [${id}][stderr]mine`,
		].join('\n');
		const { rows, leftOut } = hostLogRows('deployments', text, id);
		expect(textOf(rows)).toEqual(['2026-11-23 12:00:01.000 mine']);
		expect(leftOut).toBe(1);
	});

	test('cuts a line that nobody could read, and says how much of it is left', () => {
		const { rows } = hostLogRows('scripts', 'x'.repeat(5_000), id);
		expect(textOf(rows)[0]).toMatch(/^x{4000} … 1000 more characters$/);
	});

	test('opens at the first error of this deployment, however many there were before', () => {
		const entry = (time: string, level: string, text: string) =>
			`2026-11-23T${time} ${level.padEnd(5)} [codedeploy-agent(1)]: ${text}`;
		const command = btoa(JSON.stringify({ deploymentId: `arn:aws:x/${id}`, commandName: 'Install' }));
		const lines = [
			entry('11:00:00', 'ERROR', 'of the day before'),
			entry('11:59:00', 'INFO', `put_host_command_acknowledgement(host_command_identifier:"${command}")`),
			entry('11:59:01', 'ERROR', 'the cause'),
			entry('11:59:02', 'ERROR', 'what came of it'),
		];
		const focus = (log: readonly string[]) =>
			hostLogRows('agent', log.join('\n'), id).rows.findIndex(row => row.isFocus);
		expect(focus(lines)).toBe(2);
		// Without a word of the deployment: where the last trouble began.
		expect(focus(lines.toSpliced(1, 1))).toBe(1);
		expect(focus(lines.slice(0, 2))).toBe(0);
		expect(focus(lines.slice(1, 2))).toBe(-1);
	});
});

describe('where there are no hosts', () => {
	test.each([
		['ecs', ecs],
		['lambda', lambda],
	])('Tab on %s says so, and the hooks’ log groups are named by the AppSpec', (_name, story) => {
		const user = sitDown(inSize(pressed(story(), 'l'), 140, 30));
		user.press('tab');
		expect(user.row('there is no host')).toBeDefined();
		expect(user.row('? help')).not.toContain('tab ');
		const content = JSON.stringify({ Hooks: [{ AfterAllowTraffic: 'smoke-test' }] });
		const { deploymentId } = user.state.scope;
		user.hear({ type: 'appSpec.received', id: deploymentId, content, at: user.state.now });
		expect(user.row('/aws/lambda/smoke-test')).toContain('AfterAllowTraffic');
	});
});
