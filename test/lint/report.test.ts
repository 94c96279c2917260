import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { brokenArchive, lintBundle } from '../../src/lint/lint-bundle.ts';
import { lintDocument } from '../../src/lint/report/document.ts';
import { type LintReport, localCommandFor } from '../../src/lint/report/report.ts';
import { lintSarif } from '../../src/lint/report/sarif.ts';
import { lintLines } from '../../src/lint/report/text.ts';
import { ruleIds, rules } from '../../src/lint/rules.ts';
import { type Files, memoryBundle } from './bundles.ts';

const schema = path.join(import.meta.dirname, '../../schemas/lint.schema.json');
const validate = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true }).compile(
	JSON.parse(readFileSync(schema, 'utf8')),
);

const bad: Files = {
	'appspec.yml': 'version: 1\nos: linux\nhooks:\n  ValidateService: [{location: my run.sh}]\n',
	'my run.sh': { text: '#!/bin/bash\necho a\necho b\n', mode: 0o644 },
};

async function reportOn(files: Files, location = 'build/shop'): Promise<LintReport> {
	const result = await lintBundle(memoryBundle(files));
	return { location, result, fixed: [], localCommand: localCommandFor(location, result) };
}

describe('the rules', () => {
	test('each have an id, a reason and a remedy', () => {
		expect(ruleIds.length).toBeGreaterThan(50);
		for (const id of ruleIds) {
			expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)+$/);
			const { why, fix } = rules[id];
			for (const words of [why, fix]) expect(words).toMatch(/^[^\n]{8,}[^.]$/);
		}
	});
});

describe('the report', () => {
	test('in text has a line for each finding, errors first, and what they come to', async () => {
		const lines = lintLines(await reportOn(bad));
		expect(lines.map(line => line.replaceAll(process.cwd(), '/home/me'))).toMatchInlineSnapshot(`
			[
			  "build/shop/appspec.yml:1:10  error  appspec-version  version is “1”; the agent refuses every version but 0.0; write version: 0.0, without quotes",
			  "build/shop/my run.sh  warning  script-not-executable  its mode is 0644; the agent sets the bit itself and warns; where it may not, the event fails with ScriptNotExecutable; chmod +x it before packing (--fix does)",
			  "build/shop/my run.sh:1  warning  script-no-errexit  nothing makes it stop at a command that fails; it goes on after a command that failed, and only the last one decides whether the event succeeds; add set -e, better set -euo pipefail, below the shebang",
			  "",
			  "errors: appspec-version 1",
			  "warnings: script-not-executable 1, script-no-errexit 1",
			  "build/shop: 1 error, 2 warnings in 2 files, for servers",
			  "To run it on a test host: sudo codedeploy-local --bundle-location /home/me/build/shop --type directory",
			]
		`);
	});

	test('says of a good bundle that there is nothing to say', async () => {
		const good = { 'appspec.json': '{"version": 0.0}' };
		const { result } = await reportOn(good);
		expect(
			lintLines({ location: 'x', result: { ...result, findings: [] }, fixed: [], localCommand: undefined }),
		).toEqual(['x: 0 errors, 0 warnings in 1 file']);
	});

	test('in JSON is as its schema says', async () => {
		const reports = [
			await reportOn(bad),
			await reportOn({}),
			{
				...(await reportOn({})),
				result: brokenArchive('x.zip', 'it is no zip'),
				fixed: [{ file: 'a', what: 'b' }],
			},
		];
		for (const report of reports) {
			const document = JSON.parse(JSON.stringify(lintDocument(report)));
			expect(validate(document) ? [] : validate.errors).toEqual([]);
			for (const key of Object.keys(document)) expect(validate.schema).toHaveProperty(['properties', key]);
		}
	});

	test('in SARIF names rule, level and place', async () => {
		const sarif = JSON.parse(JSON.stringify(lintSarif(await reportOn(bad), '1.2.3')));
		expect(sarif).toMatchObject({
			version: '2.1.0',
			runs: [{ tool: { driver: { semanticVersion: '1.2.3' } } }],
		});
		const [run] = sarif.runs;
		for (const { ruleId, ruleIndex, level } of run.results) {
			expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
			expect(['error', 'warning']).toContain(level);
		}
		expect(run.results[0]).toMatchObject({
			ruleId: 'appspec-version',
			level: 'error',
			message: { text: expect.stringMatching(/^version is “1”; the agent refuses/) },
			locations: [
				{
					physicalLocation: {
						artifactLocation: { uri: 'build/shop/appspec.yml' },
						region: { startLine: 1, startColumn: 10 },
					},
				},
			],
		});
		const places = run.results.map(
			(each: { locations: readonly { physicalLocation: { artifactLocation: { uri: string } } }[] }) =>
				each.locations[0]?.physicalLocation.artifactLocation.uri,
		);
		expect(places).toContain('build/shop/my%20run.sh');
	});
});

describe('the command for a test host', () => {
	test.each<readonly [location: string, kind: 'folder' | 'zip' | 'tgz', command: string]>([
		['/srv/my shop', 'folder', "sudo codedeploy-local --bundle-location '/srv/my shop' --type directory"],
		['/srv/shop.zip', 'zip', 'sudo codedeploy-local --bundle-location /srv/shop.zip --type zip'],
		[
			's3://releases/shop.tgz?versionId=v1',
			'tgz',
			"sudo codedeploy-local --bundle-location 's3://releases/shop.tgz?versionId=v1' --type tgz",
		],
	])('%s', async (location, kind, command) => {
		const { result } = await reportOn(bad);
		expect(localCommandFor(location, { ...result, kind })).toBe(command);
	});

	test('is for servers only', async () => {
		const { result } = await reportOn(bad);
		expect(localCommandFor('x', { ...result, platform: 'ecs' })).toBeUndefined();
		expect(localCommandFor('x', { ...result, appSpec: undefined })).toBeUndefined();
	});
});
