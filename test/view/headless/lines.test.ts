import { describe, expect, test } from 'vitest';
import { asDeploymentId } from '../../../src/domain/ids.ts';
import { emptyTally } from '../../../src/domain/tally.ts';
import type { AppState } from '../../../src/monitor/state.ts';
import { heartbeatLine, waitingFor } from '../../../src/view/headless/heartbeat.ts';
import { mergeListed } from '../../../src/view/headless/list-json.ts';
import { listTable } from '../../../src/view/headless/list-table.ts';
import { endingLine } from '../../../src/view/headless/outcome.ts';
import { briefProblem, briefStatus } from '../../../src/view/headless/status-brief.ts';
import { statusLine } from '../../../src/view/headless/status-line.ts';
import { statusLines } from '../../../src/view/headless/status-text.ts';
import { tmuxMarkup } from '../../../src/view/headless/tmux-markup.ts';
import { type Segment, segment } from '../../../src/view/line.ts';
import { host, hostId, noon } from '../support/cast.ts';
import { deployment, rollbackId, rolledBack, running, tell, watchedId } from '../support/stories.ts';
import { ecs, ready } from '../support/traffic-stories.ts';

const textOf = (segments: readonly Segment[]): string => segments.map(({ text }) => text).join('');
const brief = (state: AppState, width = 40): string =>
	textOf(briefStatus(state, state.scope.deploymentId, width));

