import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/actions/audit.ts';
import { type AppState, rolloutOf } from '../../src/monitor/state.ts';
import { reportMarkdown } from '../../src/view/report.ts';
import { stopEntry } from '../support/records.ts';
import { hostileText, thoroughly } from '../support/text-arbitraries.ts';
import { alarm, host, noon } from './support/cast.ts';
import { outsideCode } from './support/markdown.ts';
import { rolledBack, watchedId } from './support/stories.ts';

const report = (state: AppState, audit: readonly AuditEntry[]): string =>
	reportMarkdown(state, rolloutOf(state, watchedId), { audit, version: '1.2.3' });

describe('hostile text', () => {
	const withText = (text: string, key = text): AppState => {
		const diagnostics = { errorCode: 'ScriptFailed', scriptName: text, message: text, logTail: text };
		return rolledBack({
			deployment: {
				application: text,
				group: text,
				description: text,
				creator: text,
				error: { code: text, message: text },
				revision: { type: 's3', bucket: 'artifacts', key },
			},
			targets: [host(1, 'Failed', { at: 'AfterInstall', status: 'Failed', diagnostics })],
			group: { alarms: { enabled: true, ignorePollAlarmFailure: false, alarms: [text] } },
			alarms: [alarm(text, { state: 'ALARM', reason: text, stateChangedAt: noon + 1000 })],
		});
	};
	const withEntry = (text: string): AuditEntry => ({
		...stopEntry,
		detail: text,
		command: text,
		identity: text,
		action: text,
	});

	/** All that is markup in a report: its headings, lists, tables, emphasis and links, and not one more. */
	const allowed = /^(?:#{1,3} .*|- \*\*[\w ]+:\*\*.*|- \d{4}-.*|\|.*\||\d+\. .*|)$/;

	const markup = fc.constantFrom(
		...[
			'```\n',
			'`',
			'\n# evil',
			'\n## evil',
			'[evil](http://evil)',
			'![evil](http://evil)',
			'<img src=evil>',
			'\n- evil',
		],
		...[
			'| evil |',
			'\\',
			'\n\n',
			'<!--',
			'-->',
			'***',
			'https://evil.example/',
			'@evil',
			'&lt;',
			'\n    ',
			'\n| --- |',
		],
	);
	const text = fc
		.array(fc.oneof(markup, hostileText), { minLength: 1, maxLength: 8 })
		.map(parts => parts.join(''));

	test('makes no heading, link, image, HTML, list or cell', () => {
		fc.assert(
			fc.property(text, hostile => {
				const markdown = report(withText(hostile), [withEntry(hostile)]);
				const outside = outsideCode(markdown);
				for (const [, title] of outside.matchAll(/^## (.*)$/gm)) {
					expect([
						'Summary',
						'What happened',
						'Findings',
						'Affected targets',
						'Alarms',
						'Actions taken',
						'About this report',
					]).toContain(title);
				}
				expect(outside.match(/^# /gm)).toHaveLength(1);
				expect(outside).not.toMatch(
					/[[\]]|<(?!https:\/\/(?:eu-west-1\.console|docs)\.aws\.amazon\.com\/)|&|@/,
				);
				for (const line of outside.split('\n')) {
					if (/^[-#|]|^\d+\./.test(line)) expect(line).toMatch(allowed);
				}
			}),
			{ ...thoroughly, numRuns: 300 },
		);
	});

	test('with secrets does not hand them on', () => {
		const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
		for (const said of [
			`aws_secret_access_key=${secret}`,
			secret,
			`password: Zq9-hunter2`,
			`postgres://u:Zq9-hunter2@db/x`,
		]) {
			const markdown = report(withText(said, 'build-4711.zip'), [withEntry(said)]);
			expect(markdown).not.toContain(secret);
			expect(markdown).not.toContain('Zq9-hunter2');
			expect(markdown).toContain('[redacted]');
		}
	});
});
