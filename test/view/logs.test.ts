import { describe, expect, test } from 'vitest';
import { asTargetId } from '../../src/domain/ids.ts';
import { host, inPlaceEvents, lineEndings } from './support/cast.ts';
import { fleet, running, tell } from './support/stories.ts';
import { ecs, lambda } from './support/traffic-stories.ts';
import { inSize, pressed, sitDown } from './support/user.ts';

/** The log of the host that never got ready: 18 lines, the error near the end. */
const open = (columns = 80, rows = 15) => sitDown(inSize(pressed(running(), 'n', 'n', 'l'), columns, rows));

/** 60 lines, with an error at 10, 30 and 50. */
function openNoisy() {
	const lines = Array.from({ length: 60 }, (_, n) =>
		n % 20 === 10 ? `[stderr]Error: number ${n}` : `[stdout]line ${n}`,
	);
	const diagnostics = { ...lineEndings, logTail: lines.join('\n') };
	const target = host(1, 'Failed', { at: 'Install', status: 'Failed', diagnostics });
	return sitDown(inSize(pressed(running({ targets: [target] }), 'l'), 80, 15));
}

describe('a log', () => {
	test('opens at its first error, with the three lines that led to it', () => {
		const user = openNoisy();
		expect(user.rows[3]).toContain('line 7');
		expect(user.rows[6]).toContain('Error: number 10');
		expect(user.row('Log ')).toMatch(/3 errors.*27 %$/);
		expect(open().row('Log ')).toMatch(/ValidateService.*1 error.*end$/);
	});

	test('without an error opens at its end', () => {
		const quiet = {
			...lineEndings,
			logTail: Array.from({ length: 30 }, (_, n) => `[stdout]step ${n}`).join('\n'),
		};
		const target = host(1, 'Failed', { at: 'Install', status: 'Failed', diagnostics: quiet });
		const user = sitDown(inSize(pressed(running({ targets: [target] }), 'l'), 80, 15));
		expect(user.row('step 29')).toBeDefined();
		expect(user.screen).not.toContain('step 5');
	});

	test('tells standard error from standard output, and the times of agent 2 from the text', () => {
		const user = open(120, 36);
		expect(user.row('curl: (7)')).toBe(
			'17 ▌ 2026-11-23 12:01:40 curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused'.padStart(
				107,
			),
		);
		expect(user.row('attempt 1:')).toContain(' 3   2026-11-23 12:01:10 attempt 1');
		const first = sitDown(inSize(pressed(running(), 'n', 'l'), 120, 36));
		expect(first.row('preparing')).toBe(' 3   preparing /var/www');
		expect(first.row('cold')).toBe(' 4 ▌ warning: cache is cold');
	});

	test('wraps long lines beside their gutter, or cuts them', () => {
		const user = open();
		const at = user.rows.findIndex(row => row.includes('curl: (7)'));
		expect(user.rows[at + 1]).toMatch(/^ {6}\S/);
		user.press('w');
		expect(user.row('Log ')).toContain('not wrapped');
		expect(user.row('curl: (7)')).toMatch(/…$/);
		user.press('w');
		expect(user.row('Log ')).not.toContain('not wrapped');
	});

	test('scrolls by line, half page and page, and stops at both ends', () => {
		const user = open();
		user.press('g');
		expect(user.rows[3]).toContain('LifecycleEvent - ValidateService');
		user.press('k');
		expect(user.rows[3]).toContain('LifecycleEvent');
		user.press('j', 'j');
		expect(user.rows[3]).toContain('attempt 1:');
		user.press('G', 'j', 'space');
		expect(user.row('giving up soon')).toBeDefined();
		user.press('pgup', 'pgup', 'ctrl-u');
		expect(user.rows[3]).toContain('LifecycleEvent');
		expect(user.row('Log ')).toMatch(/top$/);
	});

	test('] and [ go from error to error, and say when there is no more', () => {
		const user = openNoisy();
		expect(user.rows[6]).toContain('number 10');
		user.press(']');
		expect(user.rows[6]).toContain('number 30');
		user.press(']', ']');
		expect(user.row('that was the last one')).toBeDefined();
		expect(user.rows[6]).toContain('number 50');
		user.press('[', '[', '[');
		expect(user.rows[6]).toContain('number 10');
		expect(user.row('that was the first one')).toBeDefined();
	});

	test('is searched whatever the case, from hit to hit', () => {
		const user = open();
		user.press('g', '/');
		user.type('READY');
		user.press('enter');
		expect(user.row('Log ')).toContain('14 hits for “READY”');
		expect(user.rows[3]).toContain('LifecycleEvent');
		user.press('n');
		expect(user.rows[3]).toContain('Script - ');
		for (let hit = 0; hit < 12; hit++) user.press('n');
		expect(user.row('that was the last one')).toBeDefined();
		user.press('N');
		expect(user.row('attempt 1')).toBeDefined();
		user.press('/', 'ctrl-u');
		user.type('no such thing');
		user.press('enter');
		expect(user.row('“no such thing” is not in here')).toBeDefined();
		user.press('n');
		expect(user.row('no hit: / searches')).toBeDefined();
	});

	test('y copies what it was moved to: the error, the hit, else the line at the top', () => {
		const user = open();
		user.press('y', 'g', 'y', '/');
		user.type('attempt 3');
		user.press('enter', 'y');
		expect(user.effects.map(effect => (effect.type === 'copy' ? effect.text : ''))).toEqual([
			'2026-11-23 12:01:40 curl: (7) Failed to connect to localhost port 8080 after 0 ms: Connection refused',
			'2026-11-23 12:00:48 LifecycleEvent - ValidateService',
			'2026-11-23 12:01:12 attempt 3: not ready',
		]);
	});
});