describe('a few lines', () => {
	test('tell how far it is, what it heads for, what fails, what fires, and who started it', () => {
		expect(statusLines(running(), watchedId, [{ what: 'alarms', why: 'no answer yet' }])).toEqual([
			'▸ d-9FG52BI40  checkout-api / prod-blue  InProgress for 1m30s',
			expect.stringMatching(/^ {2}10\/24 succeeded · 5 failed · 3 running · 6 pending · ≈ \S+ left$/),
			'  fails after ≈ 7 more failures · HalfAtATime · rolls back by itself',
			`  ✗ AfterInstall scripts/after_install.sh exit 127 on 3 targets: ${hostId(1)}, ${hostId(3)}, ${hostId(5)}`,
			'      Windows line endings in the script (crlf-line-endings)',
			'      scripts/after_install.sh: cannot execute: required file not found',
			expect.stringMatching(/^ {6}→ Look at the script's first line/),
			'    and 2 other kinds of failure',
			expect.stringMatching(/^ {2}▲ ALARM checkout-5xx · 7\.2 > 5 · since 2026-11-23 \d\d:01$/),
			'  ? alarm checkout-queue-depth does not exist',
			expect.stringMatching(
				/^ {2}started by a user at 2026-11-23 \d\d:\d\d · build-4711 · “Gift cards at checkout”$/,
			),
			'  ? alarms not read: no answer yet',
		]);
	});

	test('tell the traffic of ECS, and what a blue/green deployment waits for', () => {
		const shifting = ecs();
		expect(statusLines(shifting, shifting.scope.deploymentId, [])[1]).toMatch(/% of the traffic moved/);
		const waiting = ready();
		expect(statusLines(waiting, waiting.scope.deploymentId, []).join('\n')).toContain(
			'waiting for somebody to reroute the traffic',
		);
	});

	test('tell the way back', () => {
		expect(statusLines(rolledBack(), watchedId, []).join('\n')).toContain(
			`rolled back by ${rollbackId}  Succeeded after 55s · 24/24 succeeded`,
		);
	});
});

describe('one line', () => {
	test('tells the most important first', () => {
		expect(statusLine(running(), watchedId)).toMatch(
			/^▸ checkout-api \/ prod-blue d-9FG52BI40 InProgress for 1m30s · 10\/24 succeeded .* · ▲ ALARM checkout-5xx · ✗ AfterInstall .*: Windows line endings in the script \(crlf-line-endings\)$/,
		);
		expect(statusLine(rolledBack(), watchedId)).toMatch(/ · rolled back by d-VJ4GEQJRT Succeeded$/);
	});
});

describe('a status bar', () => {
	test.each([
		[running(), 40, /^✗5 10\/24 checkout-api ≈\S+$/],
		[running(), 14, '✗5 10/24 chec…'],
		[running(), 9, '✗5 10/24'],
		[running(), 3, '✗5'],
		[tell({ targets: [host(1, 'Succeeded'), host(2, 'Pending')] }), 24, '▸ 1/2 checkout-api ≈1m'],
		[rolledBack(), 60, '✗ Failed 10/24 ↩ ✓ Succeeded checkout-api'],
		[ready(), 40, /^◆ Ready /],
		[ecs(), 40, /^▸ \d+ % /],
		[tell({ deployment: { status: 'Created' } }), 40, '· Created checkout-api'],
	])('is told in few cells %#', (state, width, expected) => {
		const text = brief(state, width);
		expect(text.length).toBeLessThanOrEqual(width);
		if (typeof expected === 'string') expect(text).toBe(expected);
		else expect(text).toMatch(expected);
	});

	test('is told what keeps it from knowing', () => {
		expect(textOf(briefProblem('checkout-api', 'expired', 40))).toBe('? checkout-api expired');
		expect(textOf(briefProblem('checkout-api', 'network', 20))).toBe('? checkou… no answer');
		expect(textOf(briefProblem('checkout-api', 'network', 8))).toBe('? check…');
	});

	test('gets colours, and no name can style, run or look up anything', () => {
		expect(tmuxMarkup([segment('✗2', 'failed'), segment(' 17/40 '), segment('a')])).toBe(
			'#[fg=red]✗2#[default] 17/40 a',
		);
		const hostile = 'a#(touch /tmp/x)#{pane_id}#[fg=red]##';
		const markup = tmuxMarkup([segment(hostile), segment('!', 'attention')]);
		expect(markup).toBe('a##(touch /tmp/x)##{pane_id}##[fg=red]#### #[fg=yellow]!#[default]');
	});
});

describe('a sign of life', () => {
	test('tells how it stands and what is waited for', () => {
		expect(heartbeatLine(running(), watchedId, 'succeeded')).toMatch(
			/^\d\d:01:30 {2}· d-9FG52BI40 InProgress for 1m30s {2}10\/24 succeeded · 5 failed · 3 running · 6 pending · ≈ \S+ left · waiting for ApplicationStart on 1 target, BlockTraffic on 1, AllowTraffic on 1$/,
		);
		expect(waitingFor(running(), watchedId, { event: 'allowtraffic' })).toBe(
			'waiting for AllowTraffic: done on 10 of 24',
		);
		expect(waitingFor(running(), watchedId, 'ready')).toBe('waiting until it is ready to take the traffic');
	});

	test('does not pass off an old picture as new', () => {
		const state = running();
		expect(waitingFor({ ...state, now: state.now + 52_000 }, watchedId, 'succeeded')).toMatch(
			/^waiting for AWS · picture of 5\d s ago$/,
		);
	});

	test('tells of a rollback that runs, and of AWS that does not answer', () => {
		const undoing = rolledBack({}, { status: 'InProgress', overview: { ...emptyTally, pending: 24 } });
		expect(waitingFor(undoing, watchedId, 'succeeded')).toBe(
			`waiting for the rollback ${rollbackId} InProgress 0/24 succeeded · 24 pending`,
		);
		const failure = { kind: 'expired', operation: 'GetDeployment', code: 'X', detail: '' } as const;
		const lost = running({
			also: [{ type: 'part.failed', id: watchedId, part: 'deployment', failure, at: noon + 90_000 }],
		});
		expect(waitingFor(lost, watchedId, 'succeeded')).toMatch(/^credentials expired: run aws sso login/);
	});
});

describe('what a summary leaves open', () => {
	const goal = { event: 'AllowTraffic' };
	test.each([
		['timed-out', running(), '  gave up after 1m30s: the deployment goes on'],
		['timed-out', rolledBack(), '  gave up after 1m30s: the rollback is not known to have ended'],
		['interrupted', running(), '  no longer watched: the deployment goes on'],
		['interrupted', rolledBack(), undefined],
		['reached', running(), '  AllowTraffic is done on all targets: the deployment goes on'],
		['ended', rolledBack(), undefined],
	] as const)('%s %#', (outcome, state, expected) => {
		expect(endingLine(outcome, state, watchedId, { goal, timeoutMs: 90_000 })).toBe(expected);
	});

	test('names an event as AWS does, however it was asked for', () => {
		const line = endingLine('reached', running(), watchedId, { goal: { event: 'allowtraffic' } });
		expect(line).toBe('  AllowTraffic is done on all targets: the deployment goes on');
	});
});

describe('a table', () => {
	const place = { label: 'prod', region: 'eu-west-1', profile: 'prod', problem: undefined };
	const rows = mergeListed(
		[
			{
				...place,
				deployments: [
					deployment({ overview: { ...emptyTally, succeeded: 10, failed: 2 } }),
					deployment({
						id: asDeploymentId('d-OTHER0000'),
						group: 'staging',
						status: 'Succeeded',
						createdAt: noon,
						completedAt: noon + 60_000,
						rollback: { triggeringDeploymentId: watchedId },
					}),
				],
			},
		],
		10,
	);
	const table = (width?: number, hasPlaces = true) =>
		listTable(rows, { now: noon + 90_000, width, hasPlaces });

	test('has its columns aligned, the newest first', () => {
		const lines = table();
		expect(lines[0]).toMatch(
			/^STATUS {8}DEPLOYMENT {3}APPLICATION \/ GROUP {8}DONE {2}FAILED {3}TOOK {2}CREATED +BY +ROLLBACK +PLACE$/,
		);
		expect(lines[1]).toMatch(
			/^✓ Succeeded {3}d-OTHER0000 {2}checkout-api \/ staging .* user +of d-9FG52BI40 +prod$/,
		);
		expect(lines[2]).toMatch(/^▸ InProgress {2}d-9FG52BI40 {2}checkout-api \/ prod-blue +10\/12 +2 +1m30s /);
		const at = lines[0]?.indexOf('BY');
		expect(lines.slice(1).map(text => text.indexOf('user'))).toEqual([at, at]);
	});

	test('fits any width, and keeps ids whole', () => {
		for (const width of [120, 80, 60, 40]) {
			for (const text of table(width)) expect(text.length).toBeLessThanOrEqual(width);
			expect(table(width).join('\n')).toContain('d-9FG52BI40');
		}
		expect(table(80, false).join('\n')).not.toContain('PLACE');
	});
});
