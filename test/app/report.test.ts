import { describe, expect, test } from 'vitest';
import { launch } from '../support/app.ts';

describe('e', () => {
	test('writes the report of what is known now, with what was done from here, and says where it is', async () => {
		await using app = await launch('crlf-shebang', { common: { protect: [] } });
		await app.advanceUntil(/✗ Failed/, 300);
		await app.advance(5);
		await app.press('e');
		expect(app.row('report written to')).toContain(`~/reports/${app.simulator.deploymentId}.md`);
		const [report = ''] = app.records.reports;
		expect(report).toContain('- **Status:** `Failed`');
		expect(report).toMatch(/### 1\. .*\n\n\w+, error, `crlf-/);
		expect(report).toMatch(/\| `i-[0-9a-f]{17}` \|/);
		expect(report).toContain('rollcall 0.0.0-test');
	});

	test('tells a stop in the trail and in the timeline', async () => {
		await using app = await launch('healthy', { common: { protect: [] } });
		await app.advanceUntil('running');
		await app.press('s', 'y');
		await app.advanceUntil('■ Stopped');
		await app.press('e');
		const report = app.records.reports[0] ?? '';
		expect(report).toMatch(/`accepted` \| `Stop, without rolling back` \|/);
		expect(report).toMatch(/with rollcall: `Stop, without rolling back`: `accepted`/);
		expect(report).toContain(`ended \`Stopped\``);
	});

	test.each([
		['target', ['Enter']],
		['diagnosis', ['d']],
		['checklist', ['D']],
	])('writes it on the %s screen, too', async (_screen, keys) => {
		await using app = await launch('crlf-shebang', { common: { protect: [] } });
		await app.advanceUntil(/✗ Failed/, 300);
		await app.press(...keys, 'e');
		expect(app.records.reports).toHaveLength(1);
		expect(app.shows('report written to')).toBe(true);
	});

	test('hands no markup and no terminal sequence on from a hostile log', async () => {
		await using app = await launch('hostile-logs', { common: { protect: [] } });
		await app.advanceUntil('✓ Succeeded', 600);
		await app.press('e');
		expect(app.records.reports[0]).toMatch(/^[^\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]*$/);
	});

	test('that cannot be written is one notice', async () => {
		await using app = await launch('healthy', { common: { protect: [] } });
		await app.advanceUntil('running');
		app.records.reports.push = () => {
			throw new Error("EACCES: permission denied, mkdir '/var/state'");
		};
		await app.press('e');
		expect(app.row('the report could not be written')).toContain(
			"EACCES: permission denied, mkdir '/var/state'",
		);
	});
});