describe('a target without a log says why, and what to do instead', () => {
	const logOf = (...keys: readonly string[]) =>
		sitDown(inSize(pressed(running(), ...keys, 'l'), 140, 30)).screen;

	test('when nothing has failed', () => {
		const user = sitDown(
			inSize(pressed(running({ targets: [host(1, 'InProgress', { at: 'Install' })] }), 'l'), 140, 30),
		);
		expect(user.screen).toContain('the agent sends a log only when one does. It is at Install (InProgress).');
		expect(user.screen).toContain(
			'/opt/codedeploy-agent/deployment-root/8a10970e-39c1-4f10-a8f4-1a2b3c4d5e6f/d-9FG52BI40/logs/scripts.log',
		);
	});

	test('when nothing has started', () => {
		const user = sitDown(inSize(pressed(running({ targets: [host(1, 'Pending')] }), 'l'), 140, 30));
		expect(user.screen).toContain('Nothing has started there yet.');
	});

	test('when the load balancer was waited for', () => {
		expect(logOf('n', 'n', 'n', 'n')).toContain('Look at the health checks of its target group.');
	});

	test('when the agent never answered', () => {
		const message =
			'CodeDeploy agent was not able to receive the lifecycle event. Check the CodeDeploy agent logs on your host and make sure the agent is running and can connect to the CodeDeploy server.';
		const diagnostics = { errorCode: 'UnknownError', scriptName: '', message, logTail: '' };
		const silent = host(1, 'Failed', { at: 'ApplicationStop', status: 'Failed', diagnostics });
		const user = sitDown(inSize(pressed(tell({ targets: [silent] }), 'l'), 140, 30));
		expect(user.screen).toContain('The agent never picked the event up');
	});

	test('when the script wrote nothing, or too long a line', () => {
		const diagnostics = { ...lineEndings, logTail: '' };
		const mute = host(1, 'Failed', { at: 'AfterInstall', status: 'Failed', diagnostics });
		const user = sitDown(inSize(pressed(tell({ targets: [mute] }), 'l'), 140, 30));
		expect(user.screen).toContain('AfterInstall failed (exit 127), but no log came with it.');
		expect(user.screen).toContain('one line of it was longer than 2 KB');
	});

	test('when the stop cut it short', () => {
		const cut = host(1, 'Failed', { at: 'Install', status: 'Failed' });
		const user = sitDown(
			inSize(pressed(tell({ targets: [cut], deployment: { status: 'Stopped' } }), 'l'), 140, 30),
		);
		expect(user.screen).toContain(
			'Install was running here when the deployment was stopped, and was cut short.',
		);
	});

	test('when hooks are Lambda functions', () => {
		expect(sitDown(inSize(pressed(ecs(), 'l'), 140, 30)).screen).toContain('events of the ECS service');
		expect(sitDown(inSize(pressed(lambda(), 'l'), 140, 30)).screen).toContain(
			"read the hook function's log group",
		);
	});
});

describe('the target screen', () => {
	test('sets what an event took beside what its peers took', () => {
		const slow = host(30, 'InProgress', { at: 'AllowTraffic', from: 0 });
		const user = sitDown(inSize(running({ targets: [...fleet, slow] }), 120, 36));
		user.press('/');
		user.type(slow.id);
		user.press('enter', 'enter');
		expect(user.row('▸ AllowTraffic')).toMatch(/InProgress 12:00:38 +0:52 +0:12$/);
	});

	test('leaves the peers out where there are none', () => {
		const user = sitDown(inSize(pressed(ecs(), 'enter'), 120, 36));
		expect(user.row('✓ Install ')).toMatch(/0:08$/);
		expect(user.row('✓ Install ')).not.toMatch(/0:08 +0:08$/);
	});

	test('gives the events all the room where nothing has failed, and half where there is a log', () => {
		const rowsOfEvents = (...keys: readonly string[]) =>
			sitDown(inSize(pressed(running(), ...keys, 'enter'), 80, 24)).rows.filter(row =>
				/^ [✓✗╌] [A-Z]\w+ +(Succeeded|Failed|Skipped)/.test(row),
			).length;
		expect(rowsOfEvents('G')).toBe(13);
		expect(rowsOfEvents('n')).toBe(5);
		const quiet = sitDown(inSize(pressed(running(), 'G', 'enter'), 120, 36));
		expect(quiet.row('LOG')).not.toContain('2 KB');
	});

	test('moves over events, and opens the log of the one that is chosen', () => {
		const user = sitDown(inSize(pressed(running(), 'n', 'enter'), 120, 36));
		user.press('g');
		expect(user.state.ui.screens.at(-1)).toMatchObject({ event: inPlaceEvents[0] });
		user.press('j', 'j', 'G', 'k', 'l');
		expect(user.row('Log ')).toContain('AllowTraffic');
		user.press('esc', 'esc');
		expect(user.state.ui.screens).toHaveLength(1);
	});

	test('copies the command to look at the whole log on the host', () => {
		const user = sitDown(pressed(running(), 'n', 'enter'));
		user.press('y');
		expect(user.effects).toEqual([
			{
				type: 'copy',
				text: 'sudo less /opt/codedeploy-agent/deployment-root/8a10970e-39c1-4f10-a8f4-1a2b3c4d5e6f/d-9FG52BI40/logs/scripts.log',
				what: 'the command for the host',
			},
		]);
	});

	test('names a target without an event', () => {
		const bare = { ...host(1, 'Unknown'), id: asTargetId('on-premises-7'), events: [] };
		const user = sitDown(inSize(pressed(tell({ targets: [bare] }), 'enter'), 80, 24));
		expect(user.row('on-premises-7')).toContain('Unknown');
	});
});
