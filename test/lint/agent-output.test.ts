import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { lintBundle } from '../../src/lint/lint-bundle.ts';
import { openFolder } from '../../src/lint/readers/folder.ts';
import type { RuleId } from '../../src/lint/rules.ts';

const root = path.join(import.meta.dirname, '../fixtures/agent-output');
const cases = readdirSync(root).filter(name => existsSync(path.join(root, name, 'case.json')));

/** What the bundles of the real agent hold that made it fail, or skip a hook. */
const expected: Readonly<Record<string, RuleId>> = {
	'appspec-bad-indent': 'appspec-yaml',
	'appspec-empty': 'appspec-empty',
	'appspec-hook-not-list': 'appspec-structure',
	'appspec-missing': 'appspec-missing',
	'appspec-mode-invalid': 'permissions-mode',
	'appspec-no-destination': 'files-incomplete',
	'appspec-no-location': 'hook-location-missing',
	'appspec-os-capital': 'appspec-os',
	'appspec-tabs': 'appspec-tab',
	'appspec-timeout-zero': 'hook-timeout',
	'appspec-unknown-event': 'hook-unknown-event',
	'appspec-unknown-event-local': 'hook-unknown-event',
	'appspec-unquoted-colon': 'appspec-yaml',
	'appspec-version-1': 'appspec-version',
	'appspec-yaml-extension': 'appspec-name',
	// The large file that filled the disk was left out of the corpus.
	'disk-full-install': 'files-source-missing',
	'crlf-body': 'script-syntax',
	'crlf-sh-direct': 'script-crlf-shebang',
	'crlf-shebang-direct': 'script-crlf-shebang',
	'crlf-shebang-runas': 'script-crlf-shebang',
	'files-duplicate-destination': 'files-duplicate-destination',
	'files-source-missing': 'files-source-missing',
	'no-shebang-bashism': 'script-bash-without-shebang',
	'script-missing': 'script-missing',
	'second-hook-missing': 'script-missing',
};

async function errorsIn(name: string): Promise<readonly string[]> {
	const { findings } = await lintBundle(
		await openFolder(path.join(root, name), new AbortController().signal),
	);
	return findings.flatMap(({ rule, severity }) => (severity === 'error' ? [rule] : []));
}

describe('bundles that the real agent was given', () => {
	test('have errors where it failed over the bundle, or skipped a hook, and nowhere else', async () => {
		const found = await Promise.all(cases.map(async name => [name, await errorsIn(name)] as const));
		expect(Object.fromEntries(found.filter(([, errors]) => errors.length > 0))).toEqual(
			Object.fromEntries(Object.entries(expected).map(([name, rule]) => [name, [rule]])),
		);
	});

	test('have none where it succeeded, unless a hook was skipped', async () => {
		const succeeded = cases.filter(name =>
			/"command_status": "Succeeded"/.test(readFileSync(path.join(root, name, 'case.json'), 'utf8')),
		);
		expect(succeeded.length).toBeGreaterThan(5);
		expect(succeeded.filter(name => name in expected)).toEqual(['appspec-unknown-event']);
	});
});
