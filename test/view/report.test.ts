import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { asTargetId } from '../../src/domain/ids.ts';
import type { TargetSnapshot } from '../../src/domain/target.ts';
import { type AppState, rolloutOf } from '../../src/monitor/state.ts';
import { reportMarkdown } from '../../src/view/report.ts';
import { stopEntry } from '../support/records.ts';
import { alarm, host, noon } from './support/cast.ts';
import { outsideCode } from './support/markdown.ts';
import { rollbackId, rolledBack, running, tell, watchedId } from './support/stories.ts';

const report = (state: AppState, audit: readonly AuditEntry[] = []): string =>
	reportMarkdown(state, rolloutOf(state, watchedId), { audit, version: '1.2.3' });

/** The text below one heading. */
function section(markdown: string, title: string): string {
	const [, text] = markdown.split(`\n## ${title}\n\n`);
	if (text === undefined) throw new Error(`no section ${title} in\n${markdown}`);
	return text.split('\n## ')[0] ?? '';
}

const headings = (markdown: string): readonly string[] =>
	outsideCode(markdown)
		.split('\n')
		.filter(line => line.startsWith('# ') || line.startsWith('## '));

describe('a report of a deployment that failed and was rolled back', () => {
	const watchedAlarms = { enabled: true, ignorePollAlarmFailure: false, alarms: ['checkout-5xx', 'gone'] };
	const state = rolledBack({
		group: { alarms: watchedAlarms },
		alarms: [
			alarm('checkout-5xx', { state: 'ALARM', stateChangedAt: noon + 60_000, reason: 'Threshold Crossed' }),
		],
		also: [
			{
				type: 'hosts.received',
				id: watchedId,
				hosts: new Map([
					[
						asTargetId('i-09e3779b100000001'),
						{
							kind: 'ec2',
							instance: {
								id: 'i-09e3779b100000001' as never,
								name: 'web-1',
								zone: 'eu-west-1a',
								platform: 'linux',
								tags: [],
							},
						},
					],
				]),
				at: noon,
			},
			{ type: 'checkup.asked', id: watchedId, at: noon },
			{ type: 'checkup.began', id: watchedId, targets: [asTargetId('i-09e3779b100000001')], at: noon },
		],
	});
	const markdown = report(state, [
		{ ...stopEntry, time: '2026-11-23T12:00:59.000Z', outcome: 'sending' },
		stopEntry,
	]);

	test('has its sections in order', () => {
		expect(headings(markdown)).toEqual([
			'# Incident report: · / ·',
			...[
				'Summary',
				'What happened',
				'Findings',
				'Affected targets',
				'Alarms',
				'Checklist',
				'Actions taken',
			].map(title => `## ${title}`),
			'## About this report',
		]);
		expect(markdown.startsWith('# Incident report: `checkout-api` / `prod-blue`\n')).toBe(true);
	});

	test.each([
		'- **Deployment:** `d-9FG52BI40` <https://eu-west-1.console.aws.amazon.com/codesuite/codedeploy/deployments/d-9FG52BI40?region=eu-west-1>',
		'- **Status:** `Failed`',
		'- **Error:** `HEALTH_CONSTRAINTS` `The overall deployment failed',
		'- **Targets:** 10/24 succeeded · 5 failed · 9 skipped',
		`- **Rollback:** rolled back by \`${rollbackId}\` \`Succeeded\``,
		'- **Started:** 2026-11-23 12:00:00 +00:00',
		'- **Ended:** 2026-11-23 12:01:33 +00:00',
		'- **Duration:** 1m33s',
		'- **Started by:** `user`',
		'- **Revision:** `s3://acme-artifacts/releases/checkout-api/build-4711.zip`',
		'- **Account:** `1234-5678-9012`',
		'- **Region:** `eu-west-1`',
	])('sums up: %s', line => {
		expect(section(markdown, 'Summary')).toContain(line);
	});

	test('tells what happened in order, with the zone of every time', () => {
		const lines = section(markdown, 'What happened').trim().split('\n');
		const times = lines.map(line => /^- (\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+00:00): /.exec(line)?.[1]);
		expect(times).not.toContain(undefined);
		expect(times).toEqual(times.toSorted());
		const positions = [
			/the deployment `d-9FG52BI40` started/,
			/`AfterInstall` failed: `exit 127`, on the first of 3 targets/,
			/alarm `checkout-5xx`: → `ALARM`/,
			/with rollcall: `Stop and roll back`: `accepted`/,
			/the deployment `d-9FG52BI40` ended `Failed`: `HEALTH_CONSTRAINTS`/,
			/the rollback `d-VJ4GEQJRT` started/,
			/the rollback `d-VJ4GEQJRT` ended `Succeeded`/,
		].map(pattern => lines.findIndex(line => pattern.test(line)));
		expect(positions).not.toContain(-1);
		expect(positions).toEqual(positions.toSorted((a, b) => a - b));
	});

	test('tells each alarm change once, from its history where that was looked at', () => {
		const looked = section(report(running()), 'What happened').match(/alarm `checkout-5xx`.*/g);
		expect(looked).toEqual(['alarm `checkout-5xx`: `OK` → `ALARM`']);
	});

	test('has the findings with their evidence, steps and commands', () => {
		const text = section(markdown, 'Findings');
		expect(text).toMatch(
			/^### 1\. Windows line endings in the script\n\ncertain, error, `crlf-line-endings`/,
		);
		expect(text).toContain(
			'```text\ni-09e3779b100000001: Script at specified location: scripts/after_install.sh',
		);
		expect(text).toContain("sed -i 's/\\r$//' scripts/after_install.sh");
		expect(text).toMatch(/See <https:\/\/docs\.aws\.amazon\.com\//);
	});

	test('names the hosts, the alarms, the checks and the actions', () => {
		expect(section(markdown, 'Affected targets')).toMatch(
			/\| `i-09e3779b100000001` \| `web-1` \| `eu-west-1a` \| `AfterInstall` \| `scripts\/after_install\.sh · exit 127 · /,
		);
		expect(section(markdown, 'Alarms')).toMatch(
			/\| `checkout-5xx` \| `ALARM` \| 2026-11-23 12:01:00 \+00:00 \| .*`Threshold Crossed`/,
		);
		expect(section(markdown, 'Alarms')).toContain('| `gone` | does not exist |');
		expect(section(markdown, 'Checklist')).toMatch(/\| \S+ \| Instance \| `i-09e3779b100000001` \|/);
		expect(section(markdown, 'Actions taken')).toContain(
			`| 2026-11-23 12:01:00 +00:00 | \`accepted\` | \`Stop and roll back\` |  | \`${stopEntry.command}\` | \`${stopEntry.detail}\` | \`${stopEntry.identity}\` |`,
		);
	});

	test('says how it was made, and that it was redacted', () => {
		expect(section(markdown, 'About this report')).toContain('rollcall 1.2.3 at 2026-11-23 12:03:20 +00:00');
		expect(section(markdown, 'About this report')).toContain('`[redacted]`');
	});
});

describe('a report of little', () => {
	test('leaves out what there is not', () => {
		const markdown = report(tell());
		expect(headings(markdown).slice(1)).toEqual(
			['Summary', 'What happened', 'Findings', 'Actions taken', 'About this report'].map(
				title => `## ${title}`,
			),
		);
		expect(section(markdown, 'Summary')).toContain('`InProgress` (it has not ended)');
		expect(section(markdown, 'Findings')).toContain('Nothing was found');
		expect(section(markdown, 'Actions taken')).toContain('None with rollcall');
	});

	test('says why nothing is known', () => {
		const state = tell();
		const failure = { kind: 'denied', operation: 'GetDeployment', code: 'AccessDenied', detail: '' } as const;
		const unknown = {
			...rolloutOf(state, rollbackId),
			deployment: { failures: 1, failure: { ...failure, action: 'codedeploy:GetDeployment' } },
		};
		const markdown = reportMarkdown(state, unknown, { audit: [], version: '1' });
		expect(markdown.startsWith(`# Incident report: \`${rollbackId}\`\n`)).toBe(true);
		expect(section(markdown, 'Summary')).toContain('- **Not known:** not allowed: codedeploy:GetDeployment');
		expect(section(markdown, 'What happened')).toContain('Nothing is known yet.');
	});
});

describe('a report of much', () => {
	const many = (count: number): readonly TargetSnapshot[] =>
		Array.from({ length: count }, (_, number) => host(number, 'Failed', { at: 'Install', status: 'Failed' }));

	test('is bounded, and says what it leaves out', () => {
		const audit = Array.from({ length: 500 }, (_, number) => ({ ...stopEntry, detail: `number ${number}` }));
		const markdown = report(tell({ targets: many(1000) }), audit);
		expect(section(markdown, 'Affected targets')).toContain('… and 960 more');
		expect(section(markdown, 'Actions taken')).toContain('… and 440 earlier ones');
		expect(section(markdown, 'Actions taken')).toContain('number 499');
		expect(section(markdown, 'What happened')).toMatch(/… and \d+ more/);
		expect(markdown.length).toBeLessThan(60_000);
	});
});
