import { describe, expect, test } from 'vitest';
import type { ShellEnd } from '../../src/actions/shell-end.ts';
import type { ShellProgram } from '../../src/ui/run-shell.ts';
import { launch } from '../support/app.ts';

const unprotected = { protect: [] };

/** A program that has the terminal until it is told how it ended. */
function createShell() {
	const started: string[] = [];
	let finish: (end: ShellEnd) => void = () => {};
	const shell: ShellProgram = (words, signal) => {
		started.push(words.join(' '));
		return new Promise(resolve => {
			finish = resolve;
			signal.addEventListener('abort', () => resolve({ type: 'cut-short' }), { once: true });
		});
	};
	return { started, shell, finish: (exitCode: number) => finish({ type: 'ended', exitCode, stderr: '' }) };
}

describe('x', () => {
	test('opens a shell on the host under the cursor; polling goes on, keys do not, and the screen comes back', async () => {
		const { started, shell, finish } = createShell();
		await using app = await launch('healthy', { common: unprotected, shell, columns: 200 });
		await app.advanceUntil('AfterInstall', 60);
		const host = /(i-[0-9a-f]{17})/.exec(app.selectedRow ?? app.row(/^.. i-/))?.[1] ?? '';
		expect(app.look('x shell').bold).toBe(true);
		await app.press('x');
		expect(started).toEqual([`aws ssm start-session --target ${host} --region eu-west-1`]);
		expect(app.terminal.screen.isAlternate).toBe(false);
		expect(app.terminal.stdin.isRaw).toBe(false);
		expect(app.row(`rollcall: a shell on ${host}`)).toContain('checkout-api / prod-blue');
		const asked = app.simulator.callsTo('GetDeployment').length;
		await app.burst('qq?sy');
		await app.advance(30);
		expect(app.simulator.callsTo('GetDeployment').length).toBeGreaterThan(asked + 3);
		expect(app.shows('LIFECYCLE')).toBe(false);
		finish(0);
		await app.settle();
		expect(app.terminal.screen.isAlternate).toBe(true);
		expect(app.terminal.stdin.isRaw).toBe(true);
		await app.advance(1);
		expect(app.row('back from')).toContain(`back from ${host} after 30s`);
		expect(app.state.ui.screens.map(({ type }) => type)).toEqual(['deployment']);
		expect(app.state.ui.confirmation).toBeUndefined();
		expect(app.audited).toMatchObject([
			{
				outcome: 'sending',
				action: 'Open a shell',
				target: host,
				identity: expect.stringContaining('arn:aws:sts'),
			},
			{ outcome: 'accepted', detail: `back from ${host} after 30s` },
		]);
		await app.press('?');
		expect(app.shows('open the target')).toBe(true);
	});

	test.each([
		['target', ['j', 'Enter']],
		['log', ['j', 'l']],
		['checklist', ['j', 'Enter', 'D']],
	])('on the %s screen means its target', async (_screen, keys) => {
		const { started, shell, finish } = createShell();
		await using app = await launch('healthy', { common: unprotected, shell });
		await app.advanceUntil('AfterInstall', 60);
		await app.press('j');
		const host = /(i-[0-9a-f]{17})/.exec(app.selectedRow ?? '')?.[1] ?? 'none';
		await app.press(...keys.slice(1), 'x');
		expect(started[0]).toContain(`--target ${host} `);
		finish(0);
		await app.settle();
	});

	test('opens one shell, however often it is pressed', async () => {
		const { started, shell, finish } = createShell();
		await using app = await launch('healthy', { common: unprotected, shell });
		await app.advanceUntil('AfterInstall', 60);
		await app.burst('xxx');
		finish(0);
		await app.advance(1);
		expect(started).toHaveLength(1);
	});

	test('without the AWS CLI says what is missing, and leaves a line', async () => {
		await using app = await launch('healthy', { common: unprotected });
		await app.advanceUntil('AfterInstall', 60);
		await app.press('x');
		await app.advance(1);
		expect(app.row('no shell')).toContain('the AWS CLI is not installed');
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'failed']);
	});

	test.each([
		['in a read-only session', 'healthy', { readOnly: true }, 'read-only session'],
		['on an ECS service', 'ecs-canary', {}, 'an ECS service is no host'],
		['on a Lambda function', 'lambda-linear', {}, 'a Lambda function is no host'],
	] as const)(
		'%s is refused before anything is started, and its key is dim',
		async (_what, story, more, why) => {
			const { started, shell } = createShell();
			await using app = await launch(story, { common: { ...unprotected, ...more }, shell, columns: 200 });
			await app.advanceUntil(/^.. \S+:?/, 60);
			await app.advance(10);
			expect(app.look('x shell').bold).toBe(false);
			await app.press('x');
			expect(app.row('no shell')).toContain(why);
			expect([started, app.audited]).toEqual([[], []]);
			expect(app.terminal.screen.isAlternate).toBe(true);
		},
	);

	test('when rollcall has to end meanwhile, the shell ends first', async () => {
		const { started, shell } = createShell();
		const app = await launch('healthy', { common: unprotected, shell });
		await app.advanceUntil('AfterInstall', 60);
		await app.press('x');
		expect(started).toHaveLength(1);
		await app[Symbol.asyncDispose]();
		expect(app.audited.map(({ outcome }) => outcome)).toEqual(['sending', 'unknown']);
		expect(app.terminal.screen.isAlternate).toBe(false);
		expect(app.terminal.stdin.isRaw).toBe(false);
	});
});
